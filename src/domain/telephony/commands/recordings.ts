import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { signLink } from '../../../core/links.ts';
import { addMinutes } from '../../../core/zone.ts';
import { type CallView, getCall } from '../../activities/contract.ts';
import { keepFetched, listenTo, playRecording, retryRecording } from '../contract.ts';
import { type RecordingDocument, RecordingModel } from '../model.ts';
import { showRecording } from '../recordings.ts';

const ok = { ok: true } as const;
/** How long an address can be opened. */
export const listenMinutes = 5;

export const linkPurpose = 'recording';

export const listenToHandler = handles(listenTo, async (ctx, { callId }) => {
  const { call } = await recorded(ctx, callId, 'stored');
  const until = addMinutes(ctx.now(), listenMinutes);
  const token = signLink(ctx.config.secret, linkPurpose, callId, ctx.actor.id, until);
  return {
    url: `/recordings/${token}`,
    expiresAt: until.toISOString(),
    ...(call.recording?.seconds !== undefined && { seconds: call.recording.seconds }),
  };
});

export const playRecordingHandler = handles(playRecording, async (ctx, { callId }) => {
  const { call, recording } = await recorded(ctx, callId, 'stored');
  ctx.audit({ kind: 'Recording', id: callId, text: `listened to a call with #${call.leadNumber}` });
  return { recordingId: recording._id };
});

export const retryRecordingHandler = handles(retryRecording, async (ctx, { callId }) => {
  const { call, recording } = await recorded(ctx, callId, 'failed');
  await RecordingModel.updateOne(
    { _id: recording._id, state: 'failed' },
    { $set: { state: 'waiting', attempts: 0, nextAt: ctx.now() } },
  );
  await showRecording(ctx.asSystem('telephony'), recording.phoneId);
  ctx.audit({
    kind: 'Recording',
    id: callId,
    text: `fetch the recording of a call with #${call.leadNumber} again`,
  });
  return ok;
});

/** Whose call it is says who may listen, beside the right to recordings. */
async function recorded(
  ctx: Context,
  callId: string,
  state: RecordingDocument['state'],
): Promise<{ call: CallView; recording: RecordingDocument }> {
  const call = await ctx.ask(getCall, { callId });
  const recording =
    call.recording?.state === state &&
    ctx.can('read', 'Recording', { ...call, assigneeId: call.assigneeId ?? null })
      ? await RecordingModel.findOne({ _id: call.recording.id, state }).lean()
      : undefined;
  if (!recording) throw new AppError('record.not_found', { kind: 'recording of call', id: callId });
  return { call, recording };
}

export const keepFetchedHandler = handles(keepFetched, async (ctx, { recordingId, nextAt, ...news }) => {
  const known = await RecordingModel.findOneAndUpdate(
    { _id: recordingId, state: { $ne: 'stored' } },
    { $set: { ...news, ...(nextAt && { nextAt: new Date(nextAt) }) } },
  ).lean();
  if (known) await showRecording(ctx, known.phoneId);
  return ok;
});
