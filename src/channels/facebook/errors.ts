/**
 * The Send API's error codes → what we do about them. Source: developers.facebook.com/docs/messenger-platform/error-codes.
 * Some codes say what is meant only by their subcode.
 */
import type { GraphError, Meaning } from '../meta/graph.ts';

const minute = 60_000;
export const meanings: Record<string, Meaning> = {
  '10/2018278': { kind: 'window' },
  '10/2534022': { kind: 'window' },
  '10/2018065': { kind: 'window' },
  '10/2018108': { kind: 'optout' },
  '100/2018001': { kind: 'recipient' },
  '100/2018109': { kind: 'content' },
  '200/1545041': { kind: 'recipient' },
  '200/2018028': { kind: 'auth' },
  '4/2018022': { kind: 'rate', retryAfterMs: minute },
  '0': { kind: 'auth' },
  '3': { kind: 'auth' },
  '10': { kind: 'auth' },
  '190': { kind: 'auth' },
  '230': { kind: 'auth' },
  '1': { kind: 'transient' },
  '2': { kind: 'transient' },
  '1200': { kind: 'transient' },
  '4': { kind: 'rate', retryAfterMs: minute },
  '32': { kind: 'rate', retryAfterMs: minute },
  '613': { kind: 'rate', retryAfterMs: minute },
  '80006': { kind: 'rate', retryAfterMs: minute },
  '100': { kind: 'content' },
  // A comment that was replied to already, is too old, or whose author cannot be written to.
  '10900': { kind: 'recipient' },
  '10903': { kind: 'recipient' },
  '551': { kind: 'recipient' },
};

export const meaningOf = ({ code, error_subcode: subcode }: GraphError): Meaning | undefined =>
  meanings[`${code}/${subcode}`] ?? meanings[String(code)];
