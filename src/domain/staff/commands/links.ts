/** Linking a chat account: a code from the console, said in a private chat, confirmed in the console. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addMinutes } from '../../../core/zone.ts';
import { claimLink, confirmLink, pendingLinks, startLink, unlink, userChanged } from '../contract.ts';
import { type LinkedAccount, OneTimeModel, TriesModel, UserModel } from '../model.ts';
import { hashSecret, newCode, normalCode } from '../secrets.ts';

export const codeMinutes = 10;
export const maxTries = 5;

/** A chat account that support would link speaks for the colleague long after support has gone. */
export function notSupport({ actor }: Context): void {
  if (actor.kind === 'user' && actor.impersonatedBy)
    throw new AppError('auth.forbidden', { action: 'link', subject: 'a chat account for somebody else' });
}

export const startLinkHandler = handles(startLink, async (ctx) => {
  notSupport(ctx);
  const code = newCode();
  const expiresAt = addMinutes(ctx.now(), codeMinutes);
  await OneTimeModel.deleteMany({ userId: ctx.actor.id, kind: 'link' });
  await OneTimeModel.create([
    { _id: hashSecret(normalCode(code)), kind: 'link', userId: ctx.actor.id, expiresAt },
  ]);
  return { code, expiresAt: expiresAt.toISOString() };
});

/** Answers `claimed: false` for a wrong code (rather than throwing), so that the try itself is counted and kept. */
export const claimLinkHandler = handles(claimLink, async (ctx, { code, ...claim }) => {
  const who = `${claim.channel}:${claim.account}:${claim.thread}`;
  const tries = await TriesModel.findOneAndUpdate(
    { _id: who },
    { $inc: { count: 1 }, $set: { at: ctx.now() } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  if (tries!.count > maxTries) return { claimed: false };
  const found = await OneTimeModel.findOneAndUpdate(
    {
      _id: hashSecret(normalCode(code)),
      kind: 'link',
      expiresAt: { $gt: ctx.now() },
      claim: { $exists: false },
    },
    { $set: { claim, claimId: ctx.id() } },
  ).lean();
  if (found) changed(ctx, found.userId);
  return { claimed: Boolean(found) };
});

export const pendingLinksHandler = handles(pendingLinks, async (ctx) => {
  const items = await OneTimeModel.find({
    userId: ctx.actor.id,
    kind: 'link',
    claim: { $exists: true },
    expiresAt: { $gt: ctx.now() },
  }).lean();
  return { items: items.map(({ claim, claimId }) => ({ id: claimId!, ...claim! })) };
});

export const confirmLinkHandler = handles(confirmLink, async (ctx, { id }) => {
  notSupport(ctx);
  const pending = await OneTimeModel.findOneAndDelete({
    userId: ctx.actor.id,
    kind: 'link',
    claimId: id,
    expiresAt: { $gt: ctx.now() },
  }).lean();
  if (!pending?.claim) throw new AppError('link.code_wrong');
  await addLink(ctx, pending.claim);
  return { ok: true } as const;
});

/** One chat account speaks for one colleague. */
export async function addLink(ctx: Context, claim: LinkedAccount): Promise<void> {
  const { channel, account, thread } = claim;
  await UserModel.updateMany(
    { linked: { $elemMatch: { channel, account, thread } } },
    { $pull: { linked: { channel, account, thread } } },
  );
  await UserModel.updateOne({ _id: ctx.actor.id }, { $push: { linked: claim } });
  changed(ctx, ctx.actor.id);
  ctx.audit({
    kind: 'User',
    id: ctx.actor.id,
    after: claim,
    text: `linked ${channel}`,
    undo: { command: unlink.name, input: { channel, account, thread } },
  });
}

export const unlinkHandler = handles(unlink, async (ctx, link) => {
  await UserModel.updateOne({ _id: ctx.actor.id }, { $pull: { linked: link } });
  changed(ctx, ctx.actor.id);
  ctx.audit({ kind: 'User', id: ctx.actor.id, before: link, text: `unlinked ${link.channel}` });
  return { ok: true } as const;
});

const changed = (ctx: Context, userId: string) =>
  ctx.emit(userChanged, { userId }, { kind: 'User', id: userId });
