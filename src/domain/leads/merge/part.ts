/** A merge of leads is undone: what was moved goes back as it was; what came since stays where it arrived. */
import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { AppError } from '../../../core/errors.ts';
import { fieldsBack, type MergeDocument, MergeModel, openMerge, updateOf } from '../../../core/merge-log.ts';
import { dropAlias, returnPointers } from '../../../core/merging.ts';
import { cancelTimers, setTimer } from '../../../core/timers.ts';
import { assignActivities, partFollowUps } from '../../activities/contract.ts';
import { assignAppointments } from '../../appointments/contract.ts';
import { addToTimeline, assignContact, partContacts } from '../../contacts/contract.ts';
import { assignConversations } from '../../conversations/contract.ts';
import { assignEnquiries } from '../../enquiries/contract.ts';
import { leadChanged, leadUnmerged } from '../contract.ts';
import { type LeadDocument, LeadModel } from '../model.ts';
import { tokensOf } from './fields.ts';
import { labelOf, nameOf } from './join.ts';

export async function part(
  ctx: Context,
  catalogue: Catalogue,
  { mergeId, by }: { mergeId: string; by: { id: string; name: string } },
) {
  const merge = await openMerge(mergeId, 'Lead');
  const kept = await LeadModel.findById(merge.keep).lean();
  if (!kept) throw new AppError('record.not_found', { kind: 'lead', id: merge.keep });
  await dropAlias(ctx, merge.merge);
  await separate(ctx, merge, kept);
  await returnPointers(ctx, catalogue.pointers, mergeId);
  if (merge.contactMergeId) await ctx.run(partContacts, { mergeId: merge.contactMergeId, by });
  await ctx.run(partFollowUps, { leadIds: [merge.keep, merge.merge], mergeId });
  await cancelTimers(`merge:${mergeId}:`);
  for (const timer of merge.timers ?? []) if (timer.dueAt > ctx.now()) await setTimer(timer);
  await MergeModel.updateOne({ _id: mergeId }, { $set: { undone: { at: ctx.now(), by: by.id } } });
  await keepOwner(ctx, merge);
  await tell(ctx, merge, by.name);
  const gone = merge.document as LeadDocument;
  return { id: gone._id, number: gone.number, name: nameOf(gone) };
}

async function separate(ctx: Context, merge: MergeDocument, kept: LeadDocument): Promise<void> {
  const back = await fieldsBack(merge, kept);
  const others = await MergeModel.find({
    keep: merge.keep,
    _id: { $ne: merge._id },
    undone: { $exists: false },
  }).lean();
  const also = [...new Set(others.flatMap(({ document }) => [...document.search, `#${document.number}`]))];
  const lead = { ...kept, ...back } as LeadDocument;
  ctx.writes.update(
    LeadModel,
    { _id: kept._id },
    updateOf({
      ...back,
      also: also.length ? also : null,
      search: tokensOf(lead, also),
      lastActivityAt: ctx.now(),
    }),
  );
  ctx.writes.insert(LeadModel, merge.document as LeadDocument);
  await ctx.flush();
}

/** It was given to somebody else since: what comes back to it is theirs, too. */
async function keepOwner(ctx: Context, { keep, changed }: MergeDocument): Promise<void> {
  const lead = (await LeadModel.findById(keep).lean())!;
  const before = changed.assigneeId;
  const now = lead.assigneeId;
  if (!now || !before || now === before.before) return;
  const to = { assigneeId: now, teamIds: lead.teamIds };
  await ctx.run(assignContact, { contactId: lead.contactId, ...to });
  await ctx.run(assignConversations, { contactId: lead.contactId, ...to });
  await ctx.run(assignEnquiries, { leadId: keep, ...to });
  await ctx.run(assignActivities, { leadId: keep, ...to });
  await ctx.run(assignAppointments, { leadId: keep, ...to });
}

async function tell(ctx: Context, { _id, keep, merge, document }: MergeDocument, by: string): Promise<void> {
  const lead = (await LeadModel.findById(keep).lean())!;
  await ctx.run(addToTimeline, {
    contactId: lead.contactId,
    leadId: keep,
    kind: 'note',
    ref: `merge:${_id}`,
    by,
    title: `Merge with ${labelOf(document as LeadDocument)} undone`,
  });
  ctx.emit(leadUnmerged, { mergeId: _id, keep, merge }, { kind: 'Lead', id: keep });
  for (const leadId of [keep, merge]) ctx.emit(leadChanged, { leadId }, { kind: 'Lead', id: leadId });
}
