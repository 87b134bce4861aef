/** Merging leads and taking it back, as the acts of a person: rights, audit, what is answered in chat. */
import { survivorOf } from '../../../core/aliases.ts';
import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { type Handler, handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { type MergeDocument, MergeModel } from '../../../core/merge-log.ts';
import type { Action } from '../../../core/rights.ts';
import { checkContact } from '../../contacts/contract.ts';
import { leadCard } from '../card.ts';
import { mergeLead, unmergeLead } from '../contract.ts';
import { join, labelOf } from '../merge/join.ts';
import { part } from '../merge/part.ts';
import type { LeadDocument } from '../model.ts';
import { reach, viewById } from '../view.ts';

export const mergeLeadHandlers = (catalogue: () => Catalogue): Handler[] => [
  handles(
    mergeLead,
    async (ctx, { fields, ...ids }) => {
      const kept = await reachOld(ctx, 'update', ids.keep);
      const gone = await reachOld(ctx, 'update', ids.merge);
      if (kept._id === gone._id) throw new AppError('merge.same', { kind: 'lead' });
      for (const contactId of new Set([kept.contactId, gone.contactId]))
        await ctx.ask(checkContact, { contactId });
      allowOwner(ctx, kept, gone, fields.assignee);
      const by = { id: ctx.actor.id, name: ctx.actor.name };
      const { mergeId, label, moved } = await join(ctx.asSystem('leads'), catalogue(), {
        kept,
        gone,
        fields,
        by,
      });
      const lead = await viewById(ctx, kept._id);
      ctx.audit({
        kind: 'Lead',
        id: kept._id,
        before: { kept: labelOf(kept), merged: label },
        after: { fields, moved },
        text: `merged ${label} into #${kept.number}`,
        undo: { command: unmergeLead.name, input: { mergeId } },
      });
      return { mergeId, lead, label, moved };
    },
    {
      present: ({ mergeId, lead, label }, at) => ({
        text: `${label} is now part of #${lead.number}. Everything that happened with either stands under it.`,
        cards: [
          {
            ...leadCard(lead, at),
            buttons: [
              { label: 'Undo the merge', command: unmergeLead.name, input: { mergeId } },
              ...(leadCard(lead, at).buttons ?? []).slice(0, 4),
            ],
          },
        ],
        update: true,
      }),
    },
  ),
  handles(
    unmergeLead,
    async (ctx, { mergeId }) => {
      const { keep, label } = await reachMerge(ctx, mergeId);
      const by = { id: ctx.actor.id, name: ctx.actor.name };
      const restored = await part(ctx.asSystem('leads'), catalogue(), { mergeId, by });
      ctx.audit({ kind: 'Lead', id: keep, text: `undid the merge of ${label}` });
      return { lead: await viewById(ctx, keep), restored };
    },
    {
      present: ({ lead, restored }, at) => ({
        text: `#${lead.number} and #${restored.number} ${restored.name} are two leads again.`,
        cards: [leadCard(lead, at)],
        update: true,
      }),
    },
  ),
];

/** By an id of now or one that was merged away. @throws record.not_found in the words of whoever asked */
async function reachOld(ctx: Context, action: Action, leadId: string): Promise<LeadDocument> {
  return reach(ctx, action, await survivorOf(leadId)).catch((error) => {
    throw error instanceof AppError && error.code === 'record.not_found'
      ? new AppError('record.not_found', { kind: 'lead', id: leadId })
      : error;
  });
}

async function reachMerge(ctx: Context, mergeId: string): Promise<MergeDocument> {
  const merge = await MergeModel.findOne({ _id: mergeId, kind: 'Lead' }).lean();
  const missing = new AppError('record.not_found', { kind: 'merge', id: mergeId });
  if (!merge) throw missing;
  await reachOld(ctx, 'update', merge.keep).catch(() => {
    throw missing;
  });
  return merge;
}

/** To make one colleague's lead another's is an assignment. @throws auth.forbidden */
function allowOwner(ctx: Context, kept: LeadDocument, gone: LeadDocument, choice?: 'keep' | 'merge'): void {
  const { assigneeId } = choice === 'merge' ? gone : kept;
  if (!kept.assigneeId || assigneeId === kept.assigneeId || ctx.can('assign', 'Lead', kept)) return;
  throw new AppError('auth.forbidden', { action: 'give this lead to', subject: 'another colleague' });
}
