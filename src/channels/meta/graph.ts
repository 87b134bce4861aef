/** The Graph API by fetch: bearer token, time limit, and what a failure means. The token never leaves this file. */
import type { ChannelPort } from '../../core/define.ts';
import type { SendErrorKind, SendResult } from '../../core/messaging.ts';
import { isSilence, lost } from '../lost.ts';

export type Refusal = Extract<SendResult, { ok: false }>;
/** What a code means to us; `subcode` where Graph tells more by it. */
export type Meaning = { kind: SendErrorKind; retryAfterMs?: number; onlyThem?: true };
export type GraphError = {
  message?: string;
  code?: number;
  error_subcode?: number;
  error_data?: { details?: string };
};
export type Meanings = (error: GraphError) => Meaning | undefined;
type Settings = { apiUrl: string; apiVersion: string; accessToken: string; timeoutMs: number };

export type GraphAnswer = { ok: true; body: Record<string, any> } | { ok: false; error: Refusal };
export type Graph = {
  get(path: string): Promise<GraphAnswer>;
  post(path: string, body: object | FormData): Promise<GraphAnswer>;
  /** Whether Graph answers at all, be it with a refusal. */
  reach(path: string): Promise<boolean>;
  authorization: string;
};

/** @param meanings the product's own codes; what it does not know goes by its HTTP status. */
export function graphClient(settings: Settings, port: Pick<ChannelPort, 'fetch'>, meanings: Meanings): Graph {
  const base = `${settings.apiUrl.replace(/\/$/, '')}/${settings.apiVersion}/`;
  const authorization = `Bearer ${settings.accessToken}`;

  async function call(method: 'GET' | 'POST', path: string, body?: object | FormData): Promise<GraphAnswer> {
    const isForm = body instanceof FormData;
    try {
      const response = await port.fetch(base + path, {
        method,
        headers: { authorization, ...(body && !isForm && { 'content-type': 'application/json' }) },
        body: body && (isForm ? body : JSON.stringify(body)),
        redirect: 'error',
        signal: AbortSignal.timeout(settings.timeoutMs),
      });
      const answer = (await response.json().catch(() => undefined)) as
        | (Record<string, any> & { error?: GraphError })
        | undefined;
      if (response.ok && answer) return { ok: true, body: answer };
      // Taken, it says, but we cannot read what: the message's id is lost.
      if (response.ok)
        return {
          ok: false,
          error: { ok: false, error: 'ambiguous', message: 'the answer could not be read' },
        };
      return {
        ok: false,
        error: refusal(response.status, answer?.error, meanings, response.headers.get('retry-after')),
      };
    } catch (error) {
      return { ok: false, error: lost(error) };
    }
  }

  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    async reach(path) {
      const answer = await call('GET', path);
      return answer.ok || !isSilence(answer.error);
    },
    authorization,
  };
}

const second = 1000;

/** @param retryAfter the answer's `Retry-After` header, in seconds; wins over the table. */
export function refusal(
  status: number,
  error: GraphError | undefined,
  meanings: Meanings,
  retryAfter?: string | null,
): Refusal {
  const message = error
    ? `${error.code ?? status} ${error.error_data?.details ?? error.message ?? ''}`.trim()
    : `HTTP ${status}`;
  const meaning = (error && meanings(error)) || byStatus(status, error);
  const waitMs =
    retryAfter && Number.isFinite(Number(retryAfter)) ? Number(retryAfter) * second : meaning.retryAfterMs;
  return {
    ok: false,
    error: meaning.kind,
    message,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    ...(meaning.onlyThem && { onlyThem: true }),
  };
}

function byStatus(status: number, error: GraphError | undefined): Meaning {
  if (error?.code !== undefined && error.code >= 200 && error.code <= 299) return { kind: 'auth' };
  if (status === 429) return { kind: 'rate', retryAfterMs: 60 * second };
  if (status === 401 || status === 403) return { kind: 'auth' };
  // Without Graph's own words a 5xx may come from something in between, after Graph had taken the message.
  if (status >= 500) return { kind: error ? 'transient' : 'ambiguous' };
  return { kind: 'content' };
}
