/** Merging, splitting and taking back, as the acts of a person: rights and audit. What they do is in join, part, split. */

import { survivorOf } from '../../../core/aliases.ts';
import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles, on } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import { type MergeDocument, MergeModel, openMerge } from '../../../core/merge-log.ts';
import { MoveModel, turnPointers } from '../../../core/merging.ts';
import { leadMerged, lookUpLeads } from '../../leads/contract.ts';
import {
  contactMerged,
  gatherMerged,
  joinContacts,
  listMerges,
  mergeContacts,
  partContacts,
  splitContact,
  unmergeContacts,
} from '../contract-duplicates.ts';
import { ContactModel } from '../model.ts';
import type { KnownIdentity } from '../rules.ts';
import { normalIdentity } from '../rules.ts';
import { viewOf } from '../view.ts';
import { mayChange } from './compare.ts';
import { contactOf, join, labelOf } from './join.ts';
import { part } from './part.ts';
import { split } from './split.ts';

export const mergeHandlers = (catalogue: () => Catalogue) => [
  handles(mergeContacts, async (ctx, { fields, ...ids }) => {
    const [keep, merge] = [await survivorOf(ids.keep), await survivorOf(ids.merge)];
    await allow(ctx, [ids.keep, keep], [ids.merge, merge]);
    const by = { id: ctx.actor.id, name: ctx.actor.name };
    const gone = await contactOf(merge);
    const answer = await join(ctx.asSystem('contacts'), catalogue(), { keep, merge, fields, by });
    ctx.audit({
      kind: 'Contact',
      id: keep,
      before: viewOf(gone),
      after: answer.contact,
      text: `merged ${labelOf(gone)} into ${answer.contact.name}`,
      undo: { command: unmergeContacts.name, input: { mergeId: answer.mergeId } },
    });
    return answer;
  }),
  handles(unmergeContacts, async (ctx, { mergeId }) => {
    const { keep, label } = await reachMerge(ctx, mergeId);
    const by = { id: ctx.actor.id, name: ctx.actor.name };
    const answer = await part(ctx.asSystem('contacts'), catalogue(), { mergeId, by });
    ctx.audit({ kind: 'Contact', id: keep, text: `undid the merge of ${label}` });
    return answer;
  }),
  handles(splitContact, async (ctx, input) => {
    await allow(ctx, [input.contactId, input.contactId]);
    const { country } = ctx.config.app.organisation;
    const identities = input.identities.map((given) => normalIdentity(given as KnownIdentity, country));
    const answer = await split(ctx.asSystem('contacts'), catalogue(), {
      ...input,
      identities,
      by: ctx.actor.name,
    });
    ctx.audit({
      kind: 'Contact',
      id: input.contactId,
      after: { split: answer.made._id },
      text: `split ${labelOf(answer.made)} off`,
      undo: { command: mergeContacts.name, input: { keep: input.contactId, merge: answer.made._id } },
    });
    return { mergeId: answer.mergeId, contact: viewOf(answer.made), moved: answer.moved };
  }),
  handles(joinContacts, (ctx, input) => join(ctx, catalogue(), input)),
  handles(partContacts, (ctx, input) => part(ctx, catalogue(), input)),
  handles(gatherMerged, async (ctx, { mergeId }) => {
    const merge = await MergeModel.findById(mergeId).lean();
    if (merge && !merge.undone) await gather(ctx, catalogue(), merge);
    return { ok: true } as const;
  }),
  handles(listMerges, async (ctx, { contactId, cursor, limit }) => {
    const place = decodeCursor<[string]>(cursor);
    const items = [];
    let before = place?.[0];
    let more = true;
    // Rights are those to what was kept; few merges are somebody else's, so that a page is soon full.
    while (items.length < limit && more) {
      const rows = await MergeModel.find(
        all([
          { leadMergeId: { $exists: false } },
          ...(contactId ? [{ keep: { $in: await keptOf(ctx, contactId) } }] : []),
          ...(before ? [{ _id: { $lt: before } }] : []),
        ]),
      )
        .sort({ _id: -1 })
        .limit(limit)
        .lean();
      more = rows.length === limit;
      before = rows.at(-1)?._id;
      for (const row of rows) {
        const label = await reachable(ctx, row);
        if (label) items.push(view(row, label));
      }
    }
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page,
      ...((more || items.length > limit) && last && { nextCursor: encodeCursor([last.mergeId]) }),
    };
  }),
];

const view = ({ _id, kind, at, byName, label, keep, moved, undone }: MergeDocument, keptLabel: string) => ({
  mergeId: _id,
  kind,
  at: at.toISOString(),
  by: byName,
  label,
  keptId: keep,
  keptLabel,
  moved,
  undone: Boolean(undone),
});

/** A contact, and the leads it has: merges of either are merges of theirs. */
async function keptOf(ctx: Context, contactId: string): Promise<string[]> {
  const { items } = await ctx.asSystem('contacts').ask(lookUpLeads, { contactIds: [contactId] });
  return [contactId, ...items.map(({ id }) => id)];
}

/** What the kept record is called, if the asking person may change it. */
async function reachable(ctx: Context, { kind, keep }: MergeDocument): Promise<string | undefined> {
  if (kind === 'Contact') {
    const contact = await ContactModel.findOne({
      $and: [{ _id: keep }, ctx.scope('update', 'Contact')],
    }).lean();
    return contact ? labelOf(contact) : undefined;
  }
  const [lead] = (await ctx.asSystem('contacts').ask(lookUpLeads, { ids: [keep] })).items;
  return lead && (await mayChange(ctx, [lead.contactId])) && ctx.can('update', 'Lead', lead)
    ? `#${lead.number} ${lead.name}`
    : undefined;
}

/** Each as it was asked for and as it stands. @throws record.not_found in the words of whoever asked */
async function allow(ctx: Context, ...contacts: [asked: string, id: string][]): Promise<void> {
  for (const [asked, id] of contacts)
    if (!(await mayChange(ctx, [id]))) throw new AppError('record.not_found', { kind: 'contact', id: asked });
}

async function reachMerge(ctx: Context, mergeId: string): Promise<MergeDocument> {
  const merge = await MergeModel.findOne({ _id: mergeId, kind: 'Contact' }).lean();
  if (!merge || !(await mayChange(ctx, [await survivorOf(merge.keep)])))
    throw new AppError('record.not_found', { kind: 'merge', id: mergeId });
  const open = await openMerge(mergeId, 'Contact');
  await leadsFirst(open);
  return open;
}

/** A lead that came along and was merged with one that was here before cannot go back alone. */
async function leadsFirst({ _id: mergeId, keep }: MergeDocument): Promise<void> {
  const moves = await MoveModel.find({ mergeId, pointer: 'leads' }).lean();
  const came = moves.flatMap(({ items }) => items.map(({ id }) => id));
  const between = await MergeModel.findOne({
    kind: 'Lead',
    undone: { $exists: false },
    $or: [
      { merge: { $in: came }, keep: { $nin: came } },
      { keep: { $in: came }, merge: { $nin: came }, _id: { $gt: mergeId } },
    ],
  }).lean();
  if (between && keep) throw new AppError('merge.leads_first', { label: between.label });
}

async function gather(ctx: Context, catalogue: Catalogue, merge: MergeDocument): Promise<void> {
  const { _id: mergeId, keep, merge: from, document } = merge;
  const to = await survivorOf(keep);
  if (merge.kind === 'Contact') {
    const { items } = await ctx.ask(lookUpLeads, { contactIds: [to] });
    const leadIds = items.map(({ id }) => id);
    await turnPointers(ctx, catalogue.pointers, { mergeId, kind: 'contact', from, to, leadIds });
    return;
  }
  const [lead] = (await ctx.ask(lookUpLeads, { ids: [to] })).items;
  if (!lead) return;
  const { number, name, contactId, teamIds, assigneeId = null } = lead;
  const owner = { assigneeId, teamIds };
  for (const of of new Set([contactId, document.contactId as string]))
    await turnPointers(ctx, catalogue.pointers, {
      ...{ mergeId, kind: 'lead', from, to, number, name, owner, contactId: of },
    });
}

export const gatherSubscribers = [
  on(contactMerged, 'contacts.gatherContact', async (ctx, { payload: { mergeId } }) => {
    await ctx.run(gatherMerged, { mergeId });
  }),
  on(leadMerged, 'contacts.gatherLead', async (ctx, { payload: { mergeId } }) => {
    await ctx.run(gatherMerged, { mergeId });
  }),
];
