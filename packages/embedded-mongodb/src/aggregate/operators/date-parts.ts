import { toExactBigInt } from '../../bson/numbers.ts';
import { BsonDate, type Doc, int, isDoc, isNumber, Timestamp, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import {
  type CalendarParts,
  dayOfYear,
  daysFromCivil,
  daysFromIsoWeek,
  isoDayOfWeek,
  isoWeek,
  partsOfLocal,
  weekOfYear,
} from '../dates/calendar.ts';
import { DAY, instantOf, UTC, type Zone, zoneOf } from '../dates/zone.ts';
import { compile, type Env, type Expr, type Scope } from '../expression.ts';
import {
  dateMs,
  fixed1,
  isNullish,
  isTrue,
  type MakeOperator,
  named,
  nameOf,
  type OperatorTable,
} from './support.ts';

const part =
  (read: (p: CalendarParts) => Value): MakeOperator =>
  (operand, scope, name) => {
    const { date, zone } = dateAndZone(operand, scope, name);
    return (env) => {
      const v = date(env);
      const z = zone(env);
      if (isNullish(v) || z === null) return null;
      const ms = wantDate(v);
      return read(partsOfLocal(ms + z.offsetAt(ms)));
    };
  };

export const dateParts: OperatorTable = {
  $year: part((p) => int(p.year)),
  $month: part((p) => int(p.month)),
  $dayOfMonth: part((p) => int(p.day)),
  $dayOfWeek: part((p) => int(p.dayOfWeek)),
  $dayOfYear: part((p) => int(dayOfYear(p))),
  $hour: part((p) => int(p.hour)),
  $minute: part((p) => int(p.minute)),
  $second: part((p) => int(p.second)),
  $millisecond: part((p) => int(p.millisecond)),
  $week: part((p) => int(weekOfYear(p))),
  $isoWeek: part((p) => int(isoWeek(p).week)),
  $isoWeekYear: part((p) => BigInt(isoWeek(p).year)),
  $isoDayOfWeek: part((p) => int(isoDayOfWeek(p))),
  $dateToParts: (operand, scope, name) => {
    const { date, timezone, iso8601 } = named(operand, scope, name, ['date'], ['timezone', 'iso8601'], {
      notObject: 40524,
      unknown: 40520,
      missing: 40522,
    });
    const zone = zoneReader(timezone);
    return (env) => {
      const v = date!(env);
      const z = zone(env);
      const iso = iso8601?.(env);
      if (isNullish(v) || z === null || (iso8601 && isNullish(iso))) return null;
      const ms = wantDate(v);
      const p = partsOfLocal(ms + z.offsetAt(ms));
      const week = isoWeek(p);
      const day: [string, number][] = isTrue(iso)
        ? [
            ['isoWeekYear', week.year],
            ['isoWeek', week.week],
            ['isoDayOfWeek', isoDayOfWeek(p)],
          ]
        : [
            ['year', p.year],
            ['month', p.month],
            ['day', p.day],
          ];
      const time: [string, number][] = [
        ['hour', p.hour],
        ['minute', p.minute],
        ['second', p.second],
        ['millisecond', p.millisecond],
      ];
      return new Map([...day, ...time].map(([k, n]) => [k, int(n)])) as Doc;
    };
  },
  $dateFromParts: fromParts,
  $tsSecond: fixed1((v) => (isNullish(v) ? null : BigInt(wantTimestamp(v, '$tsSecond', 5687301).t))),
  $tsIncrement: fixed1((v) => (isNullish(v) ? null : BigInt(wantTimestamp(v, '$tsIncrement', 5687302).i))),
};

export function wantDate(v: Value): number {
  const ms = dateMs(v);
  if (ms === undefined) throw fault(16006, `can't convert from BSON type ${nameOf(v)} to Date`);
  return ms;
}

/** Reads a zone; null when the expression gives null, UTC when there is none. */
export function zoneReader(timezone: Expr | undefined): (env: Env) => Zone | null {
  if (!timezone) return () => UTC;
  return (env) => {
    const v = timezone(env);
    if (isNullish(v)) return null;
    if (typeof v !== 'string') throw fault(40517, `timezone must evaluate to a string, found ${nameOf(v)}`);
    return zoneOf(v);
  };
}

/** The operand is a date, or `{date, timezone}`. */
function dateAndZone(
  operand: Value,
  scope: Scope,
  name: string,
): { date: Expr; zone: (env: Env) => Zone | null } {
  const single = Array.isArray(operand) ? operand[0] : operand;
  if (Array.isArray(operand) && operand.length !== 1)
    throw fault(
      40536,
      `${name} accepts exactly one argument if given an array, but was given ${operand.length}`,
    );
  if (isDoc(single) && !(single.keys().next().value ?? '').startsWith('$')) {
    for (const key of single.keys())
      if (key !== 'date' && key !== 'timezone')
        throw fault(40535, `unrecognized option to ${name}: "${key}"`);
    if (!single.has('date')) throw fault(40539, `missing 'date' argument to ${name}, provided: timezone`);
    const timezone = single.has('timezone') ? compile(single.get('timezone')!, scope) : undefined;
    return { date: compile(single.get('date')!, scope), zone: zoneReader(timezone) };
  }
  return { date: compile(single!, scope), zone: () => UTC };
}

function wantTimestamp(v: Value, name: string, code: number): Timestamp {
  if (!(v instanceof Timestamp))
    throw fault(code, `${name} requires a timestamp argument, found: ${nameOf(v)}`);
  return v;
}

function fromParts(operand: Value, scope: Scope, name: string): Expr {
  const civil = ['year', 'month', 'day'];
  const iso = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];
  const a = named(
    operand,
    scope,
    name,
    [],
    [...civil, ...iso, 'hour', 'minute', 'second', 'millisecond', 'timezone'],
    { notObject: 40519, unknown: 40518, missing: 40516 },
  );
  const isIso = iso.some((k) => a[k]);
  if (!a.year && !a.isoWeekYear)
    throw fault(40516, `${name} requires either 'year' or 'isoWeekYear' to be present`);
  if (isIso && civil.some((k) => a[k]))
    throw fault(a.year ? 40489 : 40525, `${name} does not allow mixing natural dates with ISO dates`);
  const zone = zoneReader(a.timezone);
  return (env) => {
    const z = zone(env);
    let isNull = z === null;
    const read = (key: string, fallback: number): number => {
      const v = a[key] ? a[key](env) : int(fallback);
      if (isNullish(v)) {
        isNull = true;
        return 0;
      }
      const n = isNumber(v) ? toExactBigInt(v) : undefined;
      if (n === undefined)
        throw fault(
          40515,
          `'${key}' must evaluate to an integer, found ${nameOf(v)} with value ${String(v)}`,
        );
      if ((key === 'year' || key === 'isoWeekYear') && (n < 1n || n > 9999n))
        throw fault(
          key === 'year' ? 40523 : 31095,
          `'${key}' must evaluate to an integer in the range 1 to 9999, found ${n}`,
        );
      if (n < -32768n || n > 32767n)
        if (!['second', 'millisecond', 'minute', 'hour'].includes(key))
          throw fault(
            31034,
            `'${key}' must evaluate to a value in the range [-32768, 32767]; value ${n} is not in range`,
          );
      return Number(n);
    };
    const days = isIso
      ? daysFromIsoWeek(read('isoWeekYear', 1970), read('isoWeek', 1), read('isoDayOfWeek', 1))
      : daysFromCivil(read('year', 1970), read('month', 1), 1) + read('day', 1) - 1;
    const time =
      read('hour', 0) * 3_600_000 +
      read('minute', 0) * 60_000 +
      read('second', 0) * 1000 +
      read('millisecond', 0);
    return isNull ? null : new BsonDate(instantOf(days * DAY + time, z!));
  };
}
