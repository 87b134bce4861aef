/** Local wall times ('YYYY-MM-DDTHH:mm') of a zone, and how they are read out. */
import { DateTime } from 'luxon';

export const instantOf = (local: string, zone: string): Date => DateTime.fromISO(local, { zone }).toJSDate();
export const localOf = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
export const isZone = (zone: unknown): zone is string =>
  typeof zone === 'string' && DateTime.local().setZone(zone).isValid;

const dayParts: [number, string][] = [
  [4, 'रात'],
  [12, 'सुबह'],
  [16, 'दोपहर'],
  [20, 'शाम'],
  [24, 'रात'],
];

/** "Thursday, 12 March 2026, 5:00 PM IST"; in Hindi "गुरुवार, 12 मार्च 2026, शाम 5:00 बजे IST". */
export function readOut(local: string, zone: string, locale: string): string {
  const at = DateTime.fromISO(local, { zone });
  const short = zoneName(at, zone);
  if (locale !== 'hi')
    return `${at.setLocale('en-GB').toFormat('cccc, d LLLL yyyy, h:mm')} ${at.hour < 12 ? 'AM' : 'PM'} ${short}`;
  const part = dayParts.find(([until]) => at.hour < until)![1];
  const day = at.reconfigure({ locale: 'hi', numberingSystem: 'latn' }).toFormat('cccc, d LLLL yyyy');
  return `${day}, ${part} ${at.toFormat('h:mm')} बजे ${short}`;
}

/** "Thursday, 12 March 2026" */
export function readOutDay(day: string, zone: string, locale: string): string {
  const at = DateTime.fromISO(day.slice(0, 10), { zone });
  return at
    .reconfigure({ locale: locale === 'hi' ? 'hi' : 'en-GB', numberingSystem: 'latn' })
    .toFormat('cccc, d LLLL yyyy');
}

/** For a button, 20 characters at most: "Thu 12 Mar, 5:00 PM". */
export function readOutShort(local: string, zone: string): string {
  const at = DateTime.fromISO(local, { zone }).setLocale('en-GB');
  return `${at.toFormat('ccc d')} ${at.toFormat('LLL').slice(0, 3)}, ${at.toFormat('h:mm')} ${at.hour < 12 ? 'AM' : 'PM'}`;
}

export const zoneLetters = (at: Date, zone: string): string =>
  zoneName(DateTime.fromJSDate(at, { zone }), zone);

const named = new Map<string, string>();
/** The letters by which a zone is known where it lies (IST, CET), else its offset; asked of Intl once per zone and offset. */
function zoneName(at: DateTime, zone: string): string {
  const key = `${zone} ${at.offset}`;
  const known = named.get(key);
  if (known) return known;
  const names = ['en-IN', 'en-GB', 'en-US', 'en-AU'].map((locale) => nameIn(locale, at.toJSDate(), zone));
  const name = names.find((one) => !/^(GMT|UTC)./.test(one)) ?? names[0]!;
  if (named.size < 1000) named.set(key, name);
  return name;
}

function nameIn(locale: string, at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

/** Hours are the office's own: " IST" after them for who lives in another zone. */
export const officeLetters = (zone: string, office: string, at: Date): string =>
  zone === office ? '' : ` ${zoneLetters(at, office)}`;
