import { fault } from '../../errors.ts';
import { dayOfYear, isoDayOfWeek, isoWeek, partsOfLocal, weekOfYear } from './calendar.ts';
import { UTC, type Zone } from './zone.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const pad = (n: number, width: number) => String(n).padStart(width, '0');

/** `2024-05-06T07:08:09.010Z`, MongoDB's default. */
export function isoText(ms: number): string {
  return formatDate(ms, '%Y-%m-%dT%H:%M:%S.%LZ', UTC);
}

/** A date by a `$dateToString` format. */
export function formatDate(ms: number, format: string, zone: Zone): string {
  checkFormat(format);
  const offset = zone.offsetAt(ms);
  const p = partsOfLocal(ms + offset);
  return format.replace(/%([\s\S])/g, (_, letter: string) => {
    switch (letter) {
      case 'Y':
        if (p.year < 0 || p.year > 9999)
          throw fault(18537, `$dateToString is only defined on year 0-9999, tried to use year ${p.year}`);
        return pad(p.year, 4);
      case 'm':
        return pad(p.month, 2);
      case 'd':
        return pad(p.day, 2);
      case 'H':
        return pad(p.hour, 2);
      case 'M':
        return pad(p.minute, 2);
      case 'S':
        return pad(p.second, 2);
      case 'L':
        return pad(p.millisecond, 3);
      case 'j':
        return pad(dayOfYear(p), 3);
      case 'w':
        return String(p.dayOfWeek);
      case 'u':
        return String(isoDayOfWeek(p));
      case 'U':
        return pad(weekOfYear(p), 2);
      case 'V':
        return pad(isoWeek(p).week, 2);
      case 'G':
        return pad(isoWeek(p).year, 4);
      case 'b':
        return MONTHS[p.month - 1]!.slice(0, 3);
      case 'B':
        return MONTHS[p.month - 1]!;
      case 'z':
        return offsetText(offset);
      case 'Z':
        return String(Math.trunc(offset / 60_000));
      default:
        return '%';
    }
  });
}

function checkFormat(format: string): void {
  for (const m of format.matchAll(/%([\s\S]?)/g)) {
    if (m[1] === '') throw fault(18535, "Unmatched '%' at end of format string");
    if (!'YmdHMSLjwuUVGbBzZ%'.includes(m[1]!))
      throw fault(18536, `Invalid format character '%${m[1]}' in format string`);
  }
}

function offsetText(offset: number): string {
  const minutes = Math.trunc(Math.abs(offset) / 60_000);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}
