import type { Context } from '../../core/context.ts';
import type { PhoneCallDocument } from './model.ts';
export async function keepRecording(
  _ctx: Context,
  _call: PhoneCallDocument,
  _recording: { id: string; url: string; seconds?: number },
): Promise<void> {}
