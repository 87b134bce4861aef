import { show } from '../../bson/ejson.ts';
import { compareNumbers, type Numeric, toExactBigInt } from '../../bson/numbers.ts';
import {
  BSON_UNDEFINED,
  BsonDate,
  isDoc,
  isNumber,
  ObjectId,
  Timestamp,
  typeName,
  type Value,
} from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, type Expr, type Scope } from '../expression.ts';

/** Makes an operator's closure from its operand. */
export type MakeOperator = (operand: Value, scope: Scope, name: string) => Expr;
export type OperatorTable = Record<string, MakeOperator>;

/** An operator with `min` to `max` arguments, given as an array or, when it is one, by itself. */
export function args(operand: Value, scope: Scope, name: string, min: number, max: number = min): Expr[] {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length < min || list.length > max) {
    if (min === max)
      throw fault(16020, `Expression ${name} takes exactly ${min} arguments. ${list.length} were passed in.`);
    throw fault(
      28667,
      `Expression ${name} takes at least ${min} arguments, and at most ${max}, but ${list.length} were passed in.`,
    );
  }
  return list.map((item) => compile(item, scope));
}

export function fixed1(
  f: (a: Value | undefined, scope: Scope, name: string) => Value | undefined,
): MakeOperator {
  return (operand, scope, name) => {
    const [a] = args(operand, scope, name, 1) as [Expr];
    return (env) => f(a(env), scope, name);
  };
}

export function fixed2(
  f: (a: Value | undefined, b: Value | undefined, scope: Scope, name: string) => Value | undefined,
): MakeOperator {
  return (operand, scope, name) => {
    const [a, b] = args(operand, scope, name, 2) as [Expr, Expr];
    return (env) => f(a(env), b(env), scope, name);
  };
}

/** Any number of arguments. */
export function variadic(
  f: (values: (Value | undefined)[], scope: Scope, name: string) => Value | undefined,
): MakeOperator {
  return (operand, scope, name) => {
    const list = (Array.isArray(operand) ? operand : [operand]).map((item) => compile(item, scope));
    return (env) =>
      f(
        list.map((e) => e(env)),
        scope,
        name,
      );
  };
}

export interface NamedArgs {
  [name: string]: Expr | undefined;
}

/** An operator whose operand is a document of named arguments. */
export function named(
  operand: Value,
  scope: Scope,
  name: string,
  required: readonly string[],
  optional: readonly string[],
  codes: { notObject: number; unknown: number; missing: number },
): NamedArgs {
  if (!isDoc(operand)) throw fault(codes.notObject, `${name} only supports an object as its argument`);
  const out: NamedArgs = {};
  for (const [key, value] of operand) {
    if (!required.includes(key) && !optional.includes(key))
      throw fault(codes.unknown, `Unrecognized argument to ${name}: ${key}`);
    out[key] = compile(value, scope);
  }
  for (const key of required)
    if (!out[key]) throw fault(codes.missing, `Missing '${key}' parameter to ${name}`);
  return out;
}

export function isNullish(v: Value | undefined): v is null | undefined {
  return v === null || v === undefined || v === BSON_UNDEFINED;
}

/** MongoDB's truth: everything but false, null, missing, undefined and zero. */
export function isTrue(v: Value | undefined): boolean {
  if (v === true) return true;
  if (v === false || isNullish(v)) return false;
  if (isNumber(v)) return compareNumbers(v, 0) !== 0;
  return true;
}

export const nameOf = (v: Value | undefined): string => (v === undefined ? 'missing' : typeName(v));

export function wantNumber(v: Value | undefined, name: string): Numeric {
  if (!isNumber(v)) throw fault(28765, `${name} only supports numeric types, not ${nameOf(v)}`);
  return v;
}

export function wantString(v: Value | undefined, code: number, message: string): string {
  if (typeof v !== 'string') throw fault(code, `${message}${nameOf(v)}`);
  return v;
}

export function wantArray(v: Value | undefined, code: number, message: string): Value[] {
  if (!Array.isArray(v)) throw fault(code, `${message}${nameOf(v)}`);
  return v;
}

/** A whole number that fits 32 bits, or an error of this code. */
export function wantInt(v: Value | undefined, code: number, message: string): number {
  const n = isNumber(v) ? toExactBigInt(v) : undefined;
  if (n === undefined || BigInt.asIntN(32, n) !== n) throw fault(code, `${message}${show(v)}`);
  return Number(n);
}

/** Milliseconds of a date, timestamp or object id; undefined for anything else. */
export function dateMs(v: Value | undefined): number | undefined {
  if (v instanceof BsonDate) return v.ms;
  if (v instanceof Timestamp) return v.t * 1000;
  if (v instanceof ObjectId) return v.ms;
  return undefined;
}
