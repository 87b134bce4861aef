import { addDays, addMonths, instantOf, type Wall, wallAt } from './calendar.ts';
import type { ScanOptions } from './items.ts';
import type { Found } from './scan.ts';
import { readRelativeDay } from './scan-relative.ts';
import type { Token } from './tokens.ts';

const SHORT_UNITS = new Set(['HOUR', 'MINUTE']);
const LONG_UNITS = new Set(['DAY', 'WEEK', 'FORTNIGHT', 'MONTH', 'YEAR']);

/** "in 2 hours", "after 3 days", "2 ghante baad", "2 weeks from now", "half an hour", "2 days ago", "an hour earlier". */
export function readOffset(tokens: Token[], i: number, options: ScanOptions): Found {
  const { now, zone, expecting, agreed } = options;
  // "today in a week", "heute in einer Woche"
  if (tokens[i]!.c === 'D0' && tokens[i + 1]?.c === 'IN') {
    const found = readOffset(tokens, i + 1, options);
    if (found?.item.k === 'day' || found?.item.k === 'moment') return found;
  }
  // "abhi se 3 ghante baad"
  if (tokens[i]!.c === 'NOW' && /^(se|से)$/.test(tokens[i + 1]?.raw ?? '') && tokens[i + 2]) {
    const found = readOffset(tokens, i + 2, options);
    if (found?.item.k === 'day' || found?.item.k === 'moment') return found;
  }
  // "push it by 2 hours", "um eine Stunde verschieben"
  const by = agreed !== undefined && /^(by|um|de)$/.test(tokens[i]!.raw);
  // "kal se 2 din baad", "aaj ke 10 din baad"
  const counted =
    /^D\d$/.test(tokens[i]!.c) && /^(se|ke|से|के)$/.test(tokens[i + 1]?.raw ?? '')
      ? amountAt(tokens, i + 2, false)
      : undefined;
  if (
    counted &&
    ['DAY', 'WEEK'].includes(tokens[counted.next]?.c ?? '') &&
    tokens[counted.next + 1]?.c === 'LATER'
  ) {
    const days = Number(tokens[i]!.c.slice(1)) + daysOf(tokens[counted.next]!.c, counted.n);
    return { item: { k: 'day', day: addDays(now, days), relative: true }, next: counted.next + 2 };
  }
  // "push the 10 am back by an hour": from what it is counted is not known
  if (!agreed && /^(by|um)$/.test(tokens[i]!.raw)) {
    const amount = amountAt(tokens, i + 1, true);
    if (amount && SHORT_UNITS.has(tokens[amount.next]?.c ?? '') && tokens[amount.next]!.raw !== 'hrs')
      return { item: { k: 'bad', problem: 'unclear' }, next: amount.next + 1 };
  }
  const led = by || tokens[i]!.c === 'IN' || tokens[i]!.c === 'WITHIN' || tokens[i]!.c === 'AFTER';
  if (tokens[i]!.raw === 'past' && /the$/.test(tokens[i - 1]?.raw ?? '')) return; // "in the past month"
  // "still waiting after 1 week" tells, it does not ask
  if (tokens[i]!.c === 'AFTER' && tokens.slice(0, i).some((t) => /^(still|waiting|even)$/.test(t.raw)))
    return;
  const about = led && tokens[i + 1]?.c === 'AT' ? 1 : 0;
  const amount = amountAt(tokens, led ? i + 1 + about : i, led);
  if (!amount || amount.n > 5000) return;
  let k = amount.next;
  const unit = unitAt(tokens[k], amount.n, led);
  if (!unit) return;
  k++;
  if (tokens[k]?.raw === 's' && tokens[k]!.glued) k++;
  let n = amount.n;
  const more = fractionAt(tokens, k);
  if (more) [n, k] = [n + more.n, more.next];

  // "a week from friday", "a week tomorrow", "two weeks on monday"
  const joined = ['from', 'on'].includes(tokens[k]?.raw ?? '');
  const base =
    tokens[joined ? k + 1 : k] && (joined || ['WEEK', 'FORTNIGHT'].includes(unit)) && tokens[k]!.c !== 'NEXT'
      ? readRelativeDay(tokens, joined ? k + 1 : k, options)
      : undefined;
  if (base?.item.k === 'day' && ['DAY', 'WEEK', 'FORTNIGHT'].includes(unit))
    return {
      item: { k: 'day', day: addDays(base.item.day, daysOf(unit, n)), relative: true },
      next: base.next,
    };

  let ago =
    by && tokens.slice(0, i).some((t) => /^(prepon|advanc|forward|vorverleg|adelant|avanc)/.test(t.raw));
  let trailed = false;
  let shift = by;
  const after = tokens[k];
  if (after?.c === 'LATER' || after?.c === 'AFTER') {
    trailed = true;
    shift = /^(later|spater|mas tarde|plus tard|baad|bad|ke baad|बाद|के बाद)$/.test(after.raw);
    k++;
  } else if (
    /^(ke|के)$/.test(after?.raw ?? '') &&
    /^(andar|ander|अंदर|bheetar)$/.test(tokens[k + 1]?.raw ?? '')
  ) {
    trailed = true;
    k += 2;
  } else if (after?.c === 'EARLIER') {
    if (!agreed) return;
    ago = shift = true;
    k++;
  } else if (after?.c === 'AGO') {
    // "appointment se 15 minute pehle" counts from what we do not know
    if (!agreed && /^(se|से)$/.test(tokens[i - 1]?.raw ?? '')) return;
    ago = true;
    shift = after.raw !== 'ago';
    k++;
  } else if (['mein', 'me', 'main', 'mai', 'में', 'time'].includes(after?.raw ?? '')) {
    trailed = true;
    k++;
    if (tokens[k]?.c === 'IN' || tokens[k]?.c === 'LATER') k++;
  }
  if (!led && !trailed && !ago && !(expecting && tokens.length <= 3)) return;
  const sign = ago ? -1 : 1;
  // "one hour later" said of an appointment that stands is an hour after it, not after now
  const from: Wall = shift && agreed ? agreed : now;
  const minutes = unit === 'HOUR' ? n * 60 : n;
  if (SHORT_UNITS.has(unit))
    return { item: { k: 'moment', wall: later(from, sign * Math.round(minutes), zone) }, next: k };
  const whole = Math.round(n);
  const day =
    unit === 'MONTH' || unit === 'YEAR'
      ? addMonths(from, sign * whole * (unit === 'YEAR' ? 12 : 1))
      : addDays(from, sign * daysOf(unit, n));
  if (shift && agreed)
    return { item: { k: 'moment', wall: { ...day, h: agreed.h, mi: agreed.mi } }, next: k };
  // "within 3 days" leaves days to choose from
  if (tokens[i]!.c === 'WITHIN')
    return { item: { k: 'days', from: { y: now.y, m: now.m, d: now.d }, to: day }, next: k };
  return { item: { k: 'day', day, relative: true }, next: k };
}

/** Minutes are counted on the world's clock: an hour of the night when clocks change is not lost. */
function later(wall: Wall, minutes: number, zone: string): Wall {
  return wallAt(new Date(instantOf(wall, zone).getTime() + minutes * 60_000), zone);
}

const daysOf = (unit: string, n: number) =>
  Math.round(n * (unit === 'WEEK' ? 7 : unit === 'FORTNIGHT' ? 14 : 1));

/** "17 hrs" is five in the afternoon, "2 hrs later" is not. */
function unitAt(token: Token | undefined, n: number, led: boolean): string | undefined {
  if (!token) return;
  if (/^heures?$/.test(token.raw) && led && n >= 7) return; // "après 18 heures"
  if (token.raw === 'hrs') return n < 10 || (led && n < 13) ? 'HOUR' : undefined;
  return SHORT_UNITS.has(token.c) || LONG_UNITS.has(token.c) ? token.c : undefined;
}

function amountAt(tokens: Token[], at: number, led: boolean): { n: number; next: number } | undefined {
  let k = at;
  const c = (i: number) => tokens[i]?.c;
  const half = (next: number) => ({ n: 0.5, next: tokens[next]?.raw === '-' ? next + 1 : next });
  if (c(k) === 'HALF' && tokens[k + 1]) {
    k++;
    if (tokens[k]!.raw === '-') k++;
    if (c(k) === 'NUM' && tokens[k]!.n === 1) k++;
    else if (tokens[k]?.raw === 'an' || tokens[k]?.raw === 'a') k++;
    return { n: 0.5, next: k };
  }
  // "sava ghante", "paune do ghante", "sadhe teen ghante"
  const quarters = { SAVA: 0.25, PAUNE: -0.25, SADHE: 0.5 }[c(k) ?? ''];
  if (quarters !== undefined && c(k + 1) === 'HOUR' && c(k) !== 'SADHE')
    return { n: 1 + quarters, next: k + 1 };
  if (quarters !== undefined && c(k + 1) === 'NUM' && c(k + 2) === 'HOUR')
    return { n: tokens[k + 1]!.n! + quarters, next: k + 2 };
  if (c(k) === 'DEDH') return { n: 1.5, next: k + 1 };
  if (c(k) === 'DHAI') return { n: 2.5, next: k + 1 };
  if (['ein', 'einer', 'une', 'una', 'un', 'a', 'an'].includes(tokens[k]?.raw ?? '') && c(k + 1) === 'HALF')
    return half(k + 2);
  if (c(k) === 'NUM') {
    const n = tokens[k]!.n!;
    if (n === 1 && c(k + 1) === 'HALF') return half(k + 2);
    const fraction = fractionAt(tokens, k + 1);
    if (fraction) return { n: n + fraction.n, next: fraction.next };
    const point = tokens[k + 1];
    const decimal = tokens[k + 2];
    if (
      (point?.c === '.' || point?.c === ',' || point?.raw === ',') &&
      point.glued &&
      decimal?.c === 'NUM' &&
      decimal.glued &&
      decimal.n! < 10
    )
      return { n: n + decimal.n! / 10, next: k + 3 };
    // "2-3 days": the earlier
    if ((point?.c === 'TO' || point?.c === 'OR') && decimal?.c === 'NUM') return { n, next: k + 3 };
    // "do teen din"
    if (point?.c === 'NUM' && point.digits === 0 && point.n === n + 1) return { n, next: k + 2 };
    return { n, next: k + 1 };
  }
  // "week from now"
  if (
    ['WEEK', 'MONTH', 'FORTNIGHT', 'HOUR'].includes(c(k) ?? '') &&
    /^(from now|from today|later)$/.test(tokens[k + 1]?.raw ?? '')
  )
    return { n: 1, next: k };
  if (led && ['DAY', 'WEEK', 'MONTH', 'HOUR', 'FORTNIGHT'].includes(c(k) ?? '')) return { n: 1, next: k };
  const pair = tokens[k]?.raw === 'a' ? k + 1 : k;
  if (tokens[pair]?.raw === 'couple' && tokens[pair + 1]?.raw === 'of') return { n: 2, next: pair + 2 };
  if ((tokens[k]?.raw === 'a' || tokens[k]?.raw === 'couple') && c(k + 1) === 'FORTNIGHT')
    return { n: 1, next: k + 1 };
}

/** "and a half", "y media", "et demie". */
function fractionAt(tokens: Token[], k: number): { n: number; next: number } | undefined {
  if (tokens[k]?.c !== 'AND' || tokens[k]!.raw === ',') return;
  const article = ['a', 'an', 'one', 'ein'].includes(tokens[k + 1]?.raw ?? '') ? 1 : 0;
  const word = tokens[k + 1 + article];
  if (word?.c === 'HALF') return { n: 0.5, next: k + 2 + article };
  if (word?.c === 'QUARTER') return { n: 0.25, next: k + 2 + article };
}
