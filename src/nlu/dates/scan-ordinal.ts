import { isBoundary, namesAThing } from './boundary.ts';
import { addMonths, type Day, isDay, weekdayOf } from './calendar.ts';
import { bad, isSuffix, num } from './day-parts.ts';
import type { ScanOptions } from './items.ts';
import type { Found } from './scan.ts';
import type { Token } from './tokens.ts';

/** "the 20th", "20 tarikh", "on 20th", "on 14 at 11", "20 ko", "el día 20", "mardi 17 à 9h" */
export function readOrdinal(tokens: Token[], i: number, { now, expecting }: ScanOptions): Found {
  const token = tokens[i]!;
  const d = num(token);
  if (d === undefined || d < 1 || d > 39 || token.digits! > 2 || namesAThing(tokens[i - 1])) return;
  let k = i + 1;
  const led = tokens[i - 1]?.raw ?? '';
  if (isSuffix(tokens[k])) {
    k++;
    if (tokens[k]?.raw === 'one') return { item: { k: 'word' }, next: k + 1 }; // "the 3rd one"
    // "2nd floor", "1st half"
    if (!isBoundary(tokens[k]) && tokens[k]?.c !== 'NUM' && !isMonthNamed(tokens, k)) return;
    // "12th of never"
    if (tokens[k]?.raw === 'of' && tokens[k + 1]?.c === 'WORD') return;
  } else if (token.ordinal) {
    if (
      !(d > 10 || expecting || isMonthNamed(tokens, k)) ||
      !(isBoundary(tokens[k]) || isMonthNamed(tokens, k))
    )
      return;
  } else if (['tarikh', 'tareekh', 'tarik', 'तारीख', 'dt'].includes(tokens[k]?.raw ?? '')) k++;
  else if (/^(ko|को)$/.test(tokens[k]?.raw ?? '')) {
    // "20 ko aa jana": a day; "5 ko do": to five
    if (GIVES.test(tokens[k + 1]?.raw ?? '') || (tokens[k + 1]?.c === 'NUM' && !clockAhead(tokens, k + 1)))
      return;
    k++;
  } else if (tokens[k]?.raw === '.' && tokens[k]!.glued && /^(am|vom|den|zum|der|dem)$/.test(led))
    k++; // "am 20."
  else if (/^(dia|jour|date)$/.test(led) || ownWeekday(tokens, i, now)) k += 0;
  else if (/^(on|am|el|le)$/.test(led) || /^W\d$/.test(tokens[i - 1]?.c ?? '')) {
    // "on 14 at 11", "le 17 au matin"
    const time = ['AT', 'NUM'].includes(tokens[k]?.c ?? '') || /^(a|au|um|por)$/.test(tokens[k]?.raw ?? '');
    if (!time || tokens[k]?.raw === '@' || !clockAhead(tokens, tokens[k]?.c === 'NUM' ? k : k + 1)) return;
    if (tokens[k]?.c === 'NUM' && led !== 'on') return;
    if (tokens[k]?.raw === 'au') k++;
  } else return;
  if (d > 31) return expecting || led === 'the' || led === 'on' ? bad(k) : undefined;
  const named = monthAfter(tokens, k);
  if (named) {
    const { y, m } = addMonths({ ...now, d: 1 }, named.months);
    return isDay(y, m, d) ? { item: { k: 'day', day: { y, m, d } }, next: named.next } : bad(named.next);
  }
  const month = d >= now.d ? now : addMonths({ ...now, d: 1 }, 1);
  let { y, m } = month;
  if (!isDay(y, m, d)) ({ y, m } = addMonths({ y, m, d: 1 }, 1));
  return { item: { k: 'day', day: { y, m, d }, monthless: true }, next: k };
}

/** "friday 20 4pm", "wednesday 18": the date of the weekday before it, rather than an hour. */
function ownWeekday(tokens: Token[], i: number, now: Day): boolean {
  const weekday = /^W(\d)$/.exec(tokens[i - 1]?.c ?? '')?.[1];
  const d = tokens[i]!.n!;
  if (!weekday || tokens[i]!.digits !== 2 || d > 31) return false;
  const next = tokens[i + 1];
  const timed =
    next?.c === 'NUM' &&
    (['AM', 'PM', 'OCLOCK'].includes(tokens[i + 2]?.c ?? '') || tokens[i + 2]?.raw === ':');
  if (
    !timed &&
    !(d > 12 && (isBoundary(next) || next?.c.startsWith('P:')) && next?.raw !== '-' && next?.c !== 'TO')
  )
    return false;
  const first = { ...now, d: 1 };
  const { y, m } = d >= now.d ? first : addMonths(first, 1);
  return isDay(y, m, d) && weekdayOf({ y, m, d }) % 7 === Number(weekday) % 7;
}

const GIVES = /^(do|de|dena|dedo|dijiye|bhejo|bhej|send|give|chahiye|discount|rs|rupees|piece|pcs)$/;
const isMonthNamed = (tokens: Token[], k: number): boolean => monthAfter(tokens, k) !== undefined;

/** "5th of next month", "10th this month". */
function monthAfter(tokens: Token[], at: number): { months: number; next: number } | undefined {
  const k = ['of', 'in', 'de', 'du', 'des'].includes(tokens[at]?.raw ?? '') ? at + 1 : at;
  const which = tokens[k]?.c;
  if (tokens[k + 1]?.c !== 'MONTH' || !which) return;
  if (which === 'NEXT') return { months: 1, next: k + 2 };
  if (which === 'THIS') return { months: 0, next: k + 2 };
}

function clockAhead(tokens: Token[], k: number): boolean {
  const c = tokens[k]?.c ?? '';
  return (
    c === 'NUM' ||
    c.startsWith('P:') ||
    ['SADHE', 'SAVA', 'PAUNE', 'DEDH', 'DHAI', 'HALF', 'HALB', 'QUARTER'].includes(c)
  );
}
