import { isBoundary, namesAThing } from './boundary.ts';
import type { Clock, Item, ScanOptions } from './items.ts';
import type { Found } from './scan.ts';
import type { Token } from './tokens.ts';

/** Times of day: 5pm, 17:00, 10.30, 1700 hrs, half past 3, sade paanch baje, halb vier, 3-5 pm, bare "at 5". */
export function readClock(tokens: Token[], i: number, options: ScanOptions, before: Item[]): Found {
  return (
    noTime(tokens, i, before) ??
    readRange(tokens, i, options, before) ??
    readSingle(tokens, i, options, before)
  );
}

/** "tomorrow 25:00": said as a time, but there is none such. */
function noTime(tokens: Token[], i: number, before: Item[]): Found {
  const [h, sep, mi] = [tokens[i]!, tokens[i + 1], tokens[i + 2]];
  if (h.c !== 'NUM' || h.digits !== 2 || sep?.raw !== ':' || !sep.glued || mi?.digits !== 2 || !mi.glued)
    return;
  const fails = h.n! > 24 || mi.n! > 59 || (h.n === 24 && mi.n! > 0);
  return fails && nearDay(before) ? { item: { k: 'bad', problem: 'impossible' }, next: i + 3 } : undefined;
}

type One = { clock: Clock; next: number; weak: boolean };

function readRange(tokens: Token[], i: number, options: ScanOptions, before: Item[]): Found {
  let k = i;
  const led = tokens[k]!.c === 'BETWEEN' || ['from', 'von', 'de', 'von', 'entre'].includes(tokens[k]!.raw);
  if (led) k++;
  if (led && isArticle(tokens[k])) k++;
  const a = one(tokens, k);
  if (!a || namesAThing(tokens[i - 1])) return;
  const joint = tokens[a.next];
  if (!joint || !(joint.c === 'TO' || joint.raw === 'a' || (led && joint.c === 'AND'))) return;
  const second = tokens[a.next + 1];
  const b = one(tokens, second?.c === 'AT' || isArticle(second) ? a.next + 2 : a.next + 1);
  if (!b) return;
  let next = b.next;
  if (tokens[next]?.raw === 'tak' || tokens[next]?.raw === 'ke' || tokens[next]?.raw === 'beech') next++;
  const weak = a.weak && b.weak;
  if (weak && !isBoundary(tokens[next])) return;
  if (weak && !led && !options.expecting && !nearDay(before) && !dayAhead(tokens, next)) return;
  return { item: { k: 'times', a: a.clock, b: b.clock, weak, from: tokens[i]!.raw === 'from' }, next };
}

function readSingle(tokens: Token[], i: number, options: ScanOptions, before: Item[]): Found {
  let k = i;
  let bound: 'after' | 'before' | undefined;
  let at = false;
  if (tokens[k]!.c === 'AFTER' || tokens[k]!.c === 'BEFORE') {
    bound = tokens[k]!.c === 'AFTER' ? 'after' : 'before';
    k++;
  }
  if (tokens[k]?.c === 'AT') {
    at = true;
    k++;
    if (tokens[k]?.c === 'AT') k++; // "at around 5"
  }
  if (!tokens[k]) return;
  const found = one(tokens, k);
  if (!found) return;
  if (found.weak) {
    if (namesAThing(tokens[k - 1]) || !isBoundary(tokens[found.next])) return;
    const supported = at || bound || options.expecting || nearDay(before) || dayAhead(tokens, found.next);
    if (!supported) return;
    // "at 5" in a long text without a day is more often a price or a place; keep it only near a day or when asked
    if (
      (at || bound) &&
      !options.expecting &&
      !nearDay(before) &&
      !dayAhead(tokens, found.next) &&
      tokens.length > 9
    )
      return;
  }
  let next = found.next;
  let clock = found.clock;
  if (tokens[next]?.raw === 'ish') next++;
  // "5 baje se pehle": the word that bounds stands behind
  if (['ke', 'k', 'se', 'से', 'के'].includes(tokens[next]?.raw ?? '') && tokens[next + 1]?.c === 'AGO') {
    bound = 'before';
    next += 2;
  } else if (['ke', 'k', 'के'].includes(tokens[next]?.raw ?? '') && tokens[next + 1]?.c === 'LATER') {
    bound = 'after';
    next += 2;
  } else if (tokens[next]?.c === 'LATER' && tokens[next]!.raw.endsWith('baad')) {
    bound = 'after';
    next++;
  }
  // "5 in the evening", "6 shaam ko", "5 de la tarde" are joined where the parts of a reading are
  if (clock.mer === undefined && tokens[next]?.c === 'ON' && tokens[next + 1]?.c.startsWith('P:')) next++;
  if (clock.mer === undefined && clock.h > 12) clock = { ...clock, mer: '24' };
  return { item: { k: 'time', clock, weak: found.weak, at, bound }, next };
}

const isArticle = (token: Token | undefined) => ['las', 'la', 'les', 'the', 'le'].includes(token?.raw ?? '');
const isDayItem = (item: Item | undefined) => item?.k === 'day' || item?.k === 'days' || item?.k === 'part';

/** A day or part of day stands just before (a comma, "at", "or" may lie between). */
function nearDay(items: Item[]): boolean {
  for (let i = items.length - 1, steps = 0; i >= 0 && steps < 3; i--, steps++) {
    const item = items[i]!;
    if (isDayItem(item) || item.k === 'time' || item.k === 'times') return true;
    if (item.k === 'stop') return false;
  }
  return false;
}

/** A day or part of day follows at once: "5 tomorrow", "4 on friday". */
function dayAhead(tokens: Token[], at: number): boolean {
  for (let k = at; k < at + 5 && k < tokens.length; k++) {
    const c = tokens[k]!.c;
    if (/^(W\d|D-?\d|P:.*|M\d+)$/.test(c)) return true;
    if (
      !'ON TO OR AND NOT NEXT THIS COMING IN , AT NUM LATER AM PM OCLOCK :'.split(' ').includes(c) &&
      tokens[k]!.raw !== 'ish'
    )
      return false;
  }
  return false;
}

/** One time at token k. */
function one(tokens: Token[], k: number): One | undefined {
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
    if (isPast(tokens[k + 1]) && ok(h)) return ended(tokens, k + 3, { h: h!, mi: 15 }, false);
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
    if (tokens[k + 1]!.raw === 'past') return ended(tokens, k + 3, { h: n(k + 2)!, mi: v }, false);
    if (tokens[k + 1]!.raw === 'to' && v >= 20 && n(k + 2)! < 12)
      return ended(tokens, k + 3, { h: n(k + 2)! === 1 ? 12 : n(k + 2)! - 1, mi: 60 - v }, true);
  }
  // 1700 hrs, 0930
  if ((word.digits === 4 || word.digits === 3) && v % 100 < 60 && v < 2400) {
    const clock: Clock = { h: Math.floor(v / 100), mi: v % 100 };
    if (c(k + 1) === 'OCLOCK') return { clock: { ...clock, mer: '24' }, next: k + 2, weak: false };
    if (c(k + 1) === 'AM' || c(k + 1) === 'PM') return ended(tokens, k + 1, clock, false);
    // "thursday 1530": only beside a day, and only what a clock shows in five minutes' steps
    const plausible = word.digits === 4 && clock.h >= 6 && clock.mi % 5 === 0 && v !== 2025 && v !== 2030;
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
  if (sep?.raw === 'h' && sep.glued)
    return { clock: { h: v % 24, mi: 0, mer: '24' }, next: k + 2, weak: false };
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
  const hours = sep?.raw === 'heures' || sep?.raw === 'heure' ? 1 : 0;
  const less = k + 1 + hours;
  if (/^(menos|moins)$/.test(tokens[less]?.raw ?? '') && ok(v % 12 || 12)) {
    const at = tokens[less + 1]?.raw === 'le' ? less + 2 : less + 1;
    const minutes = c(at) === 'QUARTER' ? 15 : n(at);
    if (minutes !== undefined && minutes < 60)
      return ended(tokens, at + 1, { h: v === 1 ? 12 : v - 1, mi: 60 - minutes }, false);
  }
  if (hours && tokens[k + 2]?.raw === 'et' && c(k + 3) === 'QUARTER')
    return { clock: { h: v, mi: 15, mer: v > 12 ? '24' : undefined }, next: k + 4, weak: false };
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
  const mer = tokens[next]?.c;
  if ((mer === 'AM' || mer === 'PM') && result.mer !== '24') {
    if (result.h > 12) result = { ...result, mer: '24' };
    else result = { ...result, mer: mer === 'AM' ? 'am' : 'pm' };
    return { clock: result, next: next + 1, weak: false };
  }
  if (mer === 'AM' || mer === 'PM') next++;
  else if (tokens[next]?.raw === 'p' && tokens[next]!.glued)
    return { clock: { ...result, mer: 'pm' }, next: next + 1, weak: false };
  if (result.h > 23 || (result.h > 12 && result.mer === undefined && !sure && result.h > 23)) return;
  return { clock: result.h > 12 ? { ...result, mer: '24' } : result, next, weak: !sure };
}
