/** The HTTP calls of the widget. */
import type { Item, Look, Pending } from './types.ts';

/** `status` 0: the server was not reached. */
export class CallError extends Error {
  readonly status: number;
  readonly retryAfterMs: number;
  constructor(status: number, retryAfterMs = 0) {
    super(`HTTP ${status}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

export function createClient(host: string) {
  async function call<T>(
    path: string,
    { token, body, signal }: { token?: string; body?: unknown; signal?: AbortSignal } = {},
  ): Promise<T> {
    const response = await fetch(host + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'omit',
      signal: signal ?? AbortSignal.timeout(15_000),
    }).catch(() => {
      throw new CallError(0);
    });
    if (!response.ok)
      throw new CallError(response.status, Number(response.headers.get('retry-after') ?? 0) * 1000);
    return response.json() as Promise<T>;
  }

  return {
    look: (account: string) => call<Look>(`/webchat/config?account=${encodeURIComponent(account)}`),
    /** With the token of an earlier visit the conversation goes on. */
    session: (account: string, token?: string) =>
      call<{ token: string; resumed: boolean }>('/webchat/sessions', {
        body: {
          account,
          token,
          page: location.href.slice(0, 2000),
          referrer: document.referrer.slice(0, 2000),
        },
      }),
    post: (token: string, { clientMessageId, text, press }: Pending) =>
      call<{ id: string }>('/webchat/messages', {
        token,
        body: press ? { clientMessageId, press } : { clientMessageId, text },
      }),
    read: (token: string, after: number, waitSeconds: number, signal?: AbortSignal) =>
      call<{ items: Item[] }>(`/webchat/messages?after=${after}&wait=${waitSeconds}`, { token, signal }),
    socketUrl: (after: number) => `${host.replace(/^http/, 'ws')}/webchat/socket?after=${after}`,
  };
}
export type Client = ReturnType<typeof createClient>;
