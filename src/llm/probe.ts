/** Whether the language layer would work as it is set up, without spending a token. */
import type { LlmSettings } from './types.ts';

export type Probe = { state: 'off' | 'ready' | 'wrong'; text: string };

/** Asks the server for its models: costs nothing, and tells a wrong key from a wrong address. Never throws. */
export async function probe(
  { enabled, baseUrl, model }: Pick<LlmSettings, 'enabled' | 'baseUrl' | 'model'>,
  apiKey: string | undefined,
  timeoutMs = 10_000,
): Promise<Probe> {
  if (!enabled) return { state: 'off', text: 'off (llm in app.yaml)' };
  if (!apiKey && !isOwn(baseUrl))
    return {
      state: 'wrong',
      text: `LLM_API_KEY is not set: ${baseUrl} will refuse every call, and the built-in understanding goes on alone`,
    };
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/models`, {
      headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    await response.body?.cancel();
    if (response.status === 401 || response.status === 403)
      return { state: 'wrong', text: `${baseUrl} refuses LLM_API_KEY (${response.status})` };
    if (response.status >= 500)
      return { state: 'wrong', text: `${baseUrl} answers with an error (${response.status})` };
    return { state: 'ready', text: `${model} at ${baseUrl}` };
  } catch {
    return {
      state: 'wrong',
      text: `${baseUrl} cannot be reached: is the address right, and the way out open?`,
    };
  }
}

/** A server on this machine or in this network often wants no key. */
function isOwn(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return (
    !hostname.includes('.') ||
    /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(hostname) ||
    /\.(local|internal|lan)$/.test(hostname)
  );
}
