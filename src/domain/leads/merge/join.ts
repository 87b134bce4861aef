/** Two leads become one, and their contacts with them. */
import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import {
  afterOf,
  type Changed,
  changesOf,
  type MergeDocument,
  MergeModel,
  updateOf,
} from '../../../core/merge-log.ts';
import { makeAlias, type Owner, type Turn, turnPointers } from '../../../core/merging.ts';
import { cancelTimers, setTimer, TimerModel } from '../../../core/timers.ts';
import { addMinutes } from '../../../core/zone.ts';
import { joinFollowUps } from '../../activities/contract.ts';
import { addToTimeline, gatherMerged, joinContacts } from '../../contacts/contract.ts';
import { type LeadChoice, leadChanged, leadMerged } from '../contract.ts';
import { type LeadDocument, LeadModel } from '../model.ts';
import { kindOf } from '../rules.ts';
import { pipelineOf } from '../view.ts';
import { mergedFields, tokensOf } from './fields.ts';

export type Join = {
  kept: LeadDocument;
  gone: LeadDocument;
  fields: LeadChoice;
  by: { id: string; name: string };
};

/** @param ctx as the product itself: whoever asked was found to be allowed. */
export async function join(ctx: Context, catalogue: Catalogue, { kept, gone, fields, by }: Join) {
  const mergeId = ctx.id();
  const wanted = mergedFields(kept, gone, fields, (stage) => kindOf(pipelineOf(ctx), stage));
  const changed = changesOf(kept, wanted);
  const lead = { ...kept, ...wanted };
  const owner: Owner = { assigneeId: lead.assigneeId, teamIds: lead.teamIds };
  const contact = await oneContact(ctx, { kept, gone, fields, by }, mergeId, owner);
  const timers = await timersOf(gone._id);
  await write(ctx, lead, gone, changed);
  const turn: Turn = {
    ...{ mergeId, kind: 'lead', from: gone._id, to: kept._id, contactId: kept.contactId },
    ...{ number: kept.number, name: nameOf(lead), owner },
  };
  const moved = await turnPointers(ctx, catalogue.pointers, turn);
  // The lead itself did not go along: it became part of the other.
  const others = (contact?.moved.leads ?? 1) - 1;
  const { leads: _, ...rest } = contact?.moved ?? {};
  const along = { ...rest, ...moved, ...(others > 0 && { leads: others }) };
  if (changed.assigneeId) await handOn(ctx, catalogue, turn);
  await makeAlias(ctx, turn, 'Lead', gone.number);
  ctx.writes.insert(MergeModel, {
    ...{ _id: mergeId, kind: 'Lead', keep: kept._id, merge: gone._id, label: labelOf(gone) },
    ...{ at: ctx.now(), by: by.id, byName: by.name, document: gone, changed, timers },
    moved: along,
    ...(contact && { contactMergeId: contact.mergeId }),
  } as MergeDocument);
  await followUps(ctx, kept._id, mergeId);
  await tell(ctx, { mergeId, kept, gone, by });
  return { mergeId, label: labelOf(gone), moved: along };
}

export const labelOf = (lead: LeadDocument): string => `#${lead.number} ${nameOf(lead)}`;
export const nameOf = ({ name, phone, email }: LeadDocument): string => name || phone || email || 'Unknown';

async function oneContact(ctx: Context, { kept, gone, fields, by }: Join, leadMergeId: string, owner: Owner) {
  if (kept.contactId === gone.contactId) return undefined;
  const { name, phone, email, city, company } = fields;
  return ctx.run(joinContacts, {
    keep: kept.contactId,
    merge: gone.contactId,
    fields: { name, phone, email, city, company },
    leadMergeId,
    by,
    ...(owner.assigneeId && { owner }),
  });
}

/** Questions of the one that is gone (is it attempted yet?) are asked of the other by its own timers. */
async function timersOf(leadId: string) {
  const prefix = `lead:${leadId}:`;
  const timers = await TimerModel.find({ _id: { $gte: prefix, $lt: `${prefix}\uffff` } }).lean();
  await cancelTimers(prefix);
  return timers.map(({ _id, dueAt, command, input }) => ({
    key: _id,
    dueAt,
    command,
    input: input as Record<string, unknown>,
  }));
}

async function write(ctx: Context, lead: LeadDocument, gone: LeadDocument, changed: Changed): Promise<void> {
  const also = [...new Set([...(lead.also ?? []), ...gone.search, `#${gone.number}`])];
  const update = updateOf({
    ...afterOf(changed),
    also,
    search: tokensOf(lead, also),
    lastActivityAt: ctx.now(),
  });
  // Whoever writes to it in this moment makes one of the two begin again.
  ctx.writes.update(LeadModel, { _id: gone._id }, { $set: { lastActivityAt: ctx.now() } });
  ctx.writes.remove(LeadModel, { _id: gone._id });
  ctx.writes.update(LeadModel, { _id: lead._id }, update);
  await ctx.flush();
}

/** The one that is kept has become another colleague's: what was recorded on it goes along. */
async function handOn(ctx: Context, catalogue: Catalogue, turn: Turn): Promise<void> {
  const owned = catalogue.pointers.filter((pointer) => pointer.owned);
  await turnPointers(ctx, owned, { ...turn, from: turn.to });
  const ofContact = owned.filter(({ lead }) => !lead);
  const contactId = turn.contactId!;
  await turnPointers(ctx, ofContact, { ...turn, kind: 'contact', from: contactId, to: contactId });
}

/** One open follow-up a lead, and the lead says when. */
export async function followUps(ctx: Context, leadId: string, mergeId: string): Promise<void> {
  const { followUpAt } = await ctx.run(joinFollowUps, { leadId, mergeId });
  await LeadModel.updateOne(
    { _id: leadId },
    updateOf({ followUpAt: followUpAt ? new Date(followUpAt) : null }),
  );
}

async function tell(
  ctx: Context,
  { mergeId, kept, gone, by }: Pick<Join, 'kept' | 'gone' | 'by'> & { mergeId: string },
): Promise<void> {
  await ctx.run(addToTimeline, {
    contactId: kept.contactId,
    leadId: kept._id,
    kind: 'note',
    ref: `merge:${mergeId}`,
    by: by.name,
    title: `Merged with ${labelOf(gone)}`,
  });
  ctx.emit(leadMerged, { mergeId, keep: kept._id, merge: gone._id }, { kind: 'Lead', id: kept._id });
  ctx.emit(leadChanged, { leadId: kept._id }, { kind: 'Lead', id: kept._id });
  await setTimer({
    key: `merge:${mergeId}:gather`,
    dueAt: addMinutes(ctx.now(), 2),
    command: gatherMerged.name,
    input: { mergeId },
  });
}
