/**
 * Graph's error codes → what we do about them.
 * Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. A code that is not here goes by its
 * HTTP status.
 */
import { type GraphError, refusal as graphRefusal, type Meaning } from '../meta/graph.ts';

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
  131056: { kind: 'rate', retryAfterMs: 6 * second, onlyThem: true },
  // Meta holds a marketing message back from this customer for now; sooner than a day it will do so again.
  131049: { kind: 'rate', retryAfterMs: 24 * hour, onlyThem: true },
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

export type { Refusal } from '../meta/graph.ts';

export const meaningOf = ({ code }: GraphError): Meaning | undefined =>
  code === undefined ? undefined : meanings[code];

export const refusal = (status: number, error: GraphError | undefined, retryAfter?: string) =>
  graphRefusal(status, error, meaningOf, retryAfter);
