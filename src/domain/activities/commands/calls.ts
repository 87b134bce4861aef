import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Form } from '../../../core/messaging.ts';
import { readableMoment } from '../../../core/zone.ts';
import { nextOpening } from '../../appointments/contract.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { touchLead } from '../../leads/contract.ts';
import {
  type CallOutcome,
  callLogged,
  cancelFollowUp,
  type FollowUpView,
  followUpClosed,
  logCall,
  outcomeLabels,
  removeCall,
  setFollowUp,
} from '../contract.ts';
import { type CallDocument, CallModel, FollowUpModel } from '../model.ts';
import { retryAt } from '../rules.ts';
import { leadFor } from '../view.ts';
import { closeDue, reopen } from './followups.ts';

export const logCallHandler = handles(
  logCall,
  async (ctx, { leadId, at, calledAt, ...input }) => {
    const { lead, owned } = await leadFor(ctx, leadId, 'Call');
    if (input.outcome === 'callback' && !at) throw needsTime();
    const doneId = await closeDue(ctx, leadId);
    const { moved } = await ctx.asSystem('activities').run(touchLead, {
      leadId,
      lastCallOutcome: input.outcome,
      ...(doneId && { followUpAt: null }),
      ...(input.outcome === 'answered' && { moment: 'call.answered' as const }),
    });
    const followUp =
      at || lead.stageKind === 'open'
        ? await callAgain(ctx, leadId, input.outcome, at, input.note)
        : undefined;
    const call: CallDocument = {
      _id: ctx.id(),
      ...owned,
      ...input,
      calledAt: calledAt ? new Date(calledAt) : ctx.now(),
      by: ctx.actor.name,
      byId: ctx.actor.id,
      effects: {
        ...(lead.lastCallOutcome && { lastCallOutcome: lead.lastCallOutcome }),
        ...(moved && { moved }),
        ...(followUp && { followUpId: followUp.id }),
        ...(doneId && { doneId }),
      },
    };
    await CallModel.create([call]);
    await record(ctx, call);
    const stageLabel = moved ? (await leadFor(ctx, leadId)).lead.stageLabel : lead.stageLabel;
    return {
      callId: call._id,
      leadId,
      leadNumber: lead.number,
      leadName: lead.name,
      outcome: call.outcome,
      outcomeLabel: outcomeLabels[call.outcome],
      stageLabel,
      ...(followUp && { followUp }),
    };
  },
  {
    present: ({ leadNumber, leadName, outcomeLabel, stageLabel, followUp }, { zone, locale }) => ({
      text: [
        `${outcomeLabel} logged for #${leadNumber} ${leadName} (${stageLabel}).`,
        followUp && `Next call: ${readableMoment(new Date(followUp.at), zone, locale)}.`,
      ]
        .filter(Boolean)
        .join(' '),
    }),
    form,
  },
);

/** The time that was asked for, else the policy's retry, moved to when the office is open. */
async function callAgain(
  ctx: Context,
  leadId: string,
  outcome: CallOutcome,
  at?: string,
  note?: string,
): Promise<FollowUpView | undefined> {
  const proposed = at ? undefined : retryAt(outcome, ctx.now(), ctx.config.app.calls);
  const when =
    at ??
    (proposed && (await ctx.asSystem('activities').ask(nextOpening, { at: proposed.toISOString() })).at);
  if (!when) return undefined;
  const text = note ?? (outcome === 'answered' ? undefined : outcomeLabels[outcome]);
  return (await ctx.run(setFollowUp, { leadId, at: when, ...(text && { note: text }) })).followUp;
}

async function record(ctx: Context, call: CallDocument): Promise<void> {
  const { _id, leadId, contactId, direction, outcome, minutes, purpose, note, leadNumber, calledAt } = call;
  const text = [purpose, minutes ? `${minutes} min` : '', note].filter(Boolean).join(' · ');
  await ctx.asSystem('activities').run(addToTimeline, {
    contactId,
    leadId,
    kind: 'call',
    ref: _id,
    by: ctx.actor.name,
    at: calledAt.toISOString(),
    title: `${direction === 'in' ? 'Incoming' : 'Outgoing'} call: ${outcomeLabels[outcome]}`,
    ...(text && { text }),
  });
  ctx.emit(callLogged, { callId: _id, leadId, direction, outcome }, { kind: 'Lead', id: leadId });
  ctx.audit({
    kind: 'Call',
    id: _id,
    after: { leadId, direction, outcome, note },
    text: `${outcomeLabels[outcome]} on #${leadNumber}`,
    undo: { command: removeCall.name, input: { callId: _id } },
  });
}

/** Takes back the call and everything that logging it changed. */
export const removeCallHandler = handles(removeCall, async (ctx, { callId }) => {
  const call = await CallModel.findOne({ $and: [{ _id: callId }, ctx.scope('update', 'Call')] }).lean();
  if (!call) throw new AppError('record.not_found', { kind: 'call', id: callId });
  const { leadId, contactId, effects } = call;
  const system = ctx.asSystem('activities');
  const set =
    effects.followUpId && (await FollowUpModel.findOne({ _id: effects.followUpId, status: 'open' }).lean());
  if (set) await system.run(cancelFollowUp, { followUpId: set._id });
  if (effects.doneId) await reopen(ctx, effects.doneId);
  await system.run(touchLead, {
    leadId,
    lastCallOutcome: effects.lastCallOutcome ?? null,
    ...(effects.moved && { back: { from: effects.moved.to, to: effects.moved.from } }),
  });
  await system.run(addToTimeline, { contactId, kind: 'call', title: '', ref: callId, remove: true });
  await CallModel.deleteOne({ _id: callId });
  ctx.emit(followUpClosed, { followUpId: effects.followUpId ?? '', leadId }, { kind: 'Lead', id: leadId });
  ctx.audit({ kind: 'Call', id: callId, before: call, text: `took back a call on #${call.leadNumber}` });
  return { ok: true } as const;
});

const needsTime = () =>
  new AppError('input.invalid', {
    problems: 'at: CALL BACK needs a time',
    fields: [{ path: 'at', message: 'CALL BACK needs a time, e.g. tomorrow 5pm' }],
  });

async function form(ctx: Context, partial: Record<string, unknown>): Promise<Form> {
  const { lead } = await leadFor(ctx, String(partial.leadId));
  const known = (name: string) => (typeof partial[name] === 'string' ? { value: partial[name] } : {});
  return {
    title: `Call with #${lead.number} ${lead.name}`.slice(0, 60),
    command: logCall.name,
    fixed: { leadId: lead.id },
    fields: [
      {
        name: 'outcome',
        label: 'Outcome',
        type: 'select',
        options: Object.entries(outcomeLabels).map(([value, label]) => ({ value, label })),
        ...known('outcome'),
      },
      {
        name: 'at',
        label: 'Call again at',
        type: 'datetime',
        optional: partial.outcome !== 'callback',
        hint: 'Needed for CALL BACK',
        ...known('at'),
      },
      { name: 'note', label: 'Note', type: 'longtext', optional: true, ...known('note') },
    ],
  };
}
