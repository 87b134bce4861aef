/** The HTTP calls of the widget. */
import type { Item, Look, Pending } from './types.ts';

/** `status` 0: the server was not reached. */
export class CallError extends Error {
  readonly status: number;
  readonly retryAfterMs: number;
  /** Of a wrong code: tries that are left. */
  readonly left: number;
  constructor(status: number, retryAfterMs = 0, left = 0) {
    super(`HTTP ${status}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.left = left;
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
    if (!response.ok) {
      const told = await response.json().catch(() => undefined);
      const left = Number(told?.error?.details?.left) || 0;
      throw new CallError(response.status, Number(response.headers.get('retry-after') ?? 0) * 1000, left);
    }
    return response.status === 204 ? (undefined as T) : (response.json() as Promise<T>);
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
          title: document.title.slice(0, 300),
          referrer: document.referrer.slice(0, 2000),
        },
      }),
    post: (token: string, { clientMessageId, text, press, file }: Pending) =>
      call<{ id: string }>('/webchat/messages', {
        token,
        body: {
          clientMessageId,
          ...(press ? { press } : file ? { files: [file.id] } : { text }),
          page: location.href.slice(0, 2000),
          title: document.title.slice(0, 300),
        },
      }),
    read: (token: string, after: number, waitSeconds: number, signal?: AbortSignal) =>
      call<{ items: Item[] }>(`/webchat/messages?after=${after}&wait=${waitSeconds}`, { token, signal }),
    /** Only an XMLHttpRequest tells how far an upload has come. */
    upload: (token: string, file: File, onDone: (part: number) => void) =>
      new Promise<{ fileId: string }>((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', `${host}/webchat/files?filename=${encodeURIComponent(file.name)}`);
        request.setRequestHeader('authorization', `Bearer ${token}`);
        request.setRequestHeader('content-type', file.type || 'application/octet-stream');
        request.timeout = 300_000;
        request.upload.onprogress = ({ loaded, total }) => onDone(loaded / total);
        request.onload = () =>
          request.status === 201
            ? resolve(JSON.parse(request.responseText))
            : reject(
                new CallError(request.status, Number(request.getResponseHeader('retry-after') ?? 0) * 1000),
              );
        request.onerror = request.ontimeout = () => reject(new CallError(0));
        request.send(file);
      }),
    prove: (token: string, address: { phone?: string; email?: string }, language: string) =>
      call<{ to: string }>('/webchat/identity', { token, body: { ...address, language } }),
    confirm: (token: string, code: string) =>
      call<{ token: string }>('/webchat/identity/code', { token, body: { code } }),
    /** Undefined while nothing was said. */
    pass: (token: string) => call<{ url: string } | undefined>('/webchat/pass', { token, body: {} }),
    socketUrl: (after: number) => `${host.replace(/^http/, 'ws')}/webchat/socket?after=${after}`,
  };
}
export type Client = ReturnType<typeof createClient>;
