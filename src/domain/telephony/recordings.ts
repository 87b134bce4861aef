import type { Context } from '../../core/context.ts';
import type { CallReport } from '../../core/messaging.ts';
import { markRecording } from '../activities/contract.ts';
import { type PhoneCallDocument, RecordingModel } from './model.ts';

type Recording = NonNullable<CallReport['recording']>;

/** To be fetched by and by; told of again, it is the same. */
export async function keepRecording(
  ctx: Context,
  { _id: phoneId, account }: PhoneCallDocument,
  { id, url, seconds }: Recording,
): Promise<void> {
  await RecordingModel.updateOne(
    { _id: `${account}:${id}` },
    {
      $setOnInsert: {
        account,
        phoneId,
        url,
        state: 'waiting',
        attempts: 0,
        nextAt: ctx.now(),
        ...(seconds !== undefined && { seconds }),
      },
    },
    { upsert: true },
  );
}

/** Says on the call how it stands with its recording; whichever of the two comes later does it. */
export async function showRecording(ctx: Context, phoneId: string): Promise<void> {
  const recording = await RecordingModel.findOne({ phoneId }).sort({ _id: 1 }).lean();
  if (!recording) return;
  const { _id: id, state, seconds } = recording;
  await ctx.run(markRecording, {
    phoneId,
    recording: { id, state, ...(seconds !== undefined && { seconds }) },
  });
}
