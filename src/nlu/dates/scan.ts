import { addDays, addMinutes, addMonths, weekdayOf } from './calendar.ts';
import type { Item, ScanOptions } from './items.ts';
import { readClock } from './scan-clock.ts';
import { readCalendarDay } from './scan-day.ts';
import { readNthWeekday, readPeriod } from './scan-period.ts';
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
      readNthWeekday(tokens, i, options) ??
      readPeriod(tokens, i, options) ??
      readCalendarDay(tokens, i, options) ??
      readRelativeDay(tokens, i, options) ??
      readClock(tokens, i, options, items) ??
      readRest(tokens, i);
    items.push({ ...found!.item, start: tokens[i]!.start, end: tokens[found!.next - 1]!.end } as Item);
    i = found!.next;
  }
  return items;
}

const SHORT_UNITS = new Set(['HOUR', 'MINUTE']);
const LONG_UNITS = new Set(['DAY', 'WEEK', 'MONTH', 'YEAR']);

/** "in 2 hours", "after 3 days", "2 ghante baad", "2 weeks from now", "half an hour", "2 days ago". */
function readOffset(tokens: Token[], i: number, options: ScanOptions): Found {
  const { now, expecting } = options;
  let k = i;
  const c = (at: number) => tokens[at]?.c;
  const led = c(k) === 'IN' || c(k) === 'AFTER';
  if (led) k++;
  let amount: number | undefined;
  if (c(k) === 'HALF' && tokens[k + 1]) {
    amount = 0.5;
    k++;
    if (c(k) === 'NUM' && tokens[k]!.n === 1) k++;
    else if (tokens[k]?.raw === 'an' || tokens[k]?.raw === 'a') k++;
  } else if (c(k) === 'DEDH' || c(k) === 'DHAI') {
    amount = c(k) === 'DEDH' ? 1.5 : 2.5;
    k++;
  } else if (c(k) === 'NUM') {
    amount = tokens[k]!.n!;
    k++;
    if (
      c(k) === '.' &&
      tokens[k]!.glued &&
      c(k + 1) === 'NUM' &&
      tokens[k + 1]!.glued &&
      tokens[k + 1]!.n! < 10
    ) {
      amount += tokens[k + 1]!.n! / 10;
      k += 2;
    } else if ((c(k) === 'TO' || c(k) === 'OR') && c(k + 1) === 'NUM') k += 2; // "2-3 days": the earlier
  } else if (led && (c(k) === 'DAY' || c(k) === 'WEEK' || c(k) === 'MONTH' || c(k) === 'HOUR')) {
    amount = 1;
  } else if (tokens[k]?.raw === 'couple' && tokens[k + 1]?.raw === 'of') {
    amount = 2;
    k += 2;
  }
  if (amount === undefined || amount > 5000) return;
  const unit = c(k);
  if (!unit || !(SHORT_UNITS.has(unit) || LONG_UNITS.has(unit))) return;
  k++;
  if (tokens[k]?.raw === 's' && tokens[k]!.glued) k++;
  let ago = false;
  let trailed = false;
  const base =
    tokens[k]?.raw === 'from' && tokens[k + 1] ? readRelativeDay(tokens, k + 1, options) : undefined;
  if (base?.item.k === 'day' && LONG_UNITS.has(unit) && unit !== 'MONTH' && unit !== 'YEAR')
    return {
      item: {
        k: 'day',
        day: addDays(base.item.day, Math.round(amount) * (unit === 'WEEK' ? 7 : 1)),
        relative: true,
      },
      next: base.next,
    };
  if (c(k) === 'LATER' || c(k) === 'AFTER') {
    trailed = true;
    k++;
  } else if (c(k) === 'AGO') {
    ago = true;
    k++;
  } else if (['mein', 'me', 'main', 'mai', 'में', 'time'].includes(tokens[k]?.raw ?? '')) {
    trailed = true;
    k++;
    if (c(k) === 'IN' || c(k) === 'LATER') k++;
  }
  if (!led && !trailed && !ago && !(expecting && tokens.length <= 3)) return;
  const sign = ago ? -1 : 1;
  if (unit === 'HOUR')
    return { item: { k: 'moment', wall: addMinutes(now, sign * Math.round(amount * 60)) }, next: k };
  if (unit === 'MINUTE')
    return { item: { k: 'moment', wall: addMinutes(now, sign * Math.round(amount)) }, next: k };
  const whole = Math.round(amount);
  const day =
    unit === 'DAY'
      ? addDays(now, sign * whole)
      : unit === 'WEEK'
        ? addDays(now, sign * Math.round(amount * 7))
        : addMonths(now, sign * whole * (unit === 'YEAR' ? 12 : 1));
  return { item: { k: 'day', day, relative: true }, next: k };
}

/** Names that are also everyday words or people: they count only beside a time, or when a date was asked for. */
const WEAK = new Set([
  'tom',
  'sun',
  'sat',
  'mon',
  'wed',
  'fri',
  'thu',
  'mangal',
  'segunda',
  'terca',
  'quarta',
  'quinta',
  'sexta',
  'morrow',
  'day after',
  'next day',
  'satur',
  'kl',
  'aj',
  'hoy',
]);

/** "tomorrow", "parso", "next tuesday", "this friday", "last monday". */
function readRelativeDay(tokens: Token[], i: number, { now }: ScanOptions): Found {
  const c = tokens[i]!.c;
  const today = { y: now.y, m: now.m, d: now.d };
  if (/^D-?\d$/.test(c)) {
    const day = addDays(today, Number(c.slice(1)));
    return { item: { k: 'day', day, relative: true, weak: WEAK.has(tokens[i]!.raw) }, next: i + 1 };
  }
  const part = tokens[i + 1]?.c.startsWith('P:') ? i + 1 : 0;
  if (tokens[i]!.raw === 'tonight' || tokens[i]!.raw === 'tonite')
    return { item: { k: 'day', day: today, relative: true, part: 'night' }, next: i + 1 };
  if (part && c === 'THIS') return { item: { k: 'day', day: today, relative: true }, next: i + 1 };
  if (part && c === 'LAST')
    return { item: { k: 'day', day: addDays(today, -1), relative: true }, next: i + 1 };
  let k = i;
  let how = 'COMING';
  if (['NEXT', 'NEXT2', 'THIS', 'COMING', 'LAST'].includes(c)) {
    how = c;
    k++;
    if (['THIS', 'COMING'].includes(c) && tokens[k]?.c === 'COMING') k++;
  }
  const weekday = tokens[k]?.c.match(/^W(\d)$/)?.[1];
  if (!weekday) return;
  const target = Number(weekday);
  const weak = k === i && WEAK.has(tokens[k]!.raw);
  k++;
  // "lunes que viene", "tuesday next week", "friday this week"
  if (tokens[k]?.c === 'NEXT' && tokens[k + 1]?.c !== 'MONTH') {
    how = 'NEXT';
    k += tokens[k + 1]?.c === 'WEEK' ? 2 : 1;
  } else if (tokens[k]?.c === 'THIS' && tokens[k + 1]?.c === 'WEEK') k += 2;
  const monday = addDays(today, 1 - weekdayOf(today));
  let day = addDays(today, (target - weekdayOf(today) + 7) % 7);
  if (how === 'NEXT') day = addDays(monday, 7 + target - 1);
  if (how === 'NEXT2') day = addDays(monday, 14 + target - 1);
  if (how === 'LAST') day = addDays(today, -((weekdayOf(today) - target + 7) % 7 || 7));
  return { item: { k: 'day', day, weekday: target, weak, plain: how === 'COMING' }, next: k };
}

const LINK: Record<string, 'or' | 'and' | 'to' | 'not' | 'fix' | 'instead'> = {
  OR: 'or',
  AND: 'and',
  TO: 'to',
  NOT: 'not',
  FIX: 'fix',
  INSTEAD_OF: 'instead',
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
  if (raw === 'from' || c === 'BETWEEN') return { item: { k: 'link', link: 'from' }, next };
  if (c === '.' || c === '!' || c === '?' || c === ';') return { item: { k: 'stop' }, next };
  return { item: { k: 'word', past: PAST_WORDS.has(raw), open: OPEN.has(raw) }, next };
}
