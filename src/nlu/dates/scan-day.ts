import { isBoundary, namesAThing } from './boundary.ts';
import { addMonths, type Day, daysIn, isDay } from './calendar.ts';
import { bad, inYear, isSuffix, monthOf, num } from './day-parts.ts';
import type { Item, ScanOptions } from './items.ts';
import type { Found } from './scan.ts';
import { readOrdinal } from './scan-ordinal.ts';
import type { Token } from './tokens.ts';

/** Days written by number: 2026-03-20, 15/12, 5-4-26, 20.03.2026, 20th march, march 20, on the 20th, 20 tarikh. */
export function readCalendarDay(tokens: Token[], i: number, options: ScanOptions, before: Item[]): Found {
  return (
    dayOfMonthRange(tokens, i, options) ??
    numeric(tokens, i, options, before) ??
    named(tokens, i, options) ??
    readOrdinal(tokens, i, options)
  );
}

const SEPARATOR = /^[-/.]$/;
function numeric(tokens: Token[], i: number, { now, order, expecting }: ScanOptions, before: Item[]): Found {
  const a = tokens[i]!;
  // "18 03 2026"
  const [second, third] = [tokens[i + 1], tokens[i + 2]];
  if (
    a.c === 'NUM' &&
    a.digits! < 3 &&
    second?.digits === 2 &&
    third?.digits === 4 &&
    !namesAThing(tokens[i - 1])
  ) {
    const [d, m] = dayMonth(a.n!, second.n!, order);
    if (third.n! > 2023 && third.n! < 2100 && isDay(third.n!, m, d) && isBoundary(tokens[i + 3]))
      return { item: { k: 'day', day: { y: third.n!, m, d } }, next: i + 3 };
  }
  const sep = tokens[i + 1];
  const b = tokens[i + 2];
  if (a.c !== 'NUM' || !sep?.glued || !SEPARATOR.test(sep.raw) || b?.c !== 'NUM' || !b.glued) return;
  if (namesAThing(tokens[i - 1]) || (tokens[i - 1]?.glued && SEPARATOR.test(tokens[i - 1]!.raw))) return;
  const sep2 = tokens[i + 3];
  const c = tokens[i + 4];
  const three = sep2?.raw === sep.raw && sep2.glued && c?.c === 'NUM' && c.glued;
  if (three) {
    if (a.digits === 4)
      return isDay(a.n!, b.n!, c.n!)
        ? { item: { k: 'day', day: { y: a.n!, m: b.n!, d: c.n! } }, next: i + 5 }
        : a.n! > 1999 && a.n! < 2100 && b.digits! <= 2 && c.digits! <= 2
          ? bad(i + 5)
          : undefined;
    if (c.digits !== 4 && c.digits !== 2) return;
    const y = c.digits === 2 ? 2000 + c.n! : c.n!;
    const [d, m] = dayMonth(a.n!, b.n!, order);
    if (isDay(y, m, d)) return { item: { k: 'day', day: { y, m, d } }, next: i + 5 };
    return c.digits === 4 && c.n! > 1999 && c.n! < 2100 && a.digits! <= 2 && b.digits! <= 2
      ? bad(i + 5)
      : undefined;
  }
  if (a.digits! > 2 || b.digits! > 2) return;
  const [d, m] = dayMonth(a.n!, b.n!, order);
  const next = i + 3;
  // a leap year: 29/2 is a day
  if (!isDay(2028, m, d))
    return sep.raw === '/' &&
      d <= 31 &&
      d > 28 &&
      isBoundary(tokens[next]) &&
      (expecting || tokens.length <= 6)
      ? bad(next)
      : undefined;
  // "mon 10-11", "10-12 uhr" are hours
  const padded = (a.raw.length === 2 && a.raw[0] === '0') || (b.raw.length === 2 && b.raw[0] === '0');
  if (
    sep.raw === '-' &&
    !padded &&
    (expecting || isNearDay(before) || ['OCLOCK', 'AM', 'PM'].includes(tokens[next]?.c ?? ''))
  )
    return;
  const german = sep.raw === '.' && tokens[next]?.raw === '.' && tokens[next]!.glued;
  // "16/2.5 sqmm"
  if (
    tokens[next]?.raw === '.' &&
    tokens[next]!.glued &&
    tokens[next + 1]?.c === 'NUM' &&
    tokens[next + 1]!.glued
  )
    return;
  if (sep.raw === '.' && !german) return; // 10.30 is a time, 10.5 a measure
  if (sep.raw === '-' && !(expecting && a.n! > 12) && b.digits !== 2) return; // 5-6 are hours
  if (sep.raw === '-' && !isBoundary(tokens[next]) && tokens[next]?.c !== 'NUM') return; // "10-12 nos"
  if (
    sep.raw === '/' &&
    ((a.n === 24 && b.n === 7) ||
      !(isBoundary(tokens[next]) || tokens[next]?.c === 'NUM' || tokens[next]?.raw === 'a'))
  )
    return;
  if (
    sep.raw === '/' &&
    a.n! <= 4 &&
    b.n! <= 4 &&
    a.n! < b.n! &&
    !expecting &&
    a.digits === 1 &&
    tokens.length > 3
  )
    return; // 1/2, 3/4
  const day = inYear(now, m, d);
  if (!isDay(day.y, m, d)) return bad(next);
  return { item: { k: 'day', day }, next: next + (german ? 1 : 0) };
}

function isNearDay(items: Item[]): boolean {
  const last = items.findLast((item) => item.k !== 'link' && item.k !== 'word');
  return last?.k === 'day' || last?.k === 'part' || last?.k === 'days';
}

function dayMonth(a: number, b: number, order: 'dmy' | 'mdy'): [number, number] {
  if (a > 12) return [a, b];
  if (b > 12) return [b, a];
  return order === 'dmy' ? [a, b] : [b, a];
}

/** "from 20 to 22 march", "20-22 march", "vom 16. bis 18. März"; "16 or 17 march" leaves a choice. */
function dayOfMonthRange(tokens: Token[], i: number, { now }: ScanOptions): Found {
  let k = /^(from|vom|del|du|le|el)$/.test(tokens[i]!.raw) || tokens[i]!.c === 'BETWEEN' ? i + 1 : i;
  if (k > i && /^(el|le|dem|the|den)$/.test(tokens[k]?.raw ?? '')) k++;
  const a = num(tokens[k]);
  if (a === undefined || a < 1 || a > 31 || namesAThing(tokens[k - 1])) return;
  k++;
  const skip = (words: RegExp) => {
    while (isSuffix(tokens[k]) || words.test(tokens[k]?.raw ?? '')) k++;
  };
  skip(/^\.$/);
  const joint = tokens[k];
  const or = joint?.c === 'OR' || joint?.raw === ',' || joint?.raw === 'o' || joint?.raw === 'ou';
  if (!joint || !(or || joint.c === 'TO' || joint.c === 'AND' || joint.raw === 'al' || joint.raw === 'au'))
    return;
  k++;
  skip(/^(the|el|le|den|dem)$/);
  const b = num(tokens[k]);
  if (b === undefined || b <= a || b > 31) return;
  k++;
  skip(/^(of|de|\.|the)$/);
  const m = monthOf(tokens[k]);
  if (!m) return;
  const from = inYear(now, m, a);
  if (!isDay(from.y, m, b)) return bad(k + 1);
  const to = { ...from, d: b };
  if (or) return { item: { k: 'day', day: from, other: to }, next: k + 1 };
  return { item: { k: 'days', from, to }, next: k + 1 };
}

/** "20 mar", "20th of march 2026", "march 20th" */
function named(tokens: Token[], i: number, { now }: ScanOptions): Found {
  const d = num(tokens[i]);
  if (d !== undefined && d >= 1 && tokens[i]!.digits! <= 2) {
    if (d > 39 && !isSuffix(tokens[i + 1])) return;
    let k = i + 1;
    if (isSuffix(tokens[k])) k++;
    while (['of', 'de', '.', '-', 'do', ',', 'the'].includes(tokens[k]?.raw ?? '') && k < i + 4) k++;
    const m = monthOf(tokens[k]);
    if (m) return withYear(tokens, k + 1, now, m, d);
    return;
  }
  const m = monthOf(tokens[i]);
  if (!m) return;
  let k = i + 1;
  // "june ki 15 tareekh"
  if (
    /^(ki|की|ke|के)$/.test(tokens[k]?.raw ?? '') &&
    tokens[k + 1]?.c === 'NUM' &&
    /^(tarikh|tareekh|tarik|तारीख|ko|को)$/.test(tokens[k + 2]?.raw ?? '')
  ) {
    const d = tokens[k + 1]!.n!;
    if (d >= 1 && d <= 31) return withYear(tokens, k + 3, now, m, d);
  }
  if (tokens[k]?.raw === '.' || tokens[k]?.raw === 'the' || tokens[k]?.raw === ',' || tokens[k]?.raw === '-')
    k++;
  const after = num(tokens[k]);
  if (after !== undefined && after >= 1 && after <= 31 && tokens[k]!.digits! <= 2) {
    k++;
    if (isSuffix(tokens[k]) && tokens[k + 1]?.c === 'WEEK' && after < 5) {
      const start = inYear(now, m, 7 * after - 6, true);
      return { item: { k: 'days', from: start, to: { ...start, d: start.d + 6 } }, next: k + 2 };
    }
    if (isSuffix(tokens[k])) k++;
    else if (!isBoundary(tokens[k]) && tokens[k]?.c !== 'NUM' && tokens[k]?.raw !== 'th') return; // "march 20 units"
    return withYear(tokens, k, now, m, after);
  }
  // "jan 2027"
  const y = tokens[k];
  if (y?.c === 'NUM' && y.digits === 4 && y.n! >= 2000 && y.n! < now.y + 5) {
    const first = { y: y.n!, m, d: 1 };
    return { item: { k: 'days', from: first, to: addDaysToEnd(first), month: true }, next: k + 1 };
  }
  // "in april", "next april": a month is a period; alone ("the march collection") it is nothing
  const before = tokens[i - 1]?.c;
  if (before === 'IN' || before === 'NEXT' || before === 'THIS' || before === 'COMING') {
    const first = inYear(now, m, 1, true);
    return { item: { k: 'days', from: first, to: addDaysToEnd(first), month: true }, next: i + 1 };
  }
}

function addDaysToEnd(first: Day): Day {
  const next = addMonths(first, 1);
  const last = new Date(Date.UTC(next.y, next.m - 1, 0));
  return { ...first, d: last.getUTCDate() };
}

function withYear(tokens: Token[], at: number, now: Day, m: number, d: number): Found {
  if (d > daysIn(2028, m)) return bad(at);
  let k = at;
  if (tokens[k]?.raw === ',' || tokens[k]?.raw === 'de' || tokens[k]?.raw === '-' || tokens[k]?.raw === "'")
    k++;
  const y = tokens[k];
  if (y?.c === 'NUM' && y.digits === 4 && y.n! >= 2000 && y.n! < 2100 && isDay(y.n!, m, d))
    return { item: { k: 'day', day: { y: y.n!, m, d } }, next: k + 1 };
  if (
    y?.c === 'NUM' &&
    y.digits === 2 &&
    2000 + y.n! >= now.y &&
    y.n! >= 24 &&
    y.n! < 60 &&
    isDay(2000 + y.n!, m, d) &&
    !['AM', 'PM', 'OCLOCK', ':'].includes(tokens[k + 1]?.c ?? '')
  )
    return { item: { k: 'day', day: { y: 2000 + y.n!, m, d } }, next: k + 1 };
  const day = inYear(now, m, d);
  return isDay(day.y, m, d) ? { item: { k: 'day', day }, next: at } : bad(at);
}
