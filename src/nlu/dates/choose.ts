import type { DateReading } from '../types.ts';
import { addDays, daysBetween, weekdayOf } from './calendar.ts';
import type { Group } from './groups.ts';
import { ambiguous, none, period, resolve, type Setting } from './resolve.ts';

const MOVES =
  /\b(shift|move|push|resched|postpone|prepone|chang|badal|verschieb|verleg|cambi|deplac|decal|report|instead|pospon|\b(?:ki|ka|wali|wala) (?:meeting|demo|appointment|appt|visit|call|slot) .*\b(?:kar|rakh) (?:do|dijiye|de|dena|lo)|se .* kar (?:do|dijiye|de|dena)|se .* (?:kardo|krdo))/;

const SAME_TIME =
  /\b(same (?:time|timing|slot|hour)|(?:usi|same|wahi) (?:time|samay|waqt)|gleichen? (?:uhr)?zeit|misma hora|meme heure)\b|उसी (?:समय|टाइम)/;

/** The one reading that the groups agree on; several that do not are asked about. */
export function choose(all: Group[], setting: Setting, text: string): DateReading {
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
    const chosen = groups.length === 1 ? resolve(groups[0]!, setting) : choose(groups, setting, text);
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
  // "from 10 am tomorrow till 2 pm"
  if (
    groups.length === 2 &&
    (last.bound === 'before' || (last.link === 'to' && last.clock?.mer)) &&
    before.day &&
    before.clock &&
    last.clock &&
    !last.day &&
    !MOVES.test(text)
  )
    return resolve({ ...before, clock: undefined, times: { a: before.clock, b: last.clock } }, setting);
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
