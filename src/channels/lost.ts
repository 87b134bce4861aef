/** What it means that a call to a provider got no answer. */
import type { SendErrorKind, SendResult } from '../core/messaging.ts';

/** Failures before anything was sent; after that, the provider may have taken the message. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
]);

/** @param error what `fetch` threw. */
export function lost(error: unknown): Extract<SendResult, { ok: false }> {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  const code = cause?.code ?? name;
  return {
    ok: false,
    error: neverSent.has(code) ? 'transient' : 'ambiguous',
    message: `no answer (${code})`,
  };
}

/** What a provider that is away answers, if anything; every other refusal shows that it is there. */
export const isSilence = ({ error }: { error: SendErrorKind }): boolean =>
  error === 'transient' || error === 'ambiguous' || error === 'rate';
