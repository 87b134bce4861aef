import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intent, Scored } from './types.ts';

/** From which certainty on: chosen from held-out lines when the model is trained, kept in its card. */
export type Thresholds = {
  intent: { act: number; ask: number };
  junk: { junk: number; review: number };
  /** Of the language score: from here on a conversation's language may be changed. */
  language: { switch: number };
};
const CAUTIOUS: Thresholds = {
  intent: { act: 0.6, ask: 0.3 },
  junk: { junk: 0.85, review: 0.6 },
  language: { switch: 0.8 },
};

/** The thresholds of the model in a folder; cautious ones where it has no card. */
export function thresholdsOf(dir: string): Thresholds {
  const card = join(dir, 'card.json');
  if (!existsSync(card)) return CAUTIOUS;
  return { ...CAUTIOUS, ...JSON.parse(readFileSync(card, 'utf8')).thresholds };
}

/** Of the shipped model. */
export const THRESHOLDS: Thresholds = thresholdsOf(join(import.meta.dirname, 'model'));

export type Decision =
  | { kind: 'act'; intent: Intent }
  /** Offer these as buttons, best first, three at most. */
  | { kind: 'offer'; intents: Intent[] }
  /** Ask once in other words, then a person. */
  | { kind: 'ask' };

/** Acts at high confidence, offers the best three in the middle, asks below. */
export function decide(intents: Scored<Intent>[], thresholds = THRESHOLDS.intent): Decision {
  const [best] = intents;
  if (!best || best.score < thresholds.ask) return { kind: 'ask' };
  if (best.score >= thresholds.act) return { kind: 'act', intent: best.label };
  return { kind: 'offer', intents: intents.slice(0, 3).map((i) => i.label) };
}

export type JunkDecision = 'ok' | 'review' | 'junk';

/** The grey band goes to review; `known` (existing customers, open tickets) is never junked. */
export function decideJunk(
  junk: { label: string; score: number },
  known = false,
  thresholds = THRESHOLDS.junk,
): JunkDecision {
  if (junk.label === 'ok' || known) return 'ok';
  return junk.score >= thresholds.junk ? 'junk' : junk.score >= thresholds.review ? 'review' : 'ok';
}
