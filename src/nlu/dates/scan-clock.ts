import { isBoundary, namesAThing } from './boundary.ts';
import type { Item, ScanOptions } from './items.ts';
import type { Found } from './scan.ts';
import { one } from './scan-time.ts';
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
  if (tokens[i - 1]?.c === 'NUM') return;
  if (
    h.c === 'NUM' &&
    h.digits === 2 &&
    h.n! > 24 &&
    sep?.c === 'OCLOCK' &&
    sep.raw !== 'hrs' &&
    sep.raw !== 'h'
  )
    return { item: { k: 'bad', problem: 'impossible' }, next: i + 2 };
  if (h.c !== 'NUM' || h.digits !== 2 || sep?.raw !== ':' || !sep.glued || mi?.digits !== 2 || !mi.glued)
    return;
  const fails = h.n! > 24 || mi.n! > 59 || (h.n === 24 && mi.n! > 0);
  return fails && nearDay(before) ? { item: { k: 'bad', problem: 'impossible' }, next: i + 3 } : undefined;
}

function readRange(tokens: Token[], i: number, options: ScanOptions, before: Item[]): Found {
  let k = i;
  const led = tokens[k]!.c === 'BETWEEN' || ['from', 'von', 'de', 'von', 'entre'].includes(tokens[k]!.raw);
  if (led) k++;
  if (led && isArticle(tokens[k])) k++;
  const a = one(tokens, k);
  if (a && !a.weak && a.next > k + 2 && tokens[k + 1]?.raw === 'to') return;
  if (!a || namesAThing(tokens[i - 1])) return;
  const joint = tokens[a.next];
  // "paanch saade paanch baje": from five to half past
  if (joint?.c === 'SADHE') {
    const half = one(tokens, a.next);
    if (half?.clock.h === a.clock.h)
      return { item: { k: 'times', a: a.clock, b: half.clock }, next: half.next };
  }
  if (!joint || !(joint.c === 'TO' || joint.raw === 'a' || (led && joint.c === 'AND'))) return;
  let at = a.next + 1;
  // "subah 10 se sham 5 tak": each end has its own part of the day
  const part = tokens[at]?.c.startsWith('P:') ? tokens[at]!.c.slice(2) : undefined;
  if (part) at++;
  if (
    tokens[at]?.c === 'AT' ||
    isArticle(tokens[at]) ||
    (part && /^(ko|ke|me|को|के|में)$/.test(tokens[at]?.raw ?? ''))
  )
    at++;
  const b = one(tokens, at);
  // "10 dec 11 am to 12 dec 4 pm"
  if (!b || (b.weak && /^M\d+$/.test(tokens[b.next]?.c ?? ''))) return;
  if (part) {
    const first = before.findLast((item) => item.k === 'part' || item.k === 'day');
    if (!a.clock.mer && first?.k === 'part') a.clock.mer = halfOf(first.part, a.clock.h);
    if (!b.clock.mer) b.clock.mer = halfOf(part, b.clock.h);
    b.weak = false;
  }
  let next = b.next;
  while (RANGE_END.test(tokens[next]?.raw ?? '')) next++;
  const closed = RANGE_END.test(tokens[next - 1]!.raw);
  const weak = a.weak && b.weak;
  const close = nearDay(before);
  if (weak && !closed && !isBoundary(tokens[next]) && !(led && (close || dayAhead(tokens, next)))) return;
  if (weak && !led && !closed && !options.expecting && !close && !dayAhead(tokens, next)) return;
  return { item: { k: 'times', a: a.clock, b: b.clock, weak, from: tokens[i]!.raw === 'from' }, next };
}

/** "10 se 12 ke beech", "do se chaar tak": the words that close a span of hours. */
const RANGE_END = /^(tak|tk|ke|beech|bich|ke beech|ke bich|तक|के|बीच)$/;

function readSingle(tokens: Token[], i: number, options: ScanOptions, before: Item[]): Found {
  // "our office opens at 10"
  const led = tokens[i - 1]?.c === 'AT' ? tokens[i - 2] : tokens[i - 1];
  if (/^(opens|closes|opening|closing|shuts)$/.test(led?.raw ?? '')) return;
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
    if (/^M\d+$/.test(tokens[found.next]?.c ?? '')) return; // "by 12 dec"
    // "there will be 3 of us"
    if (tokens[found.next]?.raw === 'of' && /^(us|you|them)$/.test(tokens[found.next + 1]?.raw ?? '')) return;
    // "need 20 by friday": a number above twelve alone is no hour
    const token = tokens[found.next - 1]!;
    if (token.c === 'NUM' && found.next === k + 1 && token.n! > 12 && token.digits! < 3 && !at && !bound)
      return;
    if (tokens[found.next]?.raw === 'by') return;
    // "the 4 pm one on friday"
    if (token.raw === 'one' && !at && !bound && !isDayItem(before.at(-1))) return;
    const supported = at || bound || options.expecting || nearDay(before) || dayAhead(tokens, found.next);
    if (!supported) return;
    // "at 5" in a long text without a day is more often a price or a place; keep it only near a day or when asked
    if (
      (at || bound) &&
      !options.expecting &&
      !nearDay(before) &&
      !dayAhead(tokens, found.next) &&
      !before.some(isDayItem) &&
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

const halfOf = (part: string, h: number): 'am' | 'pm' => (part === 'morning' && h !== 12 ? 'am' : 'pm');
const isArticle = (token: Token | undefined) => ['las', 'la', 'les', 'the', 'le'].includes(token?.raw ?? '');
const isDayItem = (item: Item | undefined) => item?.k === 'day' || item?.k === 'days' || item?.k === 'part';

/** A day or part of day stands just before (a comma, "at", "or" may lie between). */
function nearDay(items: Item[]): boolean {
  for (let i = items.length - 1, steps = 0; i >= 0 && steps < 3; i--, steps++) {
    const item = items[i]!;
    if (isDayItem(item) || item.k === 'time' || item.k === 'times') return true;
    if (item.k === 'stop') return false;
    // "11 am, no sorry 12": a correction keeps near
    if (item.k === 'link' && item.link === 'fix') steps--;
  }
  return false;
}

/** A day or part of day follows at once: "5 tomorrow", "4 on friday". */
function dayAhead(tokens: Token[], at: number): boolean {
  for (let k = at; k < at + 6 && k < tokens.length; k++) {
    const c = tokens[k]!.c;
    if (/^(W\d|D-?\d|P:.*|M\d+)$/.test(c) || /^toni(ght|te)$/.test(tokens[k]!.raw)) return true;
    // "3ish on the 24th"
    if (k > at && c === 'NUM' && tokens[k + 1]?.glued && /^(st|nd|rd|th)$/.test(tokens[k + 1]!.raw))
      return true;
    if (
      !'ON TO OR AND NOT NEXT THIS COMING IN , AT NUM LATER AM PM OCLOCK INSTEAD_OF :'
        .split(' ')
        .includes(c) &&
      !/^(ish|onwards?|sharp|slot|one|demo|meeting|call|ke|pe|par|baje|wala|o)$/.test(tokens[k]!.raw)
    )
      return false;
  }
  return false;
}
