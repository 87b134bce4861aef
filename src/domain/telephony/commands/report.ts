import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { cancelTimers, setTimer } from '../../../core/timers.ts';
import { addMinutes } from '../../../core/zone.ts';
import { reportCall } from '../../activities/contract.ts';
import { closeCall, takeReport } from '../contract.ts';
import { type PhoneCallDocument, PhoneCallModel } from '../model.ts';
import { keepRecording, showRecording } from '../recordings.ts';
import { merge, type Summary, summarise } from '../rules.ts';
import { leadOf } from '../whose.ts';
import { noteWithheld } from '../withheld.ts';
import { ownersOf } from './lines.ts';

/** So long after the last word of a call that only rang, and of one that was talked on, it is held to be over. */
const silentMinutes = { ringing: 5, talking: 240 };

export const takeReportHandler = handles(takeReport, async (ctx, { account, call: report, ...origin }) => {
  const _id = `${account}:${report.callId}`;
  const known = await PhoneCallModel.findById(_id).lean();
  const start: PhoneCallDocument = known ?? { _id, account, at: report.at ?? ctx.now(), legs: {}, ...origin };
  const call = merge(start, report);
  // The report of a recording says nothing of where the call came from; that of the call itself does.
  if (known && report.to && origin.campaign) Object.assign(call, origin);
  const done = await conclude(ctx, call);
  await PhoneCallModel.replaceOne({ _id }, done, { upsert: true });
  if (report.recording) await keepRecording(ctx, done, report.recording);
  if (report.recording || (done.concluded && !known?.concluded)) await showRecording(ctx, _id);
  if (!done.concluded) await watch(ctx, done);
  else await cancelTimers(timerKey(_id));
  const { leadId, callId } = done.concluded ?? {};
  return { ...(leadId && { leadId, callId }) };
});

/** Logs the call once it is over, and again when a later report knows better. */
async function conclude(ctx: Context, call: PhoneCallDocument): Promise<PhoneCallDocument> {
  const ends = [
    call.from,
    call.to,
    call.line,
    ...Object.values(call.legs).flatMap(({ from, to }) => [from, to]),
  ];
  const owners = await ownersOf(ends.filter((end) => end !== undefined));
  const summary = summarise(call, (end) => owners.has(end));
  const { customer, outcome, line } = summary;
  if (!outcome) return call;
  if (!customer) {
    const rung = ends.find((end) => end !== undefined && owners.has(end));
    if (summary.direction === 'in') await noteWithheld(ctx, call, outcome, rung && owners.get(rung));
    return call;
  }
  const userId = line && owners.get(line);
  const known = call.concluded;
  const leadId = known?.leadId ?? (await leadOf(ctx, call, { ...summary, customer }));
  if (!leadId) return call;
  const { callId } = await ctx.run(reportCall, {
    phoneId: call._id,
    leadId,
    direction: summary.direction,
    outcome,
    calledAt: call.at.toISOString(),
    number: customer,
    ...(summary.seconds !== undefined && { seconds: summary.seconds }),
    ...(userId && { userId }),
  });
  return { ...call, concluded: { outcome: better(known?.outcome, outcome), leadId, callId } };
}

const better = (known: string | undefined, now: NonNullable<Summary['outcome']>): string =>
  known === 'answered' ? known : now;

const timerKey = (id: string): string => `phone:${id}:`;

/** The end of a call may never be told: a caller whom nobody took must not be forgotten for it. */
async function watch(ctx: Context, { _id, direction, status, legs }: PhoneCallDocument): Promise<void> {
  if (direction !== 'in') return;
  const talks = status === 'talking' || Object.values(legs).some((leg) => leg.status === 'talking');
  await setTimer({
    key: `${timerKey(_id)}close`,
    dueAt: addMinutes(ctx.now(), talks ? silentMinutes.talking : silentMinutes.ringing),
    command: closeCall.name,
    input: { phoneId: _id },
  });
}

export const closeCallHandler = handles(closeCall, async (ctx, { phoneId }) => {
  const call = await PhoneCallModel.findById(phoneId).lean();
  if (call && !call.concluded) {
    const talked = Object.values(call.legs).some(({ status }) => status === 'talking');
    const spoken = call.status === 'talking' && call.answered !== 'forwarded';
    const ended: PhoneCallDocument = {
      ...call,
      legsDone: true,
      status: talked || spoken ? 'completed' : 'no-answer',
    };
    await PhoneCallModel.replaceOne({ _id: phoneId }, await conclude(ctx, ended));
    await showRecording(ctx, phoneId);
  }
  return { ok: true } as const;
});
