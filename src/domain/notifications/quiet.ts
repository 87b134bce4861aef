/** When somebody may be disturbed: quiet hours of the organisation and of a person, digests. Pure. */
import type { Digest, QuietHours } from '../../core/config-schema.ts';
import { addDays, addMinutes, clockTimeOn, isoTimeOf, startOfHour } from '../../core/zone.ts';

export type Wait = { until: Date; why: 'quiet' | 'hourly' | 'daily' };

/**
 * Until when a notice waits; undefined: it goes at once. What is urgent never waits, nor what would only be read when
 * the moment that it tells of is over.
 * @param quiet every window that holds for the recipient, in the organisation's zone
 */
export function waitFor(
  now: Date,
  how: {
    urgent: boolean;
    digest: Digest;
    quiet: QuietHours[];
    dailyAt: string;
    zone: string;
    /** The moment that it tells of. */
    about?: Date | undefined;
  },
): Wait | undefined {
  const { urgent, digest, quiet, zone, about } = how;
  if (urgent) return undefined;
  const until = endOfQuiet(nextDigest(now, digest, how), quiet, zone);
  if (until <= now || (about && about > now && about <= until)) return undefined;
  return { until, why: digest === 'none' ? 'quiet' : digest };
}

function nextDigest(now: Date, digest: Digest, { dailyAt, zone }: { dailyAt: string; zone: string }): Date {
  if (digest === 'none') return now;
  if (digest === 'hourly') return addMinutes(startOfHour(now, zone), 60);
  const today = clockTimeOn(now, dailyAt, zone);
  return today > now ? today : clockTimeOn(addDays(now, 1, zone), dailyAt, zone);
}

export const isQuiet = (moment: Date, quiet: QuietHours[], zone: string): boolean => {
  const time = isoTimeOf(moment, zone);
  return quiet.some(({ from, to }) => (from < to ? time >= from && time < to : time >= from || time < to));
};

/** The first moment from this one on at which no window holds; the moment itself where they leave no gap. */
export function endOfQuiet(moment: Date, quiet: QuietHours[], zone: string): Date {
  let end = moment;
  // Windows may follow upon one another; each can be met once before the day is round.
  for (let met = 0; isQuiet(end, quiet, zone); met++) {
    if (met > quiet.length * 2) return moment;
    const holding = quiet.filter((window) => isQuiet(end, [window], zone));
    end = endOf(end, holding[0]!, zone);
  }
  return end;
}

/**
 * Where the clock is put back, a time of the day comes twice, and the window ends at the second one if it holds again;
 * where it is put forward over the window's end, it ends with the jump.
 */
function endOf(moment: Date, window: QuietHours, zone: string): Date {
  const quiet = (at: Date) => isQuiet(at, [window], zone);
  const days = [moment, addDays(moment, 1, zone)].map((day) => clockTimeOn(day, window.to, zone));
  let end = days
    .flatMap((day) => [0, 30, 60].map((later) => addMinutes(day, later)))
    .filter((at) => at > moment && !quiet(at))
    .sort((a, b) => a.getTime() - b.getTime())[0]!;
  while (addMinutes(end, -1) > moment && !quiet(addMinutes(end, -1))) end = addMinutes(end, -1);
  return end;
}
