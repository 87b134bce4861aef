import type { Clock } from './items.ts';
import type { Token } from './tokens.ts';

/** A time of day and where it ends; `weak`: only a number, which needs company to be meant as a time. */
export type One = { clock: Clock; next: number; weak: boolean };

/** One time at token k. */
export function one(tokens: Token[], k: number): One | undefined {
  const c = (at: number) => tokens[at]?.c;
  const n = (at: number) => (c(at) === 'NUM' ? tokens[at]!.n! : undefined);

  const word = tokens[k];
  if (!word) return;
  const h1 = n(k + 1);
  if (
    word.c === 'P:noon' &&
    ['noon', 'midday', 'mittag', 'mittags', 'mediodia', 'midi', 'meio dia'].includes(word.raw)
  ) {
    // "noon" is 12:00, but "lunch time" is a part of the day
    // "midi et demi"
    if (c(k + 1) === 'AND' && c(k + 2) === 'HALF')
      return { clock: { h: 12, mi: 30, mer: '24' }, next: k + 3, weak: false };
    return n(k + 1) === undefined || c(k - 1) === 'AT'
      ? { clock: { h: 12, mi: 0, mer: '24' }, next: k + 1, weak: false }
      : undefined;
  }
  if (['midnight', 'mitternacht', 'medianoche', 'minuit'].includes(word.raw))
    return { clock: { h: 0, mi: 0, mer: '24', midnight: true }, next: k + 1, weak: false };
  if (word.c === 'DEDH' && c(k + 1) === 'OCLOCK') return ended(tokens, k + 2, { h: 1, mi: 30 }, false);
  if (word.c === 'DHAI' && c(k + 1) === 'OCLOCK') return ended(tokens, k + 2, { h: 2, mi: 30 }, false);
  if (word.c === 'SADHE' && ok(h1)) return ended(tokens, k + 2, { h: h1!, mi: 30 }, false);
  if (word.c === 'SAVA' && ok(h1)) return ended(tokens, k + 2, { h: h1!, mi: 15 }, false);
  if (word.c === 'PAUNE' && ok(h1))
    return ended(tokens, k + 2, { h: h1! === 1 ? 12 : h1! - 1, mi: 45 }, false);
  if (word.c === 'HALB' && ok(h1))
    return ended(tokens, k + 2, { h: h1! === 1 ? 12 : h1! - 1, mi: 30 }, false);
  if (word.c === 'HALF') {
    const past = isPast(tokens[k + 1]);
    const h = n(past ? k + 2 : k + 1);
    // "half four" is British for half past four
    if (ok(h))
      return ended(tokens, k + (past ? 3 : 2), { h: h!, mi: 30 }, !past && tokens[k + 1]?.digits !== 0);
    return;
  }
  if (word.c === 'QUARTER') {
    const h = n(k + 2);
    if ((isPast(tokens[k + 1]) || tokens[k + 1]?.raw === 'after') && ok(h))
      return ended(tokens, k + 3, { h: h!, mi: 15 }, false);
    if ((c(k + 1) === 'TO' || tokens[k + 1]?.raw === 'vor' || tokens[k + 1]?.raw === 'of') && ok(h))
      return ended(tokens, k + 3, { h: h === 1 ? 12 : h! - 1, mi: 45 }, false);
    return;
  }
  if (word.c !== 'NUM') return;
  const v = word.n!;
  // "10 past 5", "20 to 6"
  if (
    v < 60 &&
    v % 5 === 0 &&
    (word.digits! <= 2 || word.digits === 0) &&
    ok(n(k + 2)) &&
    tokens[k + 1] &&
    !tokens[k + 1]!.glued
  ) {
    if (isPast(tokens[k + 1])) return ended(tokens, k + 3, { h: n(k + 2)!, mi: v }, false);
    // American "ten after three"
    if (tokens[k + 1]!.raw === 'after' && /^\p{L}/u.test(word.raw) && tokens[k + 2]!.c === 'NUM')
      return ended(tokens, k + 3, { h: n(k + 2)!, mi: v }, false);
    // "twenty to five", "ten to four"; "10 to 4" and "four to five" are ranges
    const spelt = word.digits === 0 && tokens[k + 2]!.digits === 0 && n(k + 2) !== v + 1;
    const to = tokens[k + 1]!.raw === 'to' || tokens[k + 1]!.raw === 'vor';
    if (
      to &&
      (v >= 20 || spelt || tokens[k + 1]!.raw === 'vor') &&
      (v >= 20 || n(k + 2)! < 12 || tokens[k + 1]!.raw === 'vor')
    )
      return ended(tokens, k + 3, { h: n(k + 2)! === 1 ? 12 : n(k + 2)! - 1, mi: 60 - v }, true);
  }
  // 1700 hrs, 0930
  if ((word.digits === 4 || word.digits === 3) && v % 100 < 60 && v < 2400) {
    const clock: Clock = { h: Math.floor(v / 100), mi: v % 100 };
    if (c(k + 1) === 'OCLOCK') return { clock: { ...clock, mer: '24' }, next: k + 2, weak: false };
    if (c(k + 1) === 'AM' || c(k + 1) === 'PM') return ended(tokens, k + 1, clock, false);
    // "thursday 1530": only beside a day, and only what a clock shows in five minutes' steps
    const plausible =
      word.digits === 4 &&
      c(k - 1) !== 'IN' &&
      clock.h >= 6 &&
      clock.mi % 5 === 0 &&
      v !== 2025 &&
      v !== 2030;
    return plausible ? { clock: { ...clock, mer: '24' }, next: k + 1, weak: true } : undefined;
  }
  if (word.digits! > 2 || v > 24) return;
  // 17:30, 10.30, 17h30
  const sep = tokens[k + 1];
  const mins = tokens[k + 2];
  if (sep?.glued && mins?.c === 'NUM' && mins.glued && mins.digits === 2 && mins.n! < 60 && v < 24) {
    if (sep.raw === ':') return ended(tokens, k + 3, withLead(word, { h: v, mi: mins.n! }), false);
    if (sep.raw === 'h') return { clock: { h: v, mi: mins.n!, mer: '24' }, next: k + 3, weak: false };
    if (sep.raw === '.' && !tokens[k + 3]?.raw.match(/^(\.|%|lakh|lac|l|cr|crore|kg|mm|cm|m|kw|hp|k)$/))
      return ended(tokens, k + 3, withLead(word, { h: v, mi: mins.n! }), true);
  }
  if (sep?.raw === 'h' && sep.glued && !/^(menos|moins)$/.test(tokens[k + 2]?.raw ?? ''))
    return { clock: { h: v % 24, mi: 0, mer: '24' }, next: k + 2, weak: false };
  // "5 30 baje"
  if (v >= 1 && v <= 12 && sep?.c === 'NUM' && sep.digits === 2 && sep.n! < 60 && sep.n! % 5 === 0) {
    const end = tokens[k + 2];
    if (end && (['OCLOCK', 'AM', 'PM'].includes(end.c) || /^(pe|par|पर)$/.test(end.raw)))
      return ended(tokens, k + 2, { h: v, mi: sep.n! }, false);
  }
  // "five thirty", "5 baje", "las 5 y media"
  const half =
    c(k + 1) === 'NUM' &&
    [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55].includes(n(k + 1)!) &&
    tokens[k + 1]!.raw.length > 2 &&
    (tokens[k + 1]!.digits === 2 || word.digits === 0);
  if (half) return ended(tokens, k + 2, { h: v, mi: n(k + 1)! }, true);
  if ((sep?.raw === 'y' || sep?.raw === 'et') && c(k + 2) === 'HALF')
    return ended(tokens, k + 3, { h: v, mi: 30 }, false);
  if ((sep?.raw === 'y' || sep?.raw === 'et') && c(k + 2) === 'QUARTER')
    return ended(tokens, k + 3, { h: v, mi: 15 }, false);
  // "5 heures moins le quart", "5 menos cuarto", "moins dix"
  const hours = /^(heures?|h)$/.test(sep?.raw ?? '') ? 1 : 0;
  const less = k + 1 + hours;
  if (/^(menos|moins)$/.test(tokens[less]?.raw ?? '') && ok(v % 12 || 12)) {
    const at = tokens[less + 1]?.raw === 'le' ? less + 2 : less + 1;
    const minutes = c(at) === 'QUARTER' ? 15 : n(at);
    if (minutes !== undefined && minutes < 60)
      return ended(tokens, at + 1, { h: v === 1 ? 12 : v - 1, mi: 60 - minutes }, false);
  }
  if (hours && tokens[k + 2]?.raw === 'et' && c(k + 3) === 'QUARTER')
    return { clock: { h: v, mi: 15, mer: v > 12 ? '24' : undefined }, next: k + 4, weak: false };
  // "17 h 45", "17 heures 45"
  const said = /^(h|heures?|horas?)$/.test(sep?.raw ?? '') && mins?.c === 'NUM' && mins.digits === 2;
  if (said && mins.n! < 60) return { clock: { h: v, mi: mins.n!, mer: '24' }, next: k + 3, weak: false };
  if (sep?.raw === 'heures' || sep?.raw === 'heure') {
    if (tokens[k + 2]?.raw === 'et' && c(k + 3) === 'HALF')
      return { clock: { h: v, mi: 30, mer: v > 12 ? '24' : undefined }, next: k + 4, weak: false };
    return { clock: { h: v, mi: 0, mer: v > 12 ? '24' : undefined }, next: k + 2, weak: false };
  }
  if (sep?.raw === 'horas' || (sep?.raw === 'h' && !sep.glued))
    return { clock: { h: v, mi: 0, mer: v > 12 ? '24' : undefined }, next: k + 2, weak: false };
  return ended(tokens, k + 1, { h: v, mi: 0 }, true);
}

const ok = (h: number | undefined) => h !== undefined && h >= 1 && h <= 12;
const isPast = (token: Token | undefined) => token?.raw === 'past' || token?.raw === 'nach';
/** "09:30" written with its nought is a clock's time, not half a day's. */
const withLead = (word: Token, clock: Clock): Clock =>
  word.raw.length === 2 && word.raw[0] === '0'
    ? { ...clock, mer: '24' }
    : clock.h > 12 || clock.h === 0
      ? { ...clock, mer: '24' }
      : clock;

/** Takes am, pm, o'clock after the digits; any of them makes the time certain. */
function ended(tokens: Token[], k: number, clock: Clock, weak: boolean): One | undefined {
  let next = k;
  let sure = !weak;
  let result = clock;
  if (tokens[next]?.c === 'OCLOCK' && (tokens[next]!.raw !== 'h' || tokens[next]!.glued)) {
    sure = true;
    const spelt = /^(bajkar|baj kar|बजकर)$/.test(tokens[next]!.raw) || tokens[next]!.raw === 'baj';
    if (
      spelt &&
      tokens[next + 1]?.c === 'NUM' &&
      tokens[next + 2]?.c === 'MINUTE' &&
      tokens[next + 1]!.n! < 60
    ) {
      result = { ...result, mi: tokens[next + 1]!.n! };
      next += 2;
    }
    if (tokens[next]!.raw === 'uhr') {
      const m = tokens[next + 1];
      if (m?.c === 'NUM' && m.n! < 60 && m.digits === 2) {
        result = { ...result, mi: m.n! };
        next++;
      }
      if (result.h > 12) result = { ...result, mer: '24' };
    }
    next++;
  }
  const german =
    tokens[next]?.raw === 'am' &&
    /^(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)/.test(tokens[next + 1]?.raw ?? '');
  const mer = german ? undefined : tokens[next]?.c;
  if ((mer === 'AM' || mer === 'PM') && result.mer !== '24') {
    if (result.h > 12) result = { ...result, mer: '24' };
    else result = { ...result, mer: mer === 'AM' ? 'am' : 'pm' };
    return { clock: result, next: next + 1, weak: false };
  }
  if (mer === 'AM' || mer === 'PM') next++;
  else if (tokens[next]?.raw === 'p' && tokens[next]!.glued)
    return { clock: { ...result, mer: 'pm' }, next: next + 1, weak: false };
  // "12 noon", "12 midnight"
  if (
    result.h === 12 &&
    result.mi === 0 &&
    /^(noon|midday|mittags|del mediodia)$/.test(tokens[next]?.raw ?? '')
  )
    return { clock: { ...result, mer: '24' }, next: next + 1, weak: false };
  if (result.h > 23 || (result.h > 12 && result.mer === undefined && !sure && result.h > 23)) return;
  return { clock: result.h > 12 ? { ...result, mer: '24' } : result, next, weak: !sure };
}
