import type { Line } from './corpus.ts';
import type { Thresholds } from './decide.ts';
import { recallAt } from './figures.ts';
import type { Nlu } from './index.ts';

/** At `act` this share of guesses was right; below `ask` fewer than half were. */
const ACT_RIGHT = 0.92;
const ASK_RIGHT = 0.5;
/**
 * Shares of customers that may wrongly be set aside, and wrongly be looked at by a person. Whole families held out are
 * harder than what comes in: review begins at MOST_REVIEW at the latest, for a look costs little and a missed pitch more.
 */
const JUNK_WRONG = 0.003;
const REVIEW_WRONG = 0.012;
const MOST_REVIEW = 0.55;

/**
 * Chooses, per head, from which certainty on to act, offer or ask: with the whole engine (rules too) over lines whose
 * families its model never saw.
 */
export function chooseThresholds(heldOut: { name: string; lines: Line[] }[], nlu: Nlu): Thresholds {
  const now = new Date(0);
  const linesOf = (name: string) => heldOut.find((h) => h.name === name)!.lines;
  const intents = linesOf('intent').map(({ text, label }) => {
    const [best] = nlu.understand(text, { now }).intents;
    return { score: best!.score, right: best!.label === label };
  });
  const judged = linesOf('junk').map(({ text, label }) => {
    const { junk } = nlu.understand(text, { now });
    return { ok: label === 'ok', score: junk.label === 'ok' ? 1 - junk.score : junk.score };
  });
  const of = (ok: boolean) => judged.filter((j) => j.ok === ok).map((j) => j.score);
  const at = (rate: number) => recallAt(rate, of(false), of(true)).threshold;
  const languages = linesOf('language').map(({ text, label }) => {
    const told = nlu.understand(text, { now });
    return { score: told.languageScore, right: told.language === label };
  });
  return {
    intent: { act: rightFrom(intents, ACT_RIGHT), ask: rightFrom(band(intents), ASK_RIGHT, 0.15) },
    junk: { junk: within(at(JUNK_WRONG), 0.7, 0.97), review: within(at(REVIEW_WRONG), 0.5, MOST_REVIEW) },
    language: { switch: within(rightFrom(languages, 0.99), 0.6, 0.95) },
  };
}

type Told = { score: number; right: boolean };

/** The least score from which on (or, with `width`, around which) `share` of what is told is right. */
function rightFrom(told: Told[], share: number, width = 1): number {
  for (let t = 0.1; t < 0.95; t += 0.01) {
    const some = told.filter((o) => o.score >= t && o.score < t + width);
    if (some.length > 0 && some.filter((o) => o.right).length / some.length >= share) return round(t);
  }
  return 0.95;
}

const band = (told: Told[]) => told.filter((o) => o.score < 0.9);
const within = (n: number, least: number, most: number) => round(Math.min(most, Math.max(least, n)));
const round = (n: number) => Math.round(n * 100) / 100;
