import { createRequire } from 'node:module';
import type { DateReading } from '../types.ts';
import { dayText, isDay, timeText, type Wall, wallText } from './calendar.ts';
import type { Token } from './tokens.ts';

type Chrono = typeof import('chrono-node/en');
let chrono: Chrono | undefined;

/** Loads chrono-node (some 40 ms), so that no message has to wait for it. */
export function warmChrono(): Chrono {
  if (!chrono) {
    chrono = createRequire(import.meta.url)('chrono-node/en') as Chrono;
    chrono.parse('first monday of next month at 5pm');
  }
  return chrono;
}

/** Words without which chrono is not asked: it reads dates into too much. */
const DATE_WORD = /^(W\d|M\d+)$/;

/**
 * The rarer English ways ("last friday of june", "three weeks from monday"). Only the day and clock fields are
 * taken, from a reference whose own zone is declared UTC: the server's zone never enters.
 */
export function readByChrono(tokens: Token[], text: string, now: Wall): DateReading | undefined {
  if (
    tokens.length > 40 ||
    !tokens.some((t) => DATE_WORD.test(t.c) && t.raw.length > 3) ||
    !/[a-z]/i.test(text)
  )
    return;
  const instant = new Date(Date.UTC(now.y, now.m - 1, now.d, now.h, now.mi));
  const [found] = warmChrono().parse(text, { instant, timezone: 0 }, { forwardDate: true });
  const start = found?.start;
  if (!start?.isCertain('day') && !start?.isCertain('weekday')) return;
  const y = start.get('year')!;
  const m = start.get('month')!;
  const d = start.get('day')!;
  if (!isDay(y, m, d)) return;
  const day = { y, m, d };
  const date = dayText(day);
  const past = date < dayText(now) || undefined;
  if (!start.isCertain('hour')) return { kind: 'date-only', local: date, date, past, text: found!.text };
  const wall = { ...day, h: start.get('hour')!, mi: start.get('minute') ?? 0 };
  return {
    kind: 'exact',
    local: wallText(wall),
    date,
    time: timeText(wall.h, wall.mi),
    past: wallText(wall) < wallText(now) || undefined,
    text: found!.text,
  };
}
