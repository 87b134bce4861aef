/** Which language the customer speaks: changed only by a message that shows it. */
import type { Understanding } from '../nlu.ts';
import type { Talk } from './talk.ts';

const asksFor: [RegExp, string][] = [
  [
    /\b(in|to) english\b|\benglish (me|mein|main|please)\b|\bauf englisch\b|\ben ingl[ée]s\b|\ben anglais\b|अंग्रेज़?ी में/i,
    'en',
  ],
  [/हिन्?दी में|हिंदी में/, 'hi'],
  [/\bhindi (me|mein|main|m)\b|\b(in|to) hindi\b/i, 'hinglish'],
];
/** "Hindi mein baat karni hai", "in English please": the language asked for. */
export const languageAsked = (text: string): string | undefined =>
  asksFor.find(([pattern]) => pattern.test(text))?.[1];

/** Whoever spells out a number does so in English, in any talk. */
const numbers =
  /^(?:zero|oh?|one|two|three|four|five|six|seven|eight|nine|ten|double|triple|hundred|thousand|lakhs?|crores?|at|dot|com|gmail)$/;

/** Words show a language; names and numbers do not. */
export function follow(talk: Talk, text: string, read: Understanding): void {
  const asked = languageAsked(text);
  const { memory } = talk;
  if (asked) memory.language = asked;
  if (asked || read.language === 'other' || read.languageScore < 0.6) return;
  if (/[\u0900-\u097f]/.test(text) && read.language !== 'hi') return;
  const { person, city, company, product } = read.entities;
  const names = new Set(
    [person, city, company, product].flatMap((name) => name?.toLowerCase().split(/\s+/) ?? []),
  );
  const words = text
    .toLowerCase()
    .split(/[\s,.;:!?।]+/, 60)
    .filter(
      (word) => word.length > 1 && !/[\d@]/.test(word) && !names.has(word) && !numbers.test(word),
    ).length;
  if (words >= wordsNeeded(memory.language, read.language)) memory.language = read.language;
}

/** One who writes Hinglish mixes English in, so English then needs a whole sentence. */
function wordsNeeded(current: string | undefined, language: string): number {
  if (language === 'hi') return 1;
  if (current === undefined) return language === 'en' ? 1 : 2;
  if (language === 'hinglish') return 2;
  return current === 'hinglish' || current === 'hi' ? 6 : 3;
}
