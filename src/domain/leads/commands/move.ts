import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Form } from '../../../core/messaging.ts';
import type { Money } from '../../../core/money.ts';
import { assertMove } from '../../../core/state-machine.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { leadCard } from '../card.ts';
import { leadMoved, moveLead, restoreLead, updateLead } from '../contract.ts';
import { type LeadDocument, LeadModel } from '../model.ts';
import {
  assertKnown,
  kindOf,
  lostReasonLabel,
  machineOf,
  reasonsOffered,
  resolveLost,
  resolveStage,
  stageOf,
} from '../rules.ts';
import { readValue } from '../value.ts';
import { pipelineOf, reach, viewById } from '../view.ts';

export const moveLeadHandler = handles(
  moveLead,
  async (ctx, { leadId, stage, lostReason, value, note, fields }) => {
    const pipeline = pipelineOf(ctx);
    const before = await reach(ctx, 'update', leadId);
    const to = resolveStage(pipeline, stage);
    assertMove(machineOf(pipeline), before.stage, to);
    const lead = fields && Object.keys(fields).length ? await learnt(ctx, leadId, fields) : before;
    assertKnown(stageOf(pipeline, to)!, value === undefined ? lead : { ...lead, value: 1 });
    const lost = kindOf(pipeline, to) === 'lost' ? resolveLost(pipeline, lostReason, note) : undefined;
    const why = lost ? { lostReason: lost.reason, note: lost.note } : { note };
    await save(ctx, lead, to, lost?.reason, readValue(ctx, value));
    await tell(ctx, lead, to, [lostReasonLabel(pipeline, lost?.reason), why.note].filter(Boolean).join(': '));
    ctx.emit(leadMoved, { leadId, from: lead.stage, to, ...why }, { kind: 'Lead', id: leadId });
    ctx.audit({
      kind: 'Lead',
      id: leadId,
      before: { stage: lead.stage, lostReason: lead.lostReason },
      after: { stage: to, lostReason: lost?.reason },
      text: `moved #${lead.number} from ${label(ctx, lead.stage)} to ${label(ctx, to)}`,
      undo: { command: restoreLead.name, input: { leadId, from: to } },
    });
    return { lead: await viewById(ctx, leadId) };
  },
  { present: ({ lead }, at) => ({ cards: [leadCard(lead, at)], update: true }), form },
);

async function learnt(ctx: Context, leadId: string, fields: object): Promise<LeadDocument> {
  await ctx.run(updateLead, { leadId, ...fields });
  return reach(ctx, 'update', leadId);
}

/** A closed lead has no next call, and no follow-up can be missed on it. */
async function save(
  ctx: Context,
  lead: LeadDocument,
  to: string,
  lostReason?: string,
  value?: Money,
): Promise<void> {
  const closed = kindOf(pipelineOf(ctx), to) !== 'open';
  const cameFrom = {
    stage: lead.stage,
    to,
    ...(lead.lostReason && { lostReason: lead.lostReason }),
    ...(closed && lead.followUpAt && { followUpAt: lead.followUpAt }),
  };
  await LeadModel.updateOne(
    { _id: lead._id },
    {
      $set: {
        stage: to,
        cameFrom,
        lastActivityAt: ctx.now(),
        ...(lostReason && { lostReason }),
        ...(value && { value: value.amount, currency: value.currency }),
        ...(closed && { closedAt: ctx.now() }),
      },
      $unset: { ...(!lostReason && { lostReason: 1 }), ...(closed ? { followUpAt: 1 } : { closedAt: 1 }) },
    },
  );
}

export const restoreLeadHandler = handles(restoreLead, async (ctx, { leadId, from }) => {
  const lead = await reach(ctx, 'update', leadId);
  const back = lead.cameFrom;
  if (!back || back.to !== lead.stage || lead.stage !== from || !stageOf(pipelineOf(ctx), back.stage))
    throw new AppError('record.conflict', { kind: 'lead' });
  const closed = kindOf(pipelineOf(ctx), back.stage) !== 'open';
  await LeadModel.updateOne(
    { _id: leadId },
    {
      $set: {
        stage: back.stage,
        lastActivityAt: ctx.now(),
        ...(back.lostReason && { lostReason: back.lostReason }),
        ...(back.followUpAt && { followUpAt: back.followUpAt }),
      },
      $unset: { cameFrom: 1, ...(!back.lostReason && { lostReason: 1 }), ...(!closed && { closedAt: 1 }) },
    },
  );
  await tell(ctx, lead, back.stage, 'undone');
  ctx.emit(
    leadMoved,
    { leadId, from: lead.stage, to: back.stage, quiet: true },
    { kind: 'Lead', id: leadId },
  );
  ctx.audit({
    kind: 'Lead',
    id: leadId,
    before: { stage: lead.stage },
    after: { stage: back.stage },
    text: `returned #${lead.number} to ${label(ctx, back.stage)}`,
  });
  return { lead: await viewById(ctx, leadId) };
});

async function tell(ctx: Context, lead: LeadDocument, to: string, text: string): Promise<void> {
  await ctx.asSystem('leads').run(addToTimeline, {
    contactId: lead.contactId,
    leadId: lead._id,
    kind: 'stage',
    by: ctx.actor.name,
    title: `${label(ctx, lead.stage)} → ${label(ctx, to)}`,
    ...(text && { text }),
  });
}

/** For chat: the stages that this lead may go to, and why if it is lost. */
async function form(ctx: Context, partial: Record<string, unknown>): Promise<Form> {
  const pipeline = pipelineOf(ctx);
  const lead = await reach(ctx, 'update', String(partial.leadId));
  const stages = machineOf(pipeline).states[lead.stage]?.to ?? [];
  return {
    title: `Status of #${lead.number}`,
    command: moveLead.name,
    fixed: { leadId: lead._id },
    fields: [
      {
        name: 'stage',
        label: 'Status',
        type: 'select',
        options: stages.map((key) => ({ value: key, label: label(ctx, key) })),
        ...(typeof partial.stage === 'string' && { value: partial.stage }),
      },
      {
        name: 'lostReason',
        label: 'Why lost',
        type: 'select',
        optional: true,
        options: reasonsOffered(pipeline).map(({ key, label: text }) => ({ value: key, label: text })),
      },
      {
        name: 'value',
        label: 'Worth',
        type: 'text',
        optional: true,
        hint: 'If it is won: 1,50,000 or 1.5 lakh',
      },
      {
        name: 'note',
        label: 'Note',
        type: 'longtext',
        optional: true,
        ...(typeof partial.note === 'string' && { value: partial.note }),
      },
    ],
  };
}

const label = (ctx: Context, key: string): string => stageOf(pipelineOf(ctx), key)?.label ?? key;
