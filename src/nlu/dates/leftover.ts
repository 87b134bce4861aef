import { isBoundary, namesAThing } from './boundary.ts';
import type { Item } from './items.ts';
import type { Token } from './tokens.ts';

/**
 * Something beside what was read looks like a part of it and was not understood ("twenty to six" beside "tonight"):
 * such a reading is not to be trusted. Only what is short enough for an hour or a day of the month counts.
 */
export function isLeftOver(tokens: Token[], items: Item[]): boolean {
  const owner = new Map<number, Item>();
  for (const item of items) owner.set(item.start, item);
  let current: Item | undefined;
  const owners = tokens.map((token) => {
    const item = owner.get(token.start);
    if (item) current = item;
    return current;
  });
  return tokens.some((token, i) => {
    if (owners[i]?.k !== 'word') return false;
    if (LONELY.test(token.c) && !/^(h|jam)$/.test(token.raw)) return beside(tokens, owners, i, 1);
    if (token.raw === 'one') return false;
    if (token.c !== 'NUM' || token.digits! > 2 || token.n! > 31 || token.n === 0) return false;
    const behind = tokens[i + 1];
    // "no el 20, el 21"
    if (/^(NOT|BUSY)$/.test(tokens[i - 1]?.c ?? '')) return false;
    if (namesAThing(tokens[i - 1]) || partOfMeasure(tokens, i) || !isBoundary(behind)) return false;
    if (behind && COUNTED.test(behind.c)) return false;
    // "let's do 3. actually 4."
    if (tokens[i - 1]?.c === 'FIX') return true;
    return beside(tokens, owners, i, 2);
  });
}

/** Words of a clock or calendar that mean nothing alone. */
const LONELY = /^(OCLOCK|SADHE|SAVA|PAUNE|HALB|M\d+)$/;
/** "for 30 mins": how long, not when. */
const COUNTED = /^(MINUTE|HOUR|DAY|WEEK|FORTNIGHT|MONTH|YEAR)$/;
const BETWEEN_THEM = /^(TO|OR|AND|AT|BEFORE|AFTER|NOT|FIX|ON|BETWEEN|,|-|\/|:|\.)$/;
const TEMPORAL = new Set(['day', 'days', 'moment', 'time', 'times', 'part']);

/** What was read stands next to it, with nothing but a few linking words between. */
function beside(tokens: Token[], owners: (Item | undefined)[], i: number, links: number): boolean {
  return [-1, 1].some((step) => {
    for (let k = i + step, steps = 0; tokens[k] && steps <= links; k += step, steps++) {
      if (TEMPORAL.has(owners[k]?.k ?? '')) return true;
      // "4 nahi 5 baje": it was taken back
      if (step > 0 && /^(NOT|FIX)$/.test(tokens[k]!.c)) return false;
      if (!BETWEEN_THEM.test(tokens[k]!.c) || /^[.?!]$/.test(tokens[k]!.raw)) return false;
    }
    return false;
  });
}

/** "12.5", "18/2", "3-4": one number with its neighbour. */
function partOfMeasure(tokens: Token[], i: number): boolean {
  const [before, after] = [tokens[i]!, tokens[i + 1]];
  return (
    (before.glued && /^[-./:x*%#₹$€£]$/.test(tokens[i - 1]?.raw ?? '')) ||
    (after?.glued === true && !/^[,.?!)]$/.test(after.raw)) ||
    (after?.raw === '.' && tokens[i + 2]?.glued === true && tokens[i + 2]!.c === 'NUM')
  );
}
