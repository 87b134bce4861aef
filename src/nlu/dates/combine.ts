import type { DateReading } from '../types.ts';

/**
 * Joins what was said before with what is said now: "Friday" then "5 pm" is Friday 17:00; a whole new date replaces.
 * The time said alone keeps the day that was agreed; an evening said before makes of "6" six in the evening.
 */
export function combineDates(before: DateReading | undefined, now: DateReading): DateReading {
  if (!before || before.kind === 'none' || now.kind === 'exact')
    return now.kind === 'none' && before ? before : now;
  if (now.kind === 'none') return before;
  const day = before.date ?? before.local?.slice(0, 10);
  if (day && (now.kind === 'time-only' || (now.kind === 'ambiguous' && sameTimes(now)))) {
    if (!now.time && now.part)
      return {
        ...before,
        kind: 'date-only',
        local: day,
        date: day,
        time: undefined,
        part: now.part,
        text: `${before.text}, ${now.text}`,
      };
    const times = [...new Set((now.alternatives ?? [now.local!]).map((a) => a.slice(11)))];
    const fitting = before.part ? times.filter((t) => fits(t, before.part!)) : times;
    const chosen = fitting.length > 0 ? fitting : times;
    const locals = chosen.map((t) => `${day}T${t}`);
    const text = `${before.text}, ${now.text}`;
    if (locals.length > 1)
      return { kind: 'ambiguous', local: locals[0], date: day, alternatives: locals, text };
    return { kind: 'exact', local: locals[0], date: day, time: chosen[0], text };
  }
  if (now.kind === 'date-only' && before.time && !now.part && before.kind !== 'range')
    return {
      kind: 'exact',
      local: `${now.date}T${before.time}`,
      date: now.date,
      time: before.time,
      past: now.past,
      text: `${before.text}, ${now.text}`,
    };
  return now;
}

/** All alternatives are times of one or the next day: only the hour is open. */
function sameTimes(reading: DateReading): boolean {
  return reading.alternatives?.every((a) => a.includes('T')) ?? false;
}

function fits(time: string, part: string): boolean {
  const h = Number(time.slice(0, 2));
  if (part === 'morning') return h < 12;
  if (part === 'evening' || part === 'night') return h >= 16;
  return part === 'afternoon' || part === 'noon' ? h >= 11 && h < 18 : true;
}
