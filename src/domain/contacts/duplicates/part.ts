/** A merge of contacts is undone: what was moved goes back as it was; what came since stays where it arrived. */
import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { fieldsBack, type MergeDocument, MergeModel, openMerge, updateOf } from '../../../core/merge-log.ts';
import { dropAlias, returnPointers } from '../../../core/merging.ts';
import { cancelTimers } from '../../../core/timers.ts';
import { partConsent } from '../../conversations/contract.ts';
import { addToTimeline, contactChanged } from '../contract.ts';
import { contactUnmerged } from '../contract-duplicates.ts';
import { blockKeys } from '../likeness.ts';
import { type ContactDocument, ContactModel } from '../model.ts';
import { type KnownIdentity, keyOf, ownKeys } from '../rules.ts';
import { viewOf } from '../view.ts';
import { contactOf, labelOf } from './join.ts';
import { reopenPairs } from './pairs.ts';

export async function part(
  ctx: Context,
  catalogue: Catalogue,
  { mergeId, by }: { mergeId: string; by: { id: string; name: string } },
) {
  const merge = await openMerge(mergeId, 'Contact');
  const kept = await contactOf(merge.keep);
  await dropAlias(ctx, merge.merge);
  const restored = await separate(ctx, merge, kept);
  await returnPointers(ctx, catalogue.pointers, mergeId);
  await ctx.run(partConsent, { mergeId });
  await reopenPairs(ctx, merge);
  await cancelTimers(`merge:${mergeId}:`);
  await MergeModel.updateOne({ _id: mergeId }, { $set: { undone: { at: ctx.now(), by: by.id } } });
  await tell(ctx, merge, by.name);
  return { contact: viewOf(await contactOf(merge.keep)), restored: viewOf(restored) };
}

/** An address that came along and has gone on to another contact since (by a split, say) stays with that one. */
async function separate(ctx: Context, merge: MergeDocument, kept: ContactDocument): Promise<ContactDocument> {
  const brought = new Set(merge.brought);
  const isTheirs = (identity: KnownIdentity) => brought.has(keyOf(identity));
  const still = new Set(kept.identities.map(keyOf));
  const document = merge.document as ContactDocument;
  const identities = document.identities.filter(
    (identity) => identity.shared || (still.has(keyOf(identity)) && isTheirs(identity)),
  );
  const back = await fieldsBack(merge, kept);
  const left = kept.identities.filter((identity) => !isTheirs(identity));
  const known = { ...kept, ...back, identities: left } as ContactDocument;
  ctx.writes.update(
    ContactModel,
    { _id: kept._id },
    {
      ...updateOf({
        ...back,
        identities: left,
        keys: ownKeys(left).length ? ownKeys(left) : null,
        block: blockKeys(known),
      }),
      $inc: { holds: 1 },
    },
  );
  const { keys: _, ...rest } = document;
  const keys = ownKeys(identities);
  const restored = { ...rest, identities, ...(keys.length && { keys }) } as ContactDocument;
  ctx.writes.insert(ContactModel, restored);
  await ctx.flush();
  return restored;
}

async function tell(ctx: Context, { _id, keep, merge, document }: MergeDocument, by: string): Promise<void> {
  await ctx.run(addToTimeline, {
    contactId: keep,
    kind: 'note',
    ref: `merge:${_id}`,
    by,
    title: `Merge with ${labelOf(document as ContactDocument)} undone`,
  });
  ctx.emit(contactUnmerged, { mergeId: _id, keep, merge }, { kind: 'Contact', id: keep });
  for (const id of [keep, merge]) ctx.emit(contactChanged, { contactId: id }, { kind: 'Contact', id });
}
