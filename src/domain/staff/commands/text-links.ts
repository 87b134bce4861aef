/** Linking a mobile number: a code goes to it, and is entered in the console. */
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addMinutes } from '../../../core/zone.ts';
import { normalPhone } from '../../contacts/contract.ts';
import { deliverNotice } from '../../conversations/contract.ts';
import { confirmTextLink, textLink } from '../contract.ts';
import { OneTimeModel, TriesModel } from '../model.ts';
import { hashSecret, newCode, normalCode } from '../secrets.ts';
import { addLink, codeMinutes, maxTries, notSupport } from './links.ts';

export const textLinkHandler = handles(textLink, async (ctx, { phone }) => {
  notSupport(ctx);
  const { accounts, app } = ctx.config;
  const texts = accounts.filter(({ channel, missing }) => channel === 'sms' && !missing.length);
  // One of their own, where there is one: what they answer there is understood as a colleague's.
  const account = texts.find(({ settings }) => settings.audience === 'staff') ?? texts[0];
  if (!account) throw new AppError('channel.unknown', { channel: 'sms', account: 'main' });
  const number = normalPhone(phone, app.organisation.country);
  if (!number?.startsWith('+'))
    throw new AppError('input.invalid', {
      problems: `${phone} is not a telephone number`,
      fields: [{ path: 'phone', message: 'is not a telephone number' }],
    });
  await countTry(ctx.actor.id, ctx.now(), 'sends');
  const code = newCode();
  const expiresAt = addMinutes(ctx.now(), codeMinutes);
  await OneTimeModel.deleteMany({ userId: ctx.actor.id, kind: 'text' });
  await OneTimeModel.create([
    {
      _id: hashSecret(normalCode(code)),
      kind: 'text',
      userId: ctx.actor.id,
      expiresAt,
      claim: { channel: 'sms', account: account.id, thread: number, name: number },
    },
  ]);
  const { name } = app.organisation;
  await ctx.asSystem('staff').run(deliverNotice, {
    channel: 'sms',
    account: account.id,
    to: number,
    content: {
      kind: 'text',
      text: `${code} links this number to your account at ${name}. It is good for ${codeMinutes} minutes. Tell it to nobody.`,
    },
    purpose: 'auth',
  });
  return { to: number, expiresAt: expiresAt.toISOString() };
});

/** Answers `linked: false` for a wrong code (rather than throwing), so that the try itself is counted and kept. */
export const confirmTextLinkHandler = handles(confirmTextLink, async (ctx, { code }) => {
  notSupport(ctx);
  if ((await tried(ctx.actor.id, ctx.now(), 'codes')) > maxTries) return { linked: false };
  const found = await OneTimeModel.findOneAndDelete({
    _id: hashSecret(normalCode(code)),
    userId: ctx.actor.id,
    kind: 'text',
    expiresAt: { $gt: ctx.now() },
  }).lean();
  if (!found?.claim) return { linked: false };
  await addLink(ctx, found.claim);
  return { linked: true };
});

/** Texts cost money, and come to whoever’s number was typed. */
async function countTry(userId: string, now: Date, what: string): Promise<void> {
  if ((await tried(userId, now, what)) > maxTries) throw new AppError('rate.limited', { seconds: 600 });
}

async function tried(userId: string, at: Date, what: string): Promise<number> {
  const one = await TriesModel.findOneAndUpdate(
    { _id: `text-link:${what}:${userId}` },
    { $inc: { count: 1 }, $set: { at } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return one!.count;
}
