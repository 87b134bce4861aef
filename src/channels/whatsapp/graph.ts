/** The Graph API by fetch: bearer token, time limit, and what a failure means. The token never leaves this file. */
import type { ChannelPort } from '../../core/define.ts';
import { lost } from '../lost.ts';
import { type GraphError, type Refusal, refusal } from './errors.ts';
import type { Settings } from './settings.ts';

export type GraphAnswer = { ok: true; body: Record<string, any> } | { ok: false; error: Refusal };
export type Graph = {
  get(path: string): Promise<GraphAnswer>;
  post(path: string, body: object | FormData): Promise<GraphAnswer>;
  authorization: string;
};

export function graphClient(settings: Settings, port: ChannelPort): Graph {
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
        error: refusal(response.status, answer?.error, response.headers.get('retry-after')),
      };
    } catch (error) {
      return { ok: false, error: lost(error) };
    }
  }

  return { get: (path) => call('GET', path), post: (path, body) => call('POST', path, body), authorization };
}
