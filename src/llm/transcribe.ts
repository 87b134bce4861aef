/**
 * A voice note → its words, by the same server as the language layer, where a model for it is named. It is slow and may
 * be down: never called in a transaction. What comes out is text that a person reads before anything is kept.
 */
import { type ApiKey, keyNow, LlmError, type LlmSettings } from './types.ts';

export type VoiceNote = { body: Buffer; mime: string };
/** @throws LlmError off, timeout, rate-limited, unreachable, refused, not-json (nothing was heard) */
export type Transcribe = (note: VoiceNote) => Promise<string>;

type Settings = Pick<LlmSettings, 'enabled' | 'baseUrl'> & { transcriptionModel: string };

const timeoutMs = 60_000;
/** The server tells formats apart by the name's ending. */
const endings: Record<string, string> = {
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/aac': 'm4a',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
};
export const voiceTypes = Object.keys(endings);

export function createTranscriber(settings: Settings, apiKey: ApiKey): Transcribe {
  return async ({ body, mime }) => {
    if (!settings.enabled || !settings.transcriptionModel) throw new LlmError('off');
    const { default: Client, toFile } = await import('openai');
    const client = new Client({
      apiKey: keyNow(apiKey),
      baseURL: settings.baseUrl,
      organization: null,
      project: null,
      maxRetries: 1,
      timeout: timeoutMs,
      logLevel: 'off',
    });
    const file = await toFile(body, `note.${endings[mime] ?? 'webm'}`, { type: mime });
    const answer = await client.audio.transcriptions
      .create({ file, model: settings.transcriptionModel, response_format: 'json' })
      .catch((error: { status?: number; name?: string }) => {
        if (error.name === 'APIConnectionTimeoutError') throw new LlmError('timeout', true);
        if (error.status === 429) throw new LlmError('rate-limited', true);
        throw error.status === undefined || error.status >= 500
          ? new LlmError('unreachable', true)
          : new LlmError('refused');
      });
    const text = typeof answer.text === 'string' ? answer.text.trim() : '';
    if (!text) throw new LlmError('not-json');
    return text.slice(0, 4000);
  };
}
