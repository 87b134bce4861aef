/** The Bot API by Telegraf's client, loaded at the first call. What a failure means, once. The token stays in here. */
import type { Telegram } from 'telegraf';
import type { SendErrorKind, SendResult } from '../../core/messaging.ts';
import { lost } from '../lost.ts';
import type { Settings } from './settings.ts';

export type Refusal = Extract<SendResult, { ok: false }> & { code?: number };
export type ApiAnswer = { ok: true; result: any } | { ok: false; error: Refusal };
export type TelegramApi = {
  /** @param payload as documented; a file is `{source: Buffer, filename}`. */
  call(method: string, payload?: Record<string, unknown>, signal?: AbortSignal): Promise<ApiAnswer>;
};

export function telegramApi({ token, apiUrl, timeoutMs }: Settings): TelegramApi {
  let client: Promise<Telegram> | undefined;
  const load = async (): Promise<Telegram> => {
    const { Telegram } = await import('telegraf');
    return new Telegram(token, { apiRoot: apiUrl, webhookReply: false });
  };

  return {
    async call(method, payload = {}, signal = AbortSignal.timeout(timeoutMs)) {
      client ??= load();
      try {
        return {
          ok: true,
          result: await (await client).callApi(method as never, payload as never, {
            signal: signal as never,
          }),
        };
      } catch (error) {
        return { ok: false, error: refusal(error) };
      }
    },
  };
}

type TelegramProblem = {
  error_code: number;
  description?: string;
  parameters?: { retry_after?: number };
};

/** Telegram documents the shape of an error (core.telegram.org/bots/api#making-requests), its words only by use. */
function refusal(error: unknown): Refusal {
  const { response, code, name } = error as { response?: TelegramProblem; code?: string; name?: string };
  // What node-fetch throws keeps the system's code itself, where fetch has it in its cause.
  if (!response) return lost({ name, cause: { code: code ?? name } });
  const { error_code: status, description = '', parameters } = response;
  const message = `${status} ${description}`.trim();
  if (status === 429)
    return { ok: false, error: 'rate', message, retryAfterMs: (parameters?.retry_after ?? 1) * 1000 };
  return { ok: false, error: kindOf(status, description.toLowerCase()), message, code: status };
}

function kindOf(status: number, words: string): SendErrorKind {
  // 503: nobody was there to take it. Anything else of the kind may come from something in between, afterwards.
  if (status === 503) return 'transient';
  if (status >= 500) return 'ambiguous';
  if (status === 401 || status === 404) return 'auth';
  if (status === 403) return words.includes('blocked by the user') ? 'optout' : 'recipient';
  if (/chat not found|user not found|peer_id_invalid|user is deactivated/.test(words)) return 'recipient';
  return 'content';
}

/** Doing it twice shows the same: what was lost may be tried again. */
export const repeatable = (answer: ApiAnswer): ApiAnswer =>
  !answer.ok && answer.error.error === 'ambiguous'
    ? { ok: false, error: { ...answer.error, error: 'transient' } }
    : answer;
