import type { Intent, Scored } from './types.ts';

/** Set by hand on our own held-out lines: at `act` 19 of 20 were right, below `ask` half were wrong. */
export const THRESHOLDS = { intent: { act: 0.6, ask: 0.3 }, junk: { junk: 0.85, review: 0.6 } };

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
