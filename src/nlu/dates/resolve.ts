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
import { type Hours, meanings, minutes, span, type Time } from './clock.ts';
import type { Group } from './groups.ts';

/** When and where a text is read. */
export type Setting = { now: Wall; today: Day; zone: string; hours: Hours };

export const none = (): DateReading => ({ kind: 'none', text: '' });

/** One group → a reading in the customer's zone. */
export function resolve(g: Group, setting: Setting): DateReading {
  const { now, today, hours } = setting;
  // "abhi 5 baje": the time counts, "now" says that it is today
  if (g.now && (g.clock || g.times))
    return resolve({ ...g, now: false, day: { k: 'day', day: today, start: g.start, end: g.end } }, setting);
  if (g.now && g.moment) return exact(g.moment.wall, setting);
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
  // midnight of a day is its beginning for one, its end for another
  if (g.clock!.midnight)
    return ambiguous([addDays(day, 1), day].map((d) => exact({ ...d, h: 0, mi: 0 }, setting)));
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
  const readings = times.map(as).sort((a, b) => (a.local! < b.local! ? -1 : 1));
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

export function period(from: Day, to: Day, { today }: Setting): DateReading {
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

/** Several possible readings; the first is the likeliest. */
export function ambiguous(readings: DateReading[]): DateReading {
  const real = readings.filter((r) => r.kind !== 'none');
  const alternatives = [...new Set(real.flatMap((r) => r.alternatives ?? (r.local ? [r.local] : [])))];
  if (alternatives.length <= 1) {
    // "wednesday morning or afternoon" is wednesday
    const open = real[0]?.kind === 'date-only' && real.some((r) => r.part !== real[0]!.part);
    return open ? { ...real[0]!, part: undefined } : (real[0] ?? none());
  }
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
