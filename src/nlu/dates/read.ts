import { clean } from '../text.ts';
import type { DateReading } from '../types.ts';
import { addDays, addMonths, daysBetween, type Wall, wallAt, weekdayOf } from './calendar.ts';
import { readByChrono } from './chrono.ts';
import { type Hours, USUAL_HOURS } from './clock.ts';
import { type Group, group } from './groups.ts';
import type { Item } from './items.ts';
import { isLeftOver } from './leftover.ts';
import { orderIn } from './order.ts';
import { ambiguous, none, period, resolve, type Setting } from './resolve.ts';
import { scan } from './scan.ts';
import { type Token, tokenise } from './tokens.ts';

export type DateOptions = {
  now: Date;
  /** IANA name of the customer's zone. */
  timezone: string;
  /** Which number stands first in 05/04; as the zone writes it by default. */
  order?: 'dmy' | 'mdy';
  /** A date or time was asked for: bare numbers and short names count. */
  expecting?: boolean;
  /** The appointment that stands ('YYYY-MM-DDTHH:mm'): "one hour later" is counted from it. */
  agreed?: string;
  /** Hours in which a bare "5" is thinkable, whole hours; 8 to 20 by default. */
  hours?: Hours;
};

/** Reads the date and time a text agrees on; never throws, never moves a past date. */
export function readDate(input: string, options: DateOptions): DateReading {
  const text = clean(input);
  const now = wallAt(options.now, options.timezone);
  const setting: Setting = {
    now,
    today: { y: now.y, m: now.m, d: now.d },
    zone: options.timezone,
    hours: options.hours ?? USUAL_HOURS,
  };
  const tokens = tokenise(text);
  const expecting = options.expecting ?? false;
  const items = scan(tokens, {
    now,
    zone: options.timezone,
    agreed: wallFrom(options.agreed),
    order: options.order ?? orderIn(options.timezone),
    expecting,
  });
  const lower = text.toLowerCase();
  kalMeansYesterday(items, tokens, setting);
  overDays(items, tokens, lower, setting);
  const groups = group(items, lower).filter((g) => isMeant(g, tokens, items, expecting));
  const wrong = items.findLast((item) => item.k === 'bad');
  const mended = groups.filter(
    (g) => wrong && g.start > wrong.end && (g.day || g.days) && (g.fix || g.link === 'or'),
  );
  if (
    wrong &&
    mended.length === 0 &&
    !(wrong.problem === 'unclear' && !wrong.sure && groups.some((g) => g.day || g.days))
  )
    return { ...none(), problem: wrong.problem, text: text.slice(wrong.start, wrong.end) };
  if (groups.length === 0) return readByChrono(tokens, text, now) ?? none();
  const reading = choose(groups, items, setting, lower);
  if (isCertain(reading) && isLeftOver(tokens, items))
    return {
      ...none(),
      problem: 'unclear',
      text: text.slice(groups[0]!.start, groups.at(-1)!.end),
    };
  return { ...reading, text: reading.text || text.slice(groups[0]!.start, groups.at(-1)!.end) };
}

const isCertain = ({ kind }: DateReading): boolean => kind !== 'none' && kind !== 'ambiguous';

function wallFrom(local: string | undefined): Wall | undefined {
  const [, y, m, d, h, mi] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(local ?? '')?.map(Number) ?? [];
  return y === undefined ? undefined : { y, m: m!, d: d!, h: h!, mi: mi! };
}

/** "kal se band hai": out of order since yesterday. */
const FAULT = /^(band|bandh|kharab|nahi|nhi|problem|issue|dikkat|error|down|off|बंद|नहीं|खराब|दिक्कत)$/;

/** Hindi "kal" is tomorrow and yesterday; a past verb and no future time decides for yesterday. */
function kalMeansYesterday(items: Item[], tokens: Token[], { today }: Setting): void {
  const past =
    items.some((item) => item.k === 'word' && item.past) ||
    tokens.some(
      (t, i) =>
        /^(kal|kl|कल|parso|परसों)$/.test(t.raw) &&
        /^(se|से)$/.test(tokens[tokens[i + 1]?.c.startsWith('P:') ? i + 2 : i + 1]?.raw ?? '') &&
        tokens.slice(i + 2).some((later) => FAULT.test(later.raw)),
    );
  const future = tokens.some((t) => /(unga|ungi|enge|egi|ega|oge|ogi)$/.test(t.raw));
  if (!past || future) return;
  const twice = tokens.filter((t) => /^(kal|kl|कल)$/.test(t.raw)).length > 1;
  for (const item of items) {
    // "kal payment kiya tha, kal dispatch karna": each by its own clause
    if (twice && !isPastClause(items, item)) continue;
    const word = item.k === 'day' && tokens.find((t) => t.start === item.start)?.raw;
    if (item.k !== 'day') continue;
    if (word === 'kal' || word === 'kl' || word === 'कल') item.day = addDays(today, -1);
    if (word === 'parso' || word === 'परसों' || word === 'parson') item.day = addDays(today, -2);
  }
}

const HAPPENED =
  /(?<!\b(?:will|be|get|to|if|should|can|could|not) (?:\w+ )?)\b(?:came|visited|ordered|bought|called|spoke|talked|received|arrived|met|paid|sent|happened)(?: [a-z]+){0,2}?(?: on| this)?(?: the)? $/;
const TO_COME = /(?:unga|ungi|enge|egi|ega|oge|ogi|ana|aana|chahiye|dena|karna|karo)$/;

/** "The parcel came on Monday", "10 tarikh ko order diya tha": the one that is over. */
function overDays(items: Item[], tokens: Token[], text: string, { today }: Setting): void {
  const ahead = tokens.some((t) => TO_COME.test(t.raw));
  for (const item of items) {
    if (item.k !== 'day' || !(item.plain || item.monthless)) continue;
    const hindi = !ahead && isPastClause(items, item);
    if (!hindi && !HAPPENED.test(text.slice(0, item.start))) continue;
    if (daysBetween(today, item.day) < 0) continue;
    item.day = item.plain ? addDays(item.day, -7) : addMonths(item.day, -1);
    item.plain = false;
  }
}

/** A past verb follows before the clause ends. */
function isPastClause(items: Item[], from: Item): boolean {
  for (const item of items.slice(items.indexOf(from) + 1)) {
    if (item.k === 'word' && item.past) return true;
    if (item.k === 'stop' || item.k === 'day' || (item.k === 'link' && item.link === 'and')) return false;
  }
  return false;
}

/** Everyday words that look like a date count only in company. */
function isMeant(g: Group, tokens: Token[], items: Item[], expecting: boolean): boolean {
  if (expecting) return true;
  const timed = g.clock || g.times || g.part;
  const short = tokens.length <= 3;
  if (g.day?.weak && !timed && !g.rival && !short)
    return (
      isInList(g.day, items) ||
      items.some((i) => i.k === 'link' && ['or', 'to', 'instead', 'fix', 'not', 'between'].includes(i.link))
    );
  if (g.now) return tokens.length <= 6 && !tokens.some((t) => /^(waiting|since|still)$/.test(t.raw));
  if (g.times && !g.day && !g.days && tokens.some((t) => OPENING.test(t.raw))) return false;
  const partOnly = g.part && !g.day && !g.days && !g.clock && !g.times;
  if (partOnly && tokens.some((t) => /^(kitn[aei]|कितन[ाेी])$/.test(t.raw))) return false;
  if (partOnly) return tokens.length <= 4 || g.end >= tokens.at(-1)!.end;
  return Boolean(timed || g.day || g.days || g.moment);
}

/** "mon wed fri": days beside each other are meant as days. */
function isInList(day: NonNullable<Group['day']>, items: Item[]): boolean {
  const at = items.indexOf(day);
  return [-1, 1].some((step) => {
    const next = items[at + step]?.k === 'link' ? items[at + 2 * step] : items[at + step];
    return next?.k === 'day' && next.weekday !== undefined;
  });
}

/** "open from 10 to 7" asks about the office's hours. */
const OPENING =
  /^(open|opens|opening|close|closes|timing|timings|shift|shifts|khula|khulta|khulte|khuli|office hours|working hours|खुला|खुलता|खुलते)$/;
const MOVES =
  /\b(shift|move|push|resched|postpone|prepone|chang|badal|verschieb|verleg|cambi|deplac|decal|report|instead|pospon|\b(?:ki|ka|wali|wala) (?:meeting|demo|appointment|appt|visit|call|slot) .*\b(?:kar|rakh) (?:do|dijiye|de|dena|lo)|se .* kar (?:do|dijiye|de|dena)|se .* (?:kardo|krdo))/;

const SAME_TIME =
  /\b(same (?:time|timing|slot|hour)|(?:usi|same|wahi) (?:time|samay|waqt)|gleichen? (?:uhr)?zeit|misma hora|meme heure)\b|उसी (?:समय|टाइम)/;

function choose(all: Group[], items: Item[], setting: Setting, text: string): DateReading {
  let groups = all.filter((g) => !g.negated);
  const instead = groups.find((g) => g.link === 'instead');
  if (instead && groups.length > 1) {
    groups = groups.filter((g) => g !== instead);
    for (const g of groups) {
      inherit(g, instead, true);
      // "at 5 instead of 4 tomorrow"
      if ((g.clock || g.times) && !g.day && !g.days && (instead.clock || instead.times)) g.day = instead.day;
    }
    if (!instead.day && !instead.days) instead.day = groups[0]!.day;
    const chosen = groups.length === 1 ? resolve(groups[0]!, setting) : choose(groups, items, setting, text);
    return { ...chosen, from: resolve(instead, setting) };
  }
  if (groups.length === 0) return none();
  const fixed = groups.findLastIndex((g, i) => g.fix && i > 0);
  if (fixed > 0) {
    inherit(groups[fixed]!, groups[fixed - 1]!);
    groups = groups.slice(fixed);
  }
  const rejected = all.find((g) => g.negated);
  const [only] = groups;
  if (rejected && groups.length === 1) {
    inherit(only!, rejected, true);
    // "the 23rd, not the 22nd, same time, 4 pm"
    // "5 baje aaj nahi kal": said before the day, the hour is not what is denied
    const behind = rejected.start > only!.start || (rejected.day && rejected.start < rejected.day.start);
    const timed = rejected.day && behind && !only!.clock && !only!.times && !only!.part;
    if (timed) Object.assign(only!, { clock: rejected.clock, times: rejected.times, part: rejected.part });
    // "kal 5 baje nahi, 6 baje": only the hour is taken back
    if (rejected.clock && only!.clock && !only!.day) only!.day = rejected.day;
  }
  if (groups.length === 1) {
    const { times } = only!;
    const moves = MOVES.exec(text);
    if (times && moves && (times.from || !/\b(to|ko|auf|a|à)\s/.test(text.slice(moves.index, only!.start))))
      return {
        ...resolve({ ...only!, times: undefined, clock: times.b }, setting),
        from: resolve(
          { ...only!, times: undefined, clock: { ...times.a, mer: times.a.mer ?? times.b.mer } },
          setting,
        ),
      };
    return resolve(only!, setting);
  }
  return several(groups, setting, text);
}

function several(all: Group[], setting: Setting, text: string): DateReading {
  const groups = narrowed(all);
  if (groups.length === 1) return resolve(groups[0]!, setting);
  const last = groups.at(-1)!;
  const before = groups.at(-2)!;
  // "tue-5pm"
  if (
    groups.length === 2 &&
    last.link === 'to' &&
    before.day &&
    !before.clock &&
    last.clock?.mer &&
    !last.day
  )
    return resolve({ ...before, clock: last.clock, part: last.part ?? before.part }, setting);
  if (groups.some((g) => g.link === 'or')) {
    for (let i = 1; i < groups.length; i++) {
      sameWeek(groups[i]!, groups[i - 1]!);
      inherit(groups[i]!, groups[i - 1]!);
    }
    for (let i = groups.length - 2; i >= 0; i--) inherit(groups[i]!, groups[i + 1]!);
    return ambiguous(groups.map((g) => resolve(g, setting)));
  }
  if (last.link === 'to' && before.day && last.day) {
    // "january 4th to the 8th"
    if (
      last.day.monthless &&
      !before.day.monthless &&
      !before.day.relative &&
      last.day.day.d > before.day.day.d
    )
      last.day = { ...last.day, day: { ...before.day.day, d: last.day.day.d } };
    if (!last.clock && !last.times && SAME_TIME.test(text)) last.clock = before.clock;
    const timed = before.clock || last.clock;
    if (timed || MOVES.test(text)) return { ...resolve(last, setting), from: resolve(before, setting) };
    const end =
      daysBetween(before.day.day, last.day.day) < 0 && last.day.plain
        ? addDays(last.day.day, 7)
        : last.day.day;
    return period(before.day.day, end, setting);
  }
  for (let i = 1; i < groups.length; i++) inherit(groups[i]!, groups[i - 1]!);
  const readings = groups.map((g) => resolve(g, setting));
  const future = readings.filter((r) => !r.past && r.kind !== 'none');
  const usable = future.length > 0 ? future : readings;
  if (MOVES.test(text) && usable.length > 1) return { ...usable.at(-1)!, from: usable[0] };
  const distinct = usable.filter(
    (r, i) => usable.findIndex((o) => o.local === r.local && o.part === r.part) === i,
  );
  return distinct.length === 1 ? distinct[0]! : ambiguous(distinct);
}

/** "la próxima semana, el jueves a las 9": the Thursday of that week; "this weekend, Saturday morning". */
function narrowed(groups: Group[]): Group[] {
  const [first, second] = groups;
  if (
    !first?.days ||
    first.clock ||
    first.times ||
    !second?.day?.plain ||
    second.link === 'or' ||
    second.link === 'to'
  )
    return groups;
  for (let day = first.days.from; daysBetween(day, first.days.to) >= 0; day = addDays(day, 1))
    if (weekdayOf(day) === second.day.weekday && daysBetween(first.days.from, first.days.to) < 8)
      return [{ ...second, day: { ...second.day, day, plain: false } }, ...groups.slice(2)];
  return groups;
}

/** "next week thursday or friday": the friday is of that week too. */
function sameWeek(g: Group, before: Group): void {
  if (!g.day?.plain || !before.day?.relative || before.day.plain) return;
  while (daysBetween(before.day.day, g.day.day) < 0)
    g.day = { ...g.day, day: addDays(g.day.day, 7), plain: false };
}

/** Takes from another group what this one leaves unsaid ("tomorrow at 5, no, 6"; "no, Friday"). */
function inherit(g: Group, from: Group, timeOnly = false): void {
  if (g.moment || g.now) return;
  if (!timeOnly && !g.day && !g.days) {
    if (from.day) g.day = from.day;
    else if (from.days) g.days = from.days;
  }
  if (!g.clock && !g.times && !g.part && !timeOnly) {
    g.clock = from.clock;
    g.bound = from.bound;
    g.times = from.times;
    g.part = from.part;
  } else if (g.clock && !g.clock.mer && !g.part && !timeOnly) {
    const mer = from.clock?.mer;
    // "11 am, no, 12" and "11 am, no, 1" are not of the night
    const night = mer === 'am' && (g.clock.h === 12 || g.clock.h < 6);
    if (mer && mer !== '24' && !night) g.clock = { ...g.clock, mer };
    else if (from.part) g.part = from.part;
  }
}
