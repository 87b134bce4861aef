/** Calls that log themselves: the telephone says what came of them, and may know better a moment later. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { addMinutes, readableTime } from '../../../core/zone.ts';
import type { LeadView } from '../../leads/contract.ts';
import { findUsers } from '../../staff/contract.ts';
import {
  callLogged,
  callMissed,
  callRecorded,
  markRecording,
  reportCall,
  requestFollowUp,
} from '../contract.ts';
import { type CallDocument, CallModel, FollowUpModel } from '../model.ts';
import { leadFor } from '../view.ts';
import { show } from './calls.ts';
import { bringAbout, takeBack } from './register.ts';

type Report = Omit<CallDocument, 'calledAt'>;

export const reportCallHandler = handles(
  reportCall,
  async (ctx, { phoneId, leadId, calledAt, seconds, number, userId, direction, outcome }) => {
    const phone = { id: phoneId, ...(number && { number }), ...(seconds !== undefined && { seconds }) };
    const known = await CallModel.findOne({ 'phone.id': phoneId }).lean();
    const at = new Date(calledAt);
    const byHand =
      known || !userId ? undefined : await loggedByHand(ctx, { leadId, userId, direction, at, seconds });
    if (byHand) {
      // Whoever spoke was quicker than the telephone: their words stay, its count joins them.
      await learn(ctx, byHand, phone);
      return { callId: byHand._id };
    }
    const knowsBetter = known?.automatic && known.outcome !== outcome && outcome === 'answered';
    if (known && !knowsBetter) {
      await learn(ctx, known, phone, userId);
      return { callId: known._id };
    }
    if (known) await takeBack(ctx, known._id, leadId, known.effects);
    const { lead, owned } = await leadFor(ctx, leadId);
    const call: CallDocument = {
      _id: known?._id ?? ctx.id(),
      ...owned,
      direction,
      outcome,
      calledAt: at,
      phone: { ...known?.phone, ...phone },
      automatic: true,
      ...minutesOf(seconds),
      ...(await whose(ctx, userId)),
      ...(known?.recording && { recording: known.recording }),
      effects: {},
    };
    await follow(ctx, call, lead);
    if (known) await CallModel.replaceOne({ _id: call._id }, call);
    else await CallModel.create([call]);
    await show(ctx, call);
    ctx.emit(callLogged, { callId: call._id, leadId, direction, outcome }, { kind: 'Lead', id: leadId });
    return { callId: call._id };
  },
);

/** A call that nobody took waits for whoever has the lead; any other counts as if they had logged it. */
async function follow(ctx: Context, call: CallDocument, lead: LeadView): Promise<void> {
  const { _id, leadId, calledAt } = call;
  if (call.outcome !== 'missed') {
    call.effects = (await bringAbout(ctx, call, lead)).effects;
    return;
  }
  call.missed = { state: 'open' };
  const { timezone, locale } = ctx.config.app.organisation;
  const planned = await FollowUpModel.findOne({ leadId, status: 'open' }).lean();
  const { followUpId } = await ctx.run(requestFollowUp, {
    leadId,
    note: `Missed call at ${readableTime(calledAt, timezone, locale)}`,
  });
  if (followUpId && followUpId !== planned?._id) call.effects = { followUpId };
  ctx.emit(callMissed, { callId: _id, leadId }, { kind: 'Lead', id: leadId });
}

/** What a colleague logged of this very call before the telephone had reported it. */
async function loggedByHand(
  ctx: Context,
  {
    leadId,
    userId,
    direction,
    at,
    seconds = 0,
  }: { leadId: string; userId: string; direction: 'in' | 'out'; at: Date; seconds?: number | undefined },
): Promise<CallDocument | undefined> {
  const until = addMinutes(at, seconds / 60 + ctx.config.app.calls.joinMinutes);
  const call = await CallModel.findOne({
    leadId,
    byId: userId,
    direction,
    phone: { $exists: false },
    calledAt: { $gte: at, $lte: until },
  })
    .sort({ _id: 1 })
    .lean();
  return call ?? undefined;
}

/** Facts join the record; what was said of the call stays. */
async function learn(
  ctx: Context,
  call: CallDocument,
  phone: NonNullable<CallDocument['phone']>,
  userId?: string,
): Promise<void> {
  const isNobodys = call.byId === telephone.byId;
  const now: CallDocument = {
    ...call,
    phone: { ...call.phone, ...phone },
    ...(call.minutes === undefined && minutesOf(phone.seconds)),
    ...(isNobodys && userId && (await whose(ctx, userId))),
  };
  await CallModel.replaceOne({ _id: call._id }, now);
  await show(ctx, now);
}

const telephone = { by: 'Telephone', byId: 'telephone' };
const minutesOf = (seconds?: number): Pick<Report, 'minutes'> =>
  seconds === undefined ? {} : { minutes: Math.round(seconds / 6) / 10 };

async function whose(ctx: Context, userId?: string): Promise<Pick<Report, 'by' | 'byId'>> {
  if (!userId) return telephone;
  const { items } = await ctx.ask(findUsers, { ids: [userId], activeOnly: false });
  return items[0] ? { by: items[0].name, byId: userId } : telephone;
}

export const markRecordingHandler = handles(markRecording, async (ctx, { phoneId, recording }) => {
  const call = await CallModel.findOneAndUpdate({ 'phone.id': phoneId }, { $set: { recording } }).lean();
  if (!call) return {};
  const { _id: callId, leadId, leadNumber } = call;
  ctx.emit(callRecorded, { callId, leadId }, { kind: 'Lead', id: leadId });
  return { callId, leadNumber };
});
