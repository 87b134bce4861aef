/** Compares contacts that resemble each other, and keeps the pairs that are worth a look. */
import type { Context } from '../../../core/context.ts';
import { defineJob, handles, on } from '../../../core/define.ts';
import { contactChanged } from '../contract.ts';
import { compareAlike, contactAlike, contactSuspected } from '../contract-duplicates.ts';
import { type Person, suspect } from '../likeness.ts';
import { type ContactDocument, ContactModel } from '../model.ts';
import { tellingOf } from '../shared.ts';
import { type PairDocument, PairModel, pairId, type Side } from './pairs.ts';

/**
 * Tells of others that a contact resembles. What too many have in common (a name that is everybody's) says nothing: of
 * more than `enquiries.alikeAtMost` nobody is compared.
 */
export async function lookForAlike(ctx: Context, contactId: string, block: string[]): Promise<void> {
  if (!block.length) return;
  const most = ctx.config.app.enquiries.alikeAtMost;
  const near = await ContactModel.find({ block: { $in: block }, _id: { $ne: contactId } }, { block: 1 })
    .limit((most + 1) * block.length)
    .lean();
  const others = block.flatMap((key) => {
    const have = near.filter((contact) => contact.block?.includes(key));
    return have.length > most ? [] : have.map(({ _id }) => _id);
  });
  if (others.length)
    ctx.emit(
      contactAlike,
      { contactId, others: [...new Set(others)].slice(0, 50) },
      { kind: 'Contact', id: contactId },
    );
}

export const compareAlikeHandler = handles(compareAlike, async (ctx, { contactId, others, given, quiet }) => {
  const contacts = await ContactModel.find({ _id: { $in: [contactId, ...others] } }).lean();
  const contact = contacts.find(({ _id }) => _id === contactId);
  if (!contact) return { found: 0 };
  const limits = ctx.config.app.enquiries;
  const seen: Person = { ...tellingOf(contact, limits), ...(given && { [given.scheme]: given.value }) };
  let found = 0;
  for (const other of contacts) {
    if (other._id === contactId) continue;
    const suspicion = suspect(seen, tellingOf(other, limits));
    if (!suspicion || suspicion.score < limits.suspicionScore) continue;
    if (await keep(ctx, contact, other, suspicion, quiet)) found++;
  }
  return { found };
});

/** @returns whether it is new: what was decided once, and what is known already, is told no more. */
async function keep(
  ctx: Context,
  contact: ContactDocument,
  other: ContactDocument,
  { score, reasons }: Pick<PairDocument, 'score' | 'reasons'>,
  quiet: boolean,
): Promise<boolean> {
  const _id = pairId(contact._id, other._id);
  const known = await PairModel.findById(_id).lean();
  if (known) {
    if (known.status === 'open' && known.score < score)
      await PairModel.updateOne({ _id }, { $set: { score, reasons } });
    return false;
  }
  const [a, b] = [contact, other].sort((x, y) => (x._id < y._id ? -1 : 1)).map(sideOf) as [Side, Side];
  ctx.writes.insert(PairModel, {
    _id,
    contactIds: [a.id, b.id],
    a,
    b,
    score,
    reasons,
    at: ctx.now(),
    status: 'open',
  } as PairDocument);
  if (quiet) return true;
  ctx.emit(
    contactSuspected,
    {
      pairId: _id,
      contactId: contact._id,
      otherId: other._id,
      score,
      why: reasons.map(({ text }) => text).join(' '),
      sameOwner: Boolean(contact.assigneeId) && contact.assigneeId === other.assigneeId,
    },
    { kind: 'Contact', id: contact._id },
  );
  return true;
}

const sideOf = ({ _id: id, assigneeId, teamIds, city }: ContactDocument): Side => ({
  id,
  assigneeId: assigneeId ?? null,
  teamIds,
  ...(city && { city }),
});

const atOnce = 1000;

/** Contacts that came with a file, some at a time. */
export const compareImported = defineJob({
  name: 'contacts.compareImported',
  summary: 'Look for whom imported contacts resemble',
  every: '1 minute',
  run: async (ctx) => {
    const contacts = await ContactModel.find({ uncompared: true }, { block: 1 }).limit(atOnce).lean();
    for (const { _id, block } of contacts) await lookForAlike(ctx, _id, block ?? []);
    if (contacts.length)
      ctx.writes.adjust(
        ContactModel,
        { _id: { $in: contacts.map(({ _id }) => _id) } },
        { $unset: { uncompared: 1 } },
      );
  },
});

export const suspicionSubscribers = [
  on(contactAlike, 'contacts.compareAlike', async (ctx, { payload }) => {
    await ctx.run(compareAlike, payload);
  }),
  /** Whose they are is repeated on the pairs. */
  on(contactChanged, 'contacts.pairsFollow', async (ctx, { payload: { contactId } }) => {
    const pairs = await PairModel.find({ contactIds: contactId }, { a: 1, b: 1 }).lean();
    const contact = pairs.length ? await ContactModel.findById(contactId).lean() : undefined;
    if (!contact) return;
    for (const { _id, a } of pairs)
      ctx.writes.adjust(PairModel, { _id }, { $set: { [a.id === contactId ? 'a' : 'b']: sideOf(contact) } });
  }),
];
