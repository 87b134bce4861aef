/** Two contacts become one: the addresses, what is known of the person, and everything that points at them. */
import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { AppError } from '../../../core/errors.ts';
import { afterOf, changesOf, type MergeDocument, MergeModel, updateOf } from '../../../core/merge-log.ts';
import { makeAlias, type Owner, type Turn, turnPointers } from '../../../core/merging.ts';
import { setTimer } from '../../../core/timers.ts';
import { addMinutes } from '../../../core/zone.ts';
import { joinConsent } from '../../conversations/contract.ts';
import { lookUpLeads } from '../../leads/contract.ts';
import { addToTimeline, contactChanged } from '../contract.ts';
import { contactMerged, gatherMerged, personFields } from '../contract-duplicates.ts';
import { blockKeys } from '../likeness.ts';
import { type ContactDocument, ContactModel } from '../model.ts';
import { keyOf, ownKeys } from '../rules.ts';
import { viewOf } from '../view.ts';
import { settlePairs } from './pairs.ts';

export type Choice = Partial<Record<(typeof personFields)[number], 'keep' | 'merge' | undefined>>;
export type Join = {
  keep: string;
  merge: string;
  fields: Choice;
  owner?: Owner | undefined;
  leadMergeId?: string;
  by: { id: string; name: string };
};

/** @param ctx as the product itself: whoever asked was found to be allowed. */
export async function join(
  ctx: Context,
  catalogue: Catalogue,
  { keep, merge, fields, owner, by, leadMergeId }: Join,
) {
  if (keep === merge) throw new AppError('merge.same', { kind: 'contact' });
  const kept = await contactOf(keep);
  const gone = await contactOf(merge);
  const mergeId = ctx.id();
  const turn: Turn = { mergeId, kind: 'contact', from: merge, to: keep };
  const { items: leads } = await ctx.ask(lookUpLeads, { contactIds: [merge] });
  // Whom nobody looked after is looked after by whoever has the other.
  const whose = owner ?? (gone.assigneeId ? undefined : ownerOf(kept));
  const changed = changesOf(kept, { ...chosen(kept, gone, fields), ...adopted(kept, gone) });
  const brought = bring(kept, gone);
  await write(ctx, kept, gone, changed, brought);
  const moved = await turnPointers(ctx, catalogue.pointers, {
    ...turn,
    leadIds: leads.map(({ id }) => id),
    ...(whose && { owner: whose }),
  });
  await ctx.run(joinConsent, { contactId: keep, mergeId });
  await makeAlias(ctx, turn, 'Contact');
  ctx.writes.insert(MergeModel, {
    ...{ _id: mergeId, kind: 'Contact', keep, merge, label: labelOf(gone), at: ctx.now() },
    ...{ by: by.id, byName: by.name, document: gone, changed, brought: brought.map(keyOf), moved },
    ...(leadMergeId && { leadMergeId }),
  } as MergeDocument);
  await settlePairs(ctx, { mergeId, keep, merge });
  await tell(ctx, { mergeId, keep, merge, by, gone });
  const contact = await contactOf(keep);
  return { mergeId, contact: viewOf(contact), moved };
}

export async function contactOf(contactId: string): Promise<ContactDocument> {
  const contact = await ContactModel.findById(contactId).lean();
  if (!contact) throw new AppError('record.not_found', { kind: 'contact', id: contactId });
  return contact;
}

export const labelOf = ({ name, phone, email }: ContactDocument): string =>
  name || phone || email || 'Unknown';

/** Field by field as was chosen; what nobody chose stays, and is filled in where it was empty. */
function chosen(kept: ContactDocument, gone: ContactDocument, choice: Choice): Record<string, unknown> {
  return Object.fromEntries(
    personFields.map((field) => [
      field,
      (choice[field] === 'merge' ? gone : kept)[field] || kept[field] || gone[field],
    ]),
  );
}

const ownerOf = ({ assigneeId, teamIds }: ContactDocument): Owner | undefined =>
  assigneeId ? { assigneeId, teamIds } : undefined;
const adopted = (kept: ContactDocument, gone: ContactDocument): Partial<Owner> =>
  kept.assigneeId ? {} : (ownerOf(gone) ?? {});

/** The addresses that the other has and this one has not. */
function bring(kept: ContactDocument, gone: ContactDocument) {
  const own = new Set(kept.identities.map(keyOf));
  return gone.identities.filter((identity) => !own.has(keyOf(identity)));
}

async function write(
  ctx: Context,
  kept: ContactDocument,
  gone: ContactDocument,
  changed: MergeDocument['changed'],
  brought: ContactDocument['identities'],
): Promise<void> {
  const identities = [...kept.identities, ...brought];
  const keys = ownKeys(identities);
  const known = { ...kept, ...afterOf(changed) } as ContactDocument;
  // First the one that goes: an address belongs to one contact at every moment.
  ctx.writes.update(ContactModel, { _id: gone._id }, { $inc: { holds: 1 } });
  ctx.writes.remove(ContactModel, { _id: gone._id });
  const update = updateOf({
    ...afterOf(changed),
    identities,
    ...(keys.length && { keys }),
    block: [...new Set([...blockKeys(known), ...(gone.block ?? [])])],
  });
  ctx.writes.update(ContactModel, { _id: kept._id }, { ...update, $inc: { holds: 1 } });
  await ctx.flush();
}

type Told = { mergeId: string; keep: string; merge: string; by: Join['by']; gone: ContactDocument };
async function tell(ctx: Context, { mergeId, keep, merge, by, gone }: Told): Promise<void> {
  await ctx.run(addToTimeline, {
    contactId: keep,
    kind: 'note',
    ref: `merge:${mergeId}`,
    by: by.name,
    title: `Merged with ${labelOf(gone)}`,
    text: [gone.phone, gone.email].filter(Boolean).join(' · ') || undefined,
  });
  ctx.emit(contactMerged, { mergeId, keep, merge }, { kind: 'Contact', id: keep });
  ctx.emit(contactChanged, { contactId: keep }, { kind: 'Contact', id: keep });
  await gatherLater(ctx, mergeId);
}

/** A transaction that began before this one and is still under way may yet write under the old id; it lives a minute at most. */
export const gatherLater = (ctx: Context, mergeId: string): Promise<void> =>
  setTimer({
    key: `merge:${mergeId}:gather`,
    dueAt: addMinutes(ctx.now(), 2),
    command: gatherMerged.name,
    input: { mergeId },
  });
