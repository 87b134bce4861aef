import { clean } from '../text.ts';
import type { DateReading } from '../types.ts';
import {
  addDays,
  type Day,
  daysBetween,
  dayText,
  instantOf,
  timeText,
  type Wall,
  wallAt,
  wallText,
} from './calendar.ts';
import { readByChrono } from './chrono.ts';
import { type Hours, meanings, minutes, span, type Time, USUAL_HOURS } from './clock.ts';
import { type Group, group } from './groups.ts';
import type { Item } from './items.ts';
import { scan } from './scan.ts';
import { type Token, tokenise } from './tokens.ts';

export type DateOptions = {
  now: Date;
  /** IANA name of the customer's zone. */
  timezone: string;
  /** Which number stands first in 05/04; day by default. */
  order?: 'dmy' | 'mdy';
  /** A date or time was asked for: bare numbers and short names count. */
  expecting?: boolean;
  /** Hours in which a bare "5" is thinkable, whole hours; 8 to 20 by default. */
  hours?: Hours;
};

type Setting = { now: Wall; today: Day; zone: string; hours: Hours };

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
  const items = scan(tokens, { now, order: options.order ?? 'dmy', expecting });
  kalMeansYesterday(items, tokens, setting);
  const lower = text.toLowerCase();
  const groups = group(items, lower).filter((g) => isMeant(g, tokens, items, expecting));
  if (groups.length === 0) return readByChrono(tokens, text, now) ?? none();
  const reading = choose(groups, items, setting, lower);
  return { ...reading, text: reading.text || text.slice(groups[0]!.start, groups.at(-1)!.end) };
}

const none = (): DateReading => ({ kind: 'none', text: '' });

/** Hindi "kal" is tomorrow and yesterday; a past verb and no future time decides for yesterday. */
function kalMeansYesterday(items: Item[], tokens: Token[], { today }: Setting): void {
  const past = items.some((item) => item.k === 'word' && item.past);
  const future = tokens.some((t) => /(unga|ungi|enge|egi|ega|oge|ogi)$/.test(t.raw));
  if (!past || future) return;
  for (const item of items) {
    const word = item.k === 'day' && tokens.find((t) => t.start === item.start)?.raw;
    if (item.k !== 'day') continue;
    if (word === 'kal' || word === 'kl' || word === 'कल') item.day = addDays(today, -1);
    if (word === 'parso' || word === 'परसों' || word === 'parson') item.day = addDays(today, -2);
  }
}

/** Everyday words that look like a date count only in company. */
function isMeant(g: Group, tokens: Token[], items: Item[], expecting: boolean): boolean {
  if (expecting) return true;
  const timed = g.clock || g.times || g.part;
  const short = tokens.length <= 3;
  if (g.day?.weak && !timed && !g.rival && !short)
    return items.some((i) => i.k === 'link' && i.link === 'or');
  if (g.now) return tokens.length <= 6;
  const partOnly = g.part && !g.day && !g.days && !g.clock && !g.times;
  if (partOnly) return tokens.length <= 4 || g.end >= tokens.at(-1)!.end;
  return Boolean(timed || g.day || g.days || g.moment);
}

const MOVES = /\b(shift|move|resched|postpone|prepone|chang|badal|verschieb|cambi|deplac|instead)/;

function choose(all: Group[], items: Item[], setting: Setting, text: string): DateReading {
  let groups = all.filter((g) => !g.negated);
  const instead = groups.find((g) => g.link === 'instead');
  if (instead && groups.length > 1) {
    groups = groups.filter((g) => g !== instead);
    for (const g of groups) inherit(g, instead, true);
    return { ...choose(groups, items, setting, text), from: resolve(instead, setting) };
  }
  if (groups.length === 0) return none();
  const fixed = groups.findLastIndex((g, i) => g.fix && i > 0);
  if (fixed > 0) {
    inherit(groups[fixed]!, groups[fixed - 1]!);
    groups = groups.slice(fixed);
  }
  const rejected = all.find((g) => g.negated);
  if (rejected && groups.length === 1) inherit(groups[0]!, rejected, true);
  if (groups.length === 1) return resolve(groups[0]!, setting);
  return several(groups, setting, text);
}

function several(groups: Group[], setting: Setting, text: string): DateReading {
  const last = groups.at(-1)!;
  const before = groups.at(-2)!;
  if (groups.some((g) => g.link === 'or')) {
    for (let i = 1; i < groups.length; i++) inherit(groups[i]!, groups[i - 1]!);
    for (let i = groups.length - 2; i >= 0; i--) inherit(groups[i]!, groups[i + 1]!);
    return ambiguous(groups.map((g) => resolve(g, setting)));
  }
  if (last.link === 'to' && before.day && last.day) {
    const timed = before.clock || last.clock;
    if (timed || MOVES.test(text)) return { ...resolve(last, setting), from: resolve(before, setting) };
    return period(before.day.day, last.day.day, setting);
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
    if (from.clock?.mer && from.clock.mer !== '24') g.clock = { ...g.clock, mer: from.clock.mer };
    else if (from.part) g.part = from.part;
  }
}

/** Several possible readings; the first is the likeliest. */
function ambiguous(readings: DateReading[]): DateReading {
  const real = readings.filter((r) => r.kind !== 'none');
  const alternatives = [...new Set(real.flatMap((r) => r.alternatives ?? (r.local ? [r.local] : [])))];
  if (alternatives.length <= 1) return real[0] ?? none();
  const first = real[0]!;
  return {
    kind: 'ambiguous',
    local: alternatives[0],
    date: first.date,
    time: first.time,
    part: first.part,
    alternatives,
    past: real.every((r) => r.past) || undefined,
    text: '',
  };
}

/** One group → a reading in the customer's zone. */
function resolve(g: Group, setting: Setting): DateReading {
  const { now, today, hours } = setting;
  if (g.now)
    return {
      kind: 'exact',
      local: wallText(now),
      date: dayText(now),
      time: timeText(now.h, now.mi),
      part: 'now',
      text: '',
    };
  if (g.moment) return exact(g.moment.wall, setting);
  if (g.rival) {
    const one = resolve({ ...g, rival: undefined }, setting);
    return ambiguous([one, resolve({ ...g, rival: undefined, day: g.rival }, setting)]);
  }
  if (g.bound === 'before' && g.clock) {
    const limit = meanings(g.clock, g.part, hours)[0]!;
    const part = limit.h <= 12 ? 'morning' : 'afternoon';
    if (!(g.day || g.days) || limit.h <= 12)
      return resolve({ ...g, clock: undefined, bound: undefined, part }, setting);
    return {
      ...resolve({ ...g, clock: undefined, bound: undefined, part: undefined }, setting),
      end: `${dayText(g.day?.day ?? today)}T${timeText(limit.h, limit.mi)}`,
    };
  }
  if (g.days) return withinDays(g, setting);
  if (g.times) {
    const both = span(g.times.a, g.times.b, g.part, hours);
    if (!both) return none();
    const day = g.day?.day ?? nextDayFor(both[0], setting);
    const start = moved({ ...day, ...both[0] }, g.zone, setting);
    const end = moved({ ...day, ...both[1] }, g.zone, setting);
    return {
      kind: 'range',
      local: wallText(start),
      end: wallText(end),
      date: dayText(start),
      time: timeText(start.h, start.mi),
      past: isPast(end, now) || undefined,
      text: '',
    };
  }
  if (g.clock) return g.day ? dayAndTime(g, g.day, setting) : timeOnly(g, setting);
  if (g.day) {
    const past = daysBetween(today, g.day.day) < 0;
    const reading: DateReading = {
      kind: 'date-only',
      local: dayText(g.day.day),
      date: dayText(g.day.day),
      part: g.part,
      past: past || undefined,
      text: '',
    };
    const sameDay = g.day.plain && !g.part && daysBetween(today, g.day.day) === 0;
    if (!sameDay) return reading;
    return { ...reading, kind: 'ambiguous', alternatives: [dayText(today), dayText(addDays(today, 7))] };
  }
  if (g.part) return { kind: 'time-only', part: g.part, text: '' };
  return none();
}

function dayAndTime(g: Group, item: NonNullable<Group['day']>, setting: Setting): DateReading {
  const { now, today, hours } = setting;
  let day = item.day;
  const times = meanings(g.clock!, g.part, hours);
  // "night 1" belongs to the small hours after that evening
  if (g.part === 'night' && times[0]!.h < 5 && !g.clock!.mer) day = addDays(day, 1);
  const walls = times.map((t) => ({ ...day, ...t }));
  if (daysBetween(today, day) === 0 && !g.zone) {
    const ahead = walls.filter((w) => !isPast(w, now));
    if (ahead.length > 0)
      return ahead.length === 1 ? exact(ahead[0]!, setting) : ambiguous(ahead.map((w) => exact(w, setting)));
    // a plain weekday that is today, at a time that is over, is next week's
    if (item.plain) return exact({ ...addDays(day, 7), ...times[0]! }, setting);
    const evening = { ...day, h: (g.clock!.h % 12) + 12, mi: g.clock!.mi };
    if (!g.clock!.mer && !g.part && evening.h <= 22 && !isPast(evening, now))
      return ambiguous([exact(evening, setting), exact({ ...addDays(day, 1), ...times[0]! }, setting)]);
  }
  const readings = walls.map((w) => exact(moved(w, g.zone, setting), setting));
  return readings.length === 1 ? readings[0]! : ambiguous(readings);
}

/** A time without a day: its next occurrence is proposed, the kind says that no day was given. */
function timeOnly(g: Group, setting: Setting): DateReading {
  const { now, today, hours } = setting;
  const times = meanings(g.clock!, g.part, hours);
  const next = (t: Time): Wall => {
    const wall = moved({ ...today, ...t }, g.zone, setting);
    return isPast(wall, now) ? { ...addDays(wall, 1), h: wall.h, mi: wall.mi } : wall;
  };
  const as = (t: Time): DateReading => {
    const wall = next(t);
    return {
      kind: 'time-only',
      local: wallText(wall),
      date: dayText(wall),
      time: timeText(wall.h, wall.mi),
      part: g.part,
      text: '',
    };
  };
  const readings = times.map(as);
  const sure = g.clock!.mer || g.part;
  if (!sure && times.length === 1) {
    // "at 9" when nine has gone: tonight or tomorrow morning
    const wall = { ...today, ...times[0]! };
    const other = { h: (times[0]!.h + 12) % 24, mi: times[0]!.mi };
    if (isPast(wall, now) && other.h > 12 && other.h <= 22 && !isPast({ ...today, ...other }, now))
      return ambiguous([as(other), as(times[0]!)]);
  }
  return readings.length === 1 ? readings[0]! : ambiguous(readings);
}

function withinDays(g: Group, setting: Setting): DateReading {
  const { from, to, part } = g.days!;
  const reading = { ...period(from, to, setting), part: part ?? g.part };
  if (g.clock) reading.time = timeText(meanings(g.clock, g.part, setting.hours)[0]!.h, g.clock.mi);
  return reading;
}

function period(from: Day, to: Day, { today }: Setting): DateReading {
  return {
    kind: 'range',
    local: dayText(from),
    end: dayText(to),
    date: dayText(from),
    past: daysBetween(today, to) < 0 || undefined,
    text: '',
  };
}

function exact(wall: Wall, { now }: Setting): DateReading {
  return {
    kind: 'exact',
    local: wallText(wall),
    date: dayText(wall),
    time: timeText(wall.h, wall.mi),
    past: isPast(wall, now) || undefined,
    text: '',
  };
}

/** A time said in another zone, on the customer's clock. */
function moved(wall: Wall, zone: string | undefined, setting: Setting): Wall {
  return zone ? wallAt(instantOf(wall, zone), setting.zone) : wall;
}

function nextDayFor(start: Time, { now, today }: Setting): Day {
  return minutes(start) <= now.h * 60 + now.mi ? addDays(today, 1) : today;
}

function isPast(a: Wall, now: Wall): boolean {
  const days = daysBetween(now, a);
  return days < 0 || (days === 0 && a.h * 60 + a.mi < now.h * 60 + now.mi);
}
