/** "Keep the number that I gave first", "leave the time as it was": back to what was told before. */
import type { Slot } from '../definition.ts';
import { slotOf } from './slots.ts';
import type { Talk } from './talk.ts';

const back =
  /\b(?:keep|use|take|retain|leave|go (?:back )?(?:to|with)|stick (?:to|with)|prefer|wahi|vahi|usi|rakho|rakhna|rakhiye|rehne do)\b[^.!?\n]{0,40}\b(?:first|earlier|old|older|original|previous|before|pehle|pahle|purana|purane|pehla|pehli|as it was|as is)\b/i;
const nouns: [Slot['type'], RegExp][] = [
  ['phone', /\b(?:number|phone|mobile|no)\b|नंबर/i],
  ['email', /\b(?:e-?mail|mail|id)\b/i],
  ['name', /\b(?:name|naam)\b/i],
  ['date-time', /\b(?:time|slot|day|date|demo|timing|samay|din)\b/i],
  ['quantity', /\b(?:quantity|users?|count|licen[cs]es?)\b/i],
  ['budget', /\bbudget\b/i],
  ['product', /\b(?:product|software|one)\b/i],
];

/** The slot and its value before the last change, where the words ask for that. */
export function restored(talk: Talk, text: string): { name: string; value: unknown } | undefined {
  if (text.length > 160 || !back.test(text)) return undefined;
  const { before } = talk.memory;
  for (const [type, noun] of nouns) {
    const name = noun.test(text) ? slotOf(talk, type) : undefined;
    if (name && before?.[name] !== undefined) return { name, value: before[name] };
  }
  return undefined;
}
