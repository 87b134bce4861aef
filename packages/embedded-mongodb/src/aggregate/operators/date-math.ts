import { toExactBigInt } from '../../bson/numbers.ts';
import { BsonDate, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { addToDate, differenceOf, truncateDate, type Unit, unitOf, weekdayOf } from '../dates/math.ts';
import type { Env, Expr, Scope } from '../expression.ts';
import { wantDate, zoneReader } from './date-parts.ts';
import { dateMs, isNullish, named, nameOf, type OperatorTable } from './support.ts';

export const dateMath: OperatorTable = {
  $dateAdd: (operand, scope, name) => shift(operand, scope, name, 1n),
  $dateSubtract: (operand, scope, name) => shift(operand, scope, name, -1n),
  $dateDiff: (operand, scope, name) => {
    const a = named(operand, scope, name, ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek'], {
      notObject: 5166301,
      unknown: 5166302,
      missing: 5166303,
    });
    const zone = zoneReader(a.timezone);
    return (env) => {
      const [start, end, unit, z] = [a.startDate!(env), a.endDate!(env), a.unit!(env), zone(env)];
      if (isNullish(start) || isNullish(end) || isNullish(unit) || z === null) return null;
      for (const [v, which, code] of [
        [start, 'startDate', 5166307],
        [end, 'endDate', 5166307],
      ] as const)
        if (dateMs(v) === undefined)
          throw fault(code, `${name} requires '${which}' to be a date, but got ${nameOf(v)}`);
      const u = readUnit(unit, name);
      const week = u === 'week' ? weekStart(a.startOfWeek, env, name) : 0;
      if (week === null) return null;
      return BigInt(differenceOf(wantDate(start), wantDate(end), u, z, week));
    };
  },
  $dateTrunc: (operand, scope, name) => {
    const a = named(operand, scope, name, ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'], {
      notObject: 5439007,
      unknown: 5439008,
      missing: 5439009,
    });
    const zone = zoneReader(a.timezone);
    return (env) => {
      const [date, unit, z] = [a.date!(env), a.unit!(env), zone(env)];
      const bin = a.binSize ? a.binSize(env) : 1;
      if (isNullish(date) || isNullish(unit) || isNullish(bin) || z === null) return null;
      if (dateMs(date) === undefined)
        throw fault(5439012, `${name} requires 'date' to be a date, but got ${nameOf(date)}`);
      const u = readUnit(unit, name);
      const size = isNumber(bin) ? toExactBigInt(bin) : undefined;
      if (size === undefined)
        throw fault(
          5439017,
          `${name} requires 'binSize' to be a 64-bit integer, but got value '${String(bin)}' of type ${nameOf(bin)}`,
        );
      if (size < 1n)
        throw fault(5439018, `${name} requires 'binSize' to be greater than 0, but got value ${size}`);
      const week = u === 'week' ? weekStart(a.startOfWeek, env, name) : 0;
      if (week === null) return null;
      return new BsonDate(truncateDate(wantDate(date), u, Number(size), z, week));
    };
  },
};

function shift(operand: Value, scope: Scope, name: string, sign: bigint): Expr {
  const a = named(operand, scope, name, ['startDate', 'unit', 'amount'], ['timezone'], {
    notObject: 5166400,
    unknown: 5166401,
    missing: 5166402,
  });
  const zone = zoneReader(a.timezone);
  return (env) => {
    const [start, unit, amount, z] = [a.startDate!(env), a.unit!(env), a.amount!(env), zone(env)];
    if (isNullish(start) || isNullish(unit) || isNullish(amount) || z === null) return null;
    if (dateMs(start) === undefined)
      throw fault(5166403, `${name} requires startDate to be convertible to a date`);
    const n = isNumber(amount) ? toExactBigInt(amount) : undefined;
    if (n === undefined) throw fault(5166405, `${name} expects integer amount of time units`);
    const result = addToDate(wantDate(start), readUnit(unit, name), Number(n * sign), z);
    if (!Number.isSafeInteger(result)) throw fault(5166406, `${name} overflowed`);
    return new BsonDate(result);
  };
}

function readUnit(v: Value, name: string): Unit {
  if (typeof v !== 'string')
    throw fault(
      name === '$dateTrunc' ? 5439013 : name === '$dateDiff' ? 5166306 : 5166404,
      `${name} requires 'unit' to be a string, but got ${nameOf(v)}`,
    );
  return unitOf(v);
}

function weekStart(e: Expr | undefined, env: Env, name: string): number | null {
  if (!e) return 0;
  const v = e(env);
  if (isNullish(v)) return null;
  if (typeof v !== 'string')
    throw fault(
      name === '$dateTrunc' ? 5439015 : 5338801,
      `${name} requires 'startOfWeek' to be a string, but got ${nameOf(v)}`,
    );
  return weekdayOf(v);
}
