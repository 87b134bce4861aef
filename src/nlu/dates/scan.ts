import type { Item, ScanOptions } from './items.ts';
import { readClock } from './scan-clock.ts';
import { readCalendarDay } from './scan-day.ts';
import { readFeast } from './scan-feast.ts';
import { readOffset } from './scan-offset.ts';
import { readNthWeekday, readPeriod } from './scan-period.ts';
import { readRelativeDay } from './scan-relative.ts';
import type { Token } from './tokens.ts';

/** Bare distributive omit would lose the union: an item before its place in the text is known. */
type Bare<T> = T extends unknown ? Omit<T, 'start' | 'end'> : never;
export type Found = { item: Bare<Item>; next: number } | undefined;

/** Turns tokens into items; every token is looked at by each reader at most a few times. */
export function scan(tokens: Token[], options: ScanOptions): Item[] {
  const items: Item[] = [];
  for (let i = 0; i < tokens.length; ) {
    const found =
      readOffset(tokens, i, options) ??
      readFeast(tokens, i, options) ??
      readNthWeekday(tokens, i, options) ??
      readPeriod(tokens, i, options) ??
      readCalendarDay(tokens, i, options, items) ??
      readRelativeDay(tokens, i, options) ??
      readClock(tokens, i, options, items) ??
      readRest(tokens, i);
    items.push({ ...found!.item, start: tokens[i]!.start, end: tokens[found!.next - 1]!.end } as Item);
    i = found!.next;
  }
  return items;
}

const LINK: Record<string, 'or' | 'and' | 'to' | 'not' | 'fix' | 'instead'> = {
  OR: 'or',
  AND: 'and',
  TO: 'to',
  NOT: 'not',
  FIX: 'fix',
  INSTEAD_OF: 'instead',
  BUSY: 'not',
};
const PAST_WORDS = new Set(
  'tha thi the thaa hua hui gaya gayi gya aaya aayi aya kiya kiye mila mili liya diya bola था थी थे गया गई आया किया मिला हुआ came ordered bought called visited received paid was were did had said spoke talked asked sent booked happened'.split(
    ' ',
  ),
);
const OPEN = new Set(['from', 'between']);

function readRest(tokens: Token[], i: number): Found {
  const { c, raw } = tokens[i]!;
  const next = i + 1;
  const link = LINK[c];
  if (link) return { item: { k: 'link', link }, next };
  if (c.startsWith('P:')) return { item: { k: 'part', part: c.slice(2) as never }, next };
  if (c.startsWith('Z:')) return { item: { k: 'zone', zone: c.slice(2) }, next };
  if (c === 'BEFORE' && tokens[next]?.c === 'P:noon')
    return { item: { k: 'part', part: 'morning' }, next: next + 1 };
  if (c === 'NOW') return { item: { k: 'now' }, next };
  if (c === 'BETWEEN') return { item: { k: 'link', link: 'between' }, next };
  if (raw === 'from') return { item: { k: 'link', link: 'from' }, next };
  if (c === '.' || c === '!' || c === '?' || c === ';') return { item: { k: 'stop' }, next };
  return { item: { k: 'word', past: PAST_WORDS.has(raw), open: OPEN.has(raw) }, next };
}
