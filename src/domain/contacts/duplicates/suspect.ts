/** Compares contacts that resemble each other, and keeps the pairs that are worth a look. */
import type { Context } from '../../../core/context.ts';
import { handles, on } from '../../../core/define.ts';
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
  await lookForMany(ctx, [{ _id: contactId, block }]);
}

export type Blocked = { _id: string; block?: string[] };

export async function lookForMany(ctx: Context, contacts: Blocked[]): Promise<void> {
  const most = ctx.config.app.enquiries.alikeAtMost;
  const having = await havingOf([...new Set(contacts.flatMap(({ block = [] }) => block))], most + 2);
  for (const { _id: contactId, block = [] } of contacts) {
    const others = block.flatMap((key) => {
      const have = (having.get(key) ?? []).filter((id) => id !== contactId);
      return have.length > most ? [] : have;
    });
    if (others.length)
      ctx.emit(
        contactAlike,
        { contactId, others: [...new Set(others)].slice(0, 50) },
        { kind: 'Contact', id: contactId },
      );
  }
}

const keysAtOnce = 100;

/** Who has each key, as far as `enough`. Many keys in one look; one by one where a name is everybody's. */
async function havingOf(keys: string[], enough: number): Promise<Map<string, string[]>> {
  const having = new Map<string, string[]>(keys.map((key) => [key, []]));
  for (let at = 0; at < keys.length; ) {
    const some = keys.slice(at, at + keysAtOnce);
    at += some.length;
    let near = await thoseWith({ $in: some }, enough * some.length);
    if (near.length === enough * some.length) {
      near = [];
      for (const key of some) near.push(...(await thoseWith(key, enough)));
    }
    for (const { _id, block = [] } of new Map(near.map((one) => [one._id, one])).values())
      for (const key of block) having.get(key)?.push(_id);
  }
  return new Map([...having].map(([key, ids]) => [key, [...new Set(ids)]]));
}

const thoseWith = (block: string | { $in: string[] }, limit: number): Promise<Blocked[]> =>
  ContactModel.find({ block }, { block: 1 }).limit(limit).lean();

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
