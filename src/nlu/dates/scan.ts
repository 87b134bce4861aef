import { addDays, daysBetween } from './calendar.ts';
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
    const read =
      readOffset(tokens, i, options) ??
      readFeast(tokens, i, options) ??
      readNthWeekday(tokens, i, options) ??
      readPeriod(tokens, i, options) ??
      readCalendarDay(tokens, i, options, items) ??
      readRelativeDay(tokens, i, options) ??
      readClock(tokens, i, options, items);
    // whatever a reader says, the text ends: who does not go on has read nothing
    const found = read && read.next > i ? read : readRest(tokens, i, items);
    if (found!.item.k === 'day' || found!.item.k === 'days') bounded(found!, tokens, i, items, options);
    items.push({ ...found!.item, start: tokens[i]!.start, end: tokens[found!.next - 1]!.end } as Item);
    i = found!.next;
  }
  return items;
}

/** "before friday" and "after friday" are no Fridays: the first leaves days to choose from, the second has to be asked. */
function bounded(
  found: NonNullable<Found>,
  tokens: Token[],
  i: number,
  items: Item[],
  { now }: ScanOptions,
): void {
  const item = found.item;
  if (item.k !== 'day' && item.k !== 'days') return;
  const lead = tokens[i - 1]?.c === 'ON' ? i - 2 : i - 1;
  const k = found.next;
  const behind = /^(ke|se|k|से|के)$/.test(tokens[k]?.raw ?? '') ? tokens[k + 1] : undefined;
  const nextWord = tokens[k + 2]?.c;
  const alone = !items.some((known) => ['day', 'days', 'time'].includes(known.k));
  const upTo = alone && /^(bis|hasta|jusqu a)/.test(tokens[lead]?.raw ?? '');
  const trailing = /^(tak|tk|तक)$/.test(tokens[k]?.raw ?? '') && items.at(-1)?.k !== 'link';
  const until = upTo || trailing;
  const early = tokens[lead]?.c === 'BEFORE' || until || (behind?.c === 'AGO' && nextWord !== 'WEEK');
  const afterwards = tokens[k]?.c === 'LATER' && /^(?:ke baad|ke bad|के बाद|baad|बाद)$/.test(tokens[k]!.raw);
  const late =
    (tokens[lead]?.c === 'AFTER' && tokens[lead]!.raw !== 'ab') || behind?.c === 'LATER' || afterwards;
  if (items.at(-1)?.k === 'time' || !(early || late)) return;
  if (trailing || afterwards) found.next = k + 1;
  else if (behind) found.next = k + 2;
  const timed = ['AT', 'NUM'].includes(tokens[found.next]?.c ?? '') && tokens[found.next + 1] !== undefined;
  if (timed) return;
  const first = item.k === 'day' ? item.day : item.from;
  if (late) found.item = { k: 'bad', problem: 'unclear' };
  else {
    const inclusive = until || (/^(till|until|upto|up to)$/.test(tokens[lead]?.raw ?? '') && !behind);
    const today = { y: now.y, m: now.m, d: now.d };
    const to = inclusive ? (item.k === 'day' ? item.day : item.to) : addDays(first, -1);
    if (daysBetween(today, to) > 0) found.item = { k: 'days', from: today, to };
  }
}

const LINK: Record<string, 'or' | 'and' | 'to' | 'not' | 'fix' | 'instead'> = {
  OR: 'or',
  AND: 'and',
  TO: 'to',
  NOT: 'not',
  FIX: 'fix',
  INSTEAD_OF: 'instead',
  BUSY: 'not',
  SINCE: 'not',
};
const PAST_WORDS = new Set(
  'tha thi the thaa hua hui gaya gayi gya aaya aayi aya kiya kiye mila mili liya diya bola था थी थे गया गई आया किया मिला हुआ came ordered bought called visited received paid was were did had said spoke talked asked sent booked happened'.split(
    ' ',
  ),
);
const OPEN = new Set(['from', 'between']);

function readRest(tokens: Token[], i: number, items: Item[]): Found {
  const { c, raw } = tokens[i]!;
  const next = i + 1;
  const link = LINK[c];
  // "this saturday or next?"
  const named = items.findLast((item) => item.k === 'day');
  if (c === 'NEXT' && tokens[i - 1]?.c === 'OR' && named?.k === 'day' && named.weekday)
    return { item: { k: 'day', day: addDays(named.day, 7), weekday: named.weekday }, next };
  // "friday or the week after"
  const weekAfter = c === 'WEEK' && /^after/.test(tokens[next]?.raw ?? '') && tokens[next + 1]?.c !== 'NEXT';
  if (weekAfter && items.at(-1)?.k !== 'day' && items.some((item) => item.k === 'link' && item.link === 'or'))
    return { item: { k: 'bad', problem: 'unclear', sure: true }, next: next + 1 };
  // "exam on 15th, so after that": it counts from a day, and is none
  const more = tokens.slice(next, next + 6).some((t) => /^(W\d|D-?\d|M\d+|NUM|P:.*)$/.test(t.c));
  if (c === 'THEREAFTER' && !more && items.some((item) => item.k === 'day' || item.k === 'times'))
    return { item: { k: 'bad', problem: 'unclear', sure: true }, next };
  // "tuesday is bad for me", but not "the machine does not work"
  if (c === 'UNFIT' && i > 0 && /^(W\d|D-?\d|P:.*|AM|PM|OCLOCK|NUM|M\d+|WEEKEND)$/.test(tokens[i - 1]!.c))
    return { item: { k: 'link', link: 'not' }, next };
  if (link) return { item: { k: 'link', link }, next };
  // "dopahar se pehle"
  if (
    (c === 'P:noon' || c === 'P:afternoon') &&
    /^(se|से)$/.test(tokens[next]?.raw ?? '') &&
    tokens[next + 1]?.c === 'AGO'
  )
    return { item: { k: 'part', part: 'morning' }, next: next + 2 };
  if (c.startsWith('P:')) return { item: { k: 'part', part: c.slice(2) as never }, next };
  if (c.startsWith('Z:')) return { item: { k: 'zone', zone: c.slice(2) }, next };
  if (c === 'BEFORE' && tokens[next]?.c === 'P:noon')
    return { item: { k: 'part', part: 'morning' }, next: next + 1 };
  if (c === 'NOW' && tokens[i - 1]?.c === 'NOT') return { item: { k: 'word' }, next }; // "not right now"
  if (c === 'NOW') return { item: { k: 'now' }, next };
  if (c === 'BETWEEN') return { item: { k: 'link', link: 'between' }, next };
  if (raw === 'from') return { item: { k: 'link', link: 'from' }, next };
  if (c === '.' || c === '!' || c === '?' || c === ';') return { item: { k: 'stop' }, next };
  const before = tokens[i - 1]?.raw ?? '';
  // Hindi "aaye the" (had come), not the English article
  const article = raw === 'the' && !(PAST_WORDS.has(before) || /(?:aye|aaye|hue|ye|te|le|he)$/.test(before));
  return {
    item: { k: 'word', past: PAST_WORDS.has(raw) && !article, open: OPEN.has(raw), light: c === 'ON' },
    next,
  };
}
