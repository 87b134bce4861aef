/** Times in the organisation's zone, whatever the browser's. The zone comes with the session (`setZone`). */
let zone = 'UTC';
const locale = 'en-GB';
export function setZone(name: string): void {
  zone = name;
  formats.clear();
}
export const zoneName = () => zone;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

/** `4:30 pm` */
export const clock = (iso: string | number | Date) =>
  format('clock', { hour: 'numeric', minute: '2-digit', hour12: true })
    .format(new Date(iso))
    .replace(/\s/g, ' ')
    .toLowerCase();
/** `2026-11-23` in the zone; sorts and compares. */
export const dayKey = (iso: string | number | Date) => {
  const parts = partsOf(new Date(iso));
  return `${parts.year}-${parts.month}-${parts.day}`;
};
/** `Today`, `Tomorrow`, `Yesterday`, `Fri 27 Nov`, `Fri 27 Nov 2025` */
export function day(iso: string | number | Date, now = Date.now()): string {
  const key = dayKey(iso);
  const step = (days: number) => dayKey(now + days * 86_400_000);
  if (key === step(0)) return 'Today';
  if (key === step(1)) return 'Tomorrow';
  if (key === step(-1)) return 'Yesterday';
  const sameYear = key.slice(0, 4) === step(0).slice(0, 4);
  return format(sameYear ? 'day' : 'dayYear', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
  })
    .format(new Date(iso))
    .replace(',', '');
}
/** `Today, 4:30 pm` */
export const moment = (iso: string | number | Date) => `${day(iso)}, ${clock(iso)}`;
/** With the zone's name, for tooltips: `Monday 23 November 2026 at 4:30 pm IST` */
export const fullMoment = (iso: string | number | Date) =>
  `${format('full', { dateStyle: 'full', timeStyle: 'short' }).format(new Date(iso))} (${zone})`;

/** `now`, `5 min`, `3 h`, `2 d`, `5 wk`, then the day; for the past and for what is to come. */
export function distance(iso: string | number | Date, now = Date.now()): string {
  const minutes = Math.round(Math.abs(new Date(iso).getTime() - now) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.round(minutes / 60)} h`;
  if (minutes < 14 * 24 * 60) return `${Math.round(minutes / 1440)} d`;
  if (minutes < 70 * 24 * 60) return `${Math.round(minutes / 10_080)} wk`;
  return day(iso, now);
}

/** For `<input type="datetime-local">`: the zone's wall clock, `2026-11-23T16:30`. */
export function toLocalInput(iso: string | number | Date): string {
  const parts = partsOf(new Date(iso));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}
/** The instant at which the zone's clock shows `local`. In a gap of daylight saving: the moment after it. */
export function fromLocalInput(local: string): string {
  const wall = Date.parse(`${local}:00Z`);
  const first = wall - offsetAt(wall);
  return new Date(wall - offsetAt(first)).toISOString();
}

function offsetAt(instant: number): number {
  return Date.parse(`${toLocalInput(instant)}:00Z`) - Math.floor(instant / 60_000) * 60_000;
}
function partsOf(date: Date): Record<string, string> {
  const parts = format('parts', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(date);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}
