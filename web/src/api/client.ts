/** One function asks, one commands. Names, inputs and outputs are those of the contracts (see operations.ts). */
import { ApiError, errorFrom, unreachable } from './error.ts';
import type { CommandName, Input, Output, QueryName } from './operations.ts';

export function ask<N extends QueryName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Output<N>> {
  return post(`/api/queries/${name}`, input, { signal });
}

/**
 * `key` names the intent: repeating a command with the same key changes nothing more and gets the first answer. That is
 * why a call whose answer was lost on the way may be repeated here without asking.
 */
export async function command<N extends CommandName>(
  name: N,
  input: Input<N>,
  key: string = newKey(),
): Promise<Output<N>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await post<Output<N>>(`/api/commands/${name}`, input, { headers: { 'Idempotency-Key': key } });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'network' || attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 400 * attempt));
    }
  }
}

export const signIn = (email: string, password: string) =>
  post<unknown>('/api/auth/login', { email, password });
export const signOut = () => post<unknown>('/api/auth/logout', {});
/** A recording's words, where a model for it is configured; refused in words where none is. */
export async function readVoice(note: Blob): Promise<string> {
  const response = await fetch('/api/voice-notes', {
    method: 'POST',
    headers: { 'Content-Type': note.type || 'audio/webm' },
    body: note,
  }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw await errorFrom(response);
  return (await response.json()).text;
}
/** Back to one's own session. */
export const stopActing = () => post<unknown>('/api/auth/impersonate/stop', {});

export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

async function post<T>(
  url: string,
  body: unknown,
  more: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...more.headers },
    body: JSON.stringify(body ?? {}),
    signal: more.signal,
  }).catch((cause) => {
    if (more.signal?.aborted) throw cause;
    throw unreachable();
  });
  if (!response.ok) throw await errorFrom(response);
  return response.status === 204 ? (undefined as T) : response.json();
}
