/**
 * Graph's error codes → what we do about them.
 * Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. A code that is not here goes by its
 * HTTP status.
 */
import type { SendErrorKind, SendResult } from '../../core/messaging.ts';

type Meaning = { kind: SendErrorKind; retryAfterMs?: number };
const second = 1000;
const hour = 3600 * second;

export const meanings: Record<number, Meaning> = {
  0: { kind: 'auth' },
  3: { kind: 'auth' },
  10: { kind: 'auth' },
  190: { kind: 'auth' },
  131005: { kind: 'auth' },
  131031: { kind: 'auth' },
  131042: { kind: 'auth' },
  133010: { kind: 'auth' },
  368: { kind: 'auth' },
  4: { kind: 'rate', retryAfterMs: 60 * second },
  80007: { kind: 'rate', retryAfterMs: 60 * second },
  130429: { kind: 'rate', retryAfterMs: second },
  131048: { kind: 'rate', retryAfterMs: hour },
  // One message per 6 s between this number and this customer.
  131056: { kind: 'rate', retryAfterMs: 6 * second },
  // Meta holds a marketing message back from this customer for now; sooner than a day it will do so again.
  131049: { kind: 'rate', retryAfterMs: 24 * hour },
  131047: { kind: 'window' },
  131050: { kind: 'optout' },
  131021: { kind: 'recipient' },
  131026: { kind: 'recipient' },
  131030: { kind: 'recipient' },
  131062: { kind: 'recipient' },
  130472: { kind: 'recipient' },
  100: { kind: 'content' },
  131008: { kind: 'content' },
  131009: { kind: 'content' },
  131051: { kind: 'content' },
  131052: { kind: 'content' },
  131053: { kind: 'content' },
  132000: { kind: 'template' },
  132001: { kind: 'template' },
  132005: { kind: 'template' },
  132007: { kind: 'template' },
  132012: { kind: 'template' },
  132015: { kind: 'template' },
  132016: { kind: 'template' },
  132018: { kind: 'template' },
  1: { kind: 'transient' },
  2: { kind: 'transient' },
  131000: { kind: 'transient' },
  131016: { kind: 'transient' },
  133004: { kind: 'transient' },
};

export type GraphError = { message?: string; code?: number; error_data?: { details?: string } };
export type Refusal = Extract<SendResult, { ok: false }>;

/** @param retryAfter the answer's `Retry-After` header, in seconds; wins over the table. */
export function refusal(status: number, error: GraphError | undefined, retryAfter?: string | null): Refusal {
  const message = error
    ? `${error.code ?? status} ${error.error_data?.details ?? error.message ?? ''}`.trim()
    : `HTTP ${status}`;
  const meaning = (error?.code !== undefined && meanings[error.code]) || byStatus(status, error);
  const waitMs =
    retryAfter && Number.isFinite(Number(retryAfter)) ? Number(retryAfter) * second : meaning.retryAfterMs;
  return { ok: false, error: meaning.kind, message, ...(waitMs !== undefined && { retryAfterMs: waitMs }) };
}

function byStatus(status: number, error: GraphError | undefined): Meaning {
  if (error?.code !== undefined && error.code >= 200 && error.code <= 299) return { kind: 'auth' };
  if (status === 429) return { kind: 'rate', retryAfterMs: 60 * second };
  if (status === 401 || status === 403) return { kind: 'auth' };
  // Without Graph's own words a 5xx may come from something in between, after Graph had taken the message.
  if (status >= 500) return { kind: error ? 'transient' : 'ambiguous' };
  return { kind: 'content' };
}
