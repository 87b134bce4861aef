import { addDays, addMonths, daysBetween } from './calendar.ts';
import type { Item } from './items.ts';
import type { Setting } from './resolve.ts';
import type { Token } from './tokens.ts';

/** "kal se band hai": out of order since yesterday. */
const FAULT = /^(band|bandh|kharab|nahi|nhi|problem|issue|dikkat|error|down|off|बंद|नहीं|खराब|दिक्कत)$/;

/** Hindi "kal" is tomorrow and yesterday; a past verb and no future time decides for yesterday. */
export function kalMeansYesterday(items: Item[], tokens: Token[], { today }: Setting): void {
  const past =
    items.some((item) => item.k === 'word' && item.past) ||
    tokens.some(
      (t, i) =>
        /^(kal|kl|कल|parso|परसों)$/.test(t.raw) &&
        /^(se|से)$/.test(tokens[tokens[i + 1]?.c.startsWith('P:') ? i + 2 : i + 1]?.raw ?? '') &&
        tokens.slice(i + 2).some((later) => FAULT.test(later.raw)),
    );
  const future = tokens.some((t) => /(unga|ungi|enge|egi|ega|oge|ogi)$/.test(t.raw));
  if (!past || future) return;
  const twice = tokens.filter((t) => /^(kal|kl|कल)$/.test(t.raw)).length > 1;
  for (const item of items) {
    // "kal payment kiya tha, kal dispatch karna": each by its own clause
    if (twice && !isPastClause(items, item)) continue;
    const word = item.k === 'day' && tokens.find((t) => t.start === item.start)?.raw;
    if (item.k !== 'day') continue;
    if (word === 'kal' || word === 'kl' || word === 'कल') item.day = addDays(today, -1);
    if (word === 'parso' || word === 'परसों' || word === 'parson') item.day = addDays(today, -2);
  }
}

const HAPPENED =
  /(?<!\b(?:will|be|get|to|if|should|can|could|not) (?:\w+ )?)\b(?:came|visited|ordered|bought|called|spoke|talked|received|arrived|met|paid|sent|happened)(?: [a-z]+){0,2}?(?: on| this)?(?: the)? $/;
const TO_COME = /(?:unga|ungi|enge|egi|ega|oge|ogi|ana|aana|chahiye|dena|karna|karo)$/;

/** "The parcel came on Monday", "10 tarikh ko order diya tha": the one that is over. */
export function overDays(items: Item[], tokens: Token[], text: string, { today }: Setting): void {
  const ahead = tokens.some((t) => TO_COME.test(t.raw));
  for (const item of items) {
    if (item.k !== 'day' || !(item.plain || item.monthless)) continue;
    const hindi = !ahead && isPastClause(items, item);
    if (!hindi && !HAPPENED.test(text.slice(0, item.start))) continue;
    if (daysBetween(today, item.day) < 0) continue;
    item.day = item.plain ? addDays(item.day, -7) : addMonths(item.day, -1);
    item.plain = false;
  }
}

/** A past verb follows before the clause ends. */
function isPastClause(items: Item[], from: Item): boolean {
  for (const item of items.slice(items.indexOf(from) + 1)) {
    if (item.k === 'word' && item.past) return true;
    if (item.k === 'stop' || item.k === 'day' || (item.k === 'link' && item.link === 'and')) return false;
  }
  return false;
}
