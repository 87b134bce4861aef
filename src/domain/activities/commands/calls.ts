import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Form } from '../../../core/messaging.ts';
import { invalid } from '../../../core/validate.ts';
import { addMinutes, readableMoment } from '../../../core/zone.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { callLogged, followUpClosed, logCall, outcomeLabels, removeCall } from '../contract.ts';
import { type CallDocument, CallModel } from '../model.ts';
import { saidOutcomes } from '../outcomes.ts';
import { leadFor } from '../view.ts';
import { bringAbout, takeBack } from './register.ts';

export const logCallHandler = handles(
  logCall,
  async (ctx, { leadId, at, calledAt, ...input }) => {
    const { lead, owned } = await leadFor(ctx, leadId, 'Call');
    if (input.outcome === 'callback' && !at) throw needsTime();
    const known = calledAt ? undefined : await justNow(ctx, leadId);
    const call: CallDocument = known
      ? completed(known, input)
      : {
          _id: ctx.id(),
          ...owned,
          ...input,
          calledAt: calledAt ? new Date(calledAt) : ctx.now(),
          by: ctx.actor.name,
          byId: ctx.actor.id,
          effects: {},
        };
    const { effects, followUp } = await bringAbout(ctx, call, lead, at);
    call.effects = effects;
    if (known) await CallModel.replaceOne({ _id: call._id }, call);
    else await CallModel.create([call]);
    await record(ctx, call);
    const stageLabel = effects.moved ? (await leadFor(ctx, leadId)).lead.stageLabel : lead.stageLabel;
    return {
      callId: call._id,
      leadId,
      leadNumber: lead.number,
      leadName: lead.name,
      outcome: input.outcome,
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

/** The call that the telephone has logged for whoever speaks now: what they say completes it. */
async function justNow(ctx: Context, leadId: string): Promise<CallDocument | undefined> {
  const { joinMinutes } = ctx.config.app.calls;
  if (!joinMinutes) return undefined;
  const calls = await CallModel.find({ leadId, byId: ctx.actor.id, automatic: true })
    .sort({ _id: -1 })
    .limit(1)
    .lean();
  return calls.find(
    ({ calledAt, phone }) => addMinutes(calledAt, joinMinutes + (phone?.seconds ?? 0) / 60) >= ctx.now(),
  );
}

function completed(
  known: CallDocument,
  said: Pick<CallDocument, 'outcome' | 'minutes' | 'purpose' | 'note'>,
): CallDocument {
  const { outcome, minutes, purpose, note, effects } = known;
  const { outcome: end, ...more } = said;
  const given = Object.fromEntries(
    (['minutes', 'purpose', 'note'] as const).flatMap((key) =>
      more[key] === undefined ? [] : [[key, more[key]]],
    ),
  );
  return {
    ...known,
    ...given,
    outcome: end,
    automatic: false,
    before: {
      outcome,
      effects,
      ...(minutes && { minutes }),
      ...(purpose && { purpose }),
      ...(note && { note }),
    },
  };
}

/** Puts the call on the client's timeline and tells of it. */
export async function record(ctx: Context, call: CallDocument): Promise<void> {
  const { _id, leadId, direction, outcome, note, leadNumber } = call;
  await show(ctx, call);
  ctx.emit(callLogged, { callId: _id, leadId, direction, outcome }, { kind: 'Lead', id: leadId });
  ctx.audit({
    kind: 'Call',
    id: _id,
    after: { leadId, direction, outcome, note },
    text: `${outcomeLabels[outcome]} on #${leadNumber}`,
    undo: { command: removeCall.name, input: { callId: _id } },
  });
}

export async function show(ctx: Context, call: CallDocument): Promise<void> {
  const { _id, leadId, contactId, direction, outcome, purpose, note, by, calledAt } = call;
  const text = [purpose, lengthOf(call), note].filter(Boolean).join(' · ');
  await ctx.asSystem('activities').run(addToTimeline, {
    contactId,
    leadId,
    kind: 'call',
    ref: _id,
    by,
    at: calledAt.toISOString(),
    title: `${direction === 'in' ? 'Incoming' : 'Outgoing'} call: ${outcomeLabels[outcome]}`,
    ...(text && { text }),
  });
}

function lengthOf({ minutes, phone }: CallDocument): string {
  const seconds = phone?.seconds;
  if (!seconds) return minutes ? `${minutes} min` : '';
  const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [whole && `${whole} min`, rest && `${rest} s`].filter(Boolean).join(' ');
}

/** Takes back the call and everything that logging it changed; what the telephone had logged before stays. */
export const removeCallHandler = handles(removeCall, async (ctx, { callId }) => {
  const call = await CallModel.findOne({ $and: [{ _id: callId }, ctx.scope('update', 'Call')] }).lean();
  if (!call) throw new AppError('record.not_found', { kind: 'call', id: callId });
  const { leadId, contactId, effects, before } = call;
  await takeBack(ctx, callId, leadId, effects);
  if (before) {
    const { before: _, purpose: __, note: ___, minutes: ____, ...rest } = call;
    const was: CallDocument = { ...rest, ...before, automatic: true };
    await CallModel.replaceOne({ _id: callId }, was);
    await show(ctx, was);
  } else {
    await ctx
      .asSystem('activities')
      .run(addToTimeline, { contactId, kind: 'call', title: '', ref: callId, remove: true });
    await CallModel.deleteOne({ _id: callId });
  }
  ctx.emit(followUpClosed, { followUpId: effects.followUpId ?? '', leadId }, { kind: 'Lead', id: leadId });
  ctx.audit({ kind: 'Call', id: callId, before: call, text: `took back a call on #${call.leadNumber}` });
  return { ok: true } as const;
});

const needsTime = () => invalid('at', 'CALL BACK needs a time, e.g. tomorrow 5pm');

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
        options: saidOutcomes.map((value) => ({ value, label: outcomeLabels[value] })),
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
