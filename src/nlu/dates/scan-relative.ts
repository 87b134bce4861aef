import { isBoundary } from './boundary.ts';
import { addDays, weekdayOf } from './calendar.ts';
import type { ScanOptions } from './items.ts';
import type { Found } from './scan.ts';
import type { Token } from './tokens.ts';

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
  'som',
  'budh',
  'guru',
  'shukra',
  'shani',
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

/** Before another word these are no days: "sat nav", "sun film", "tom smith", "mon mail". */
const NOUNS = new Set(['tom', 'sun', 'sat', 'satur', 'mon']);

/** "tomorrow", "parso", "next tuesday", "this friday", "last monday". */
export function readRelativeDay(tokens: Token[], i: number, { now, expecting }: ScanOptions): Found {
  const c = tokens[i]!.c;
  const today = { y: now.y, m: now.m, d: now.d };
  if (/^D-?\d$/.test(c)) {
    const day = addDays(today, Number(c.slice(1)));
    if (NOUNS.has(tokens[i]!.raw) && !expecting && !isBoundary(tokens[i + 1]) && tokens[i + 1]!.c !== 'NUM')
      return;
    // British "tomorrow week"
    if (/^D[01]$/.test(c) && tokens[i + 1]?.raw === 'week' && isBoundary(tokens[i + 2]))
      return { item: { k: 'day', day: addDays(day, 7), relative: true }, next: i + 2 };
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
  // "sat nav", "sun film"
  if (weak && NOUNS.has(tokens[k - 1]!.raw) && !expecting && !isBoundary(tokens[k]) && tokens[k]!.c !== 'NUM')
    return;
  // "lunes que viene", "tuesday next week", "friday this week", "mardi de la semaine prochaine"
  const of = afterLinks(tokens, k);
  if (tokens[of]?.c === 'NEXT' && tokens[of + 1]?.c === 'WEEK') {
    how = 'NEXT';
    k = of + 2;
  } else if (tokens[of]?.c === 'WEEK' && tokens[of + 1]?.c === 'NEXT') {
    how = 'NEXT';
    k = of + 2;
  } else if (tokens[k]?.c === 'LAST') {
    how = 'LAST';
    k++;
  } else if (tokens[k]?.c === 'NEXT2') {
    how = 'NEXT2';
    k++;
  } else if (tokens[k]?.c === 'NEXT' && tokens[k + 1]?.c !== 'MONTH') {
    how = 'NEXT';
    k++;
  } else if (tokens[of]?.c === 'THIS' && tokens[of + 1]?.c === 'WEEK') k = of + 2;
  const monday = addDays(today, 1 - weekdayOf(today));
  let day = addDays(today, (target - weekdayOf(today) + 7) % 7);
  // "freitag in einer woche"
  if (
    how === 'COMING' &&
    tokens[k]?.c === 'IN' &&
    tokens[k + 1]?.n !== undefined &&
    tokens[k + 2]?.c === 'WEEK'
  )
    return { item: { k: 'day', day: addDays(day, 7 * tokens[k + 1]!.n!), relative: true }, next: k + 3 };
  // French "lundi en huit"
  const eight = how === 'COMING' && tokens[k]?.raw === 'en' ? tokens[k + 1]?.n : undefined;
  if (eight === 8 || eight === 15)
    return { item: { k: 'day', day: addDays(day, eight === 8 ? 7 : 14), relative: true }, next: k + 2 };
  // British "friday week"
  if (how === 'COMING' && tokens[k]?.c === 'FORTNIGHT')
    return { item: { k: 'day', day: addDays(day, 14), relative: true }, next: k + 1 };
  if (
    how === 'COMING' &&
    tokens[k]?.raw === 'week' &&
    (isBoundary(tokens[k + 1]) || tokens[k + 1]!.c === 'NUM')
  ) {
    k++;
    return { item: { k: 'day', day: addDays(day, 7), relative: true }, next: k };
  }
  if (how === 'NEXT') day = addDays(monday, 7 + target - 1);
  if (how === 'NEXT2') day = addDays(monday, 14 + target - 1);
  if (how === 'LAST') day = addDays(today, -((weekdayOf(today) - target + 7) % 7 || 7));
  return { item: { k: 'day', day, weekday: target, weak, plain: how === 'COMING' }, next: k };
}

/** Past the words between a weekday and its week: "of", "de la", "der". */
function afterLinks(tokens: Token[], at: number): number {
  let k = at;
  while (k < at + 3 && ['of', 'de', 'la', 'der', 'in', 'the', ',', 'ke', 'ka'].includes(tokens[k]?.raw ?? ''))
    k++;
  return k;
}
