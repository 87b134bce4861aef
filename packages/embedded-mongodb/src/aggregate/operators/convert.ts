import { isInt, isLong, toDecimal } from '../../bson/arithmetic.ts';
import { parseDecimal, partsOf } from '../../bson/decimal.ts';
import { toNumber } from '../../bson/numbers.ts';
import {
  Binary,
  BsonDate,
  Decimal128,
  Int32,
  int,
  isDoc,
  isNumber,
  ObjectId,
  T,
  Timestamp,
  type TypeName,
  typeName,
  type Value,
} from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { parseDate } from '../dates/parse.ts';
import { isTrue, nameOf } from './support.ts';
import { scalarText } from './to-text.ts';

export type Target =
  | 'bool'
  | 'date'
  | 'decimal'
  | 'double'
  | 'int'
  | 'long'
  | 'objectId'
  | 'string'
  | 'binData';

const TARGETS: readonly string[] = [
  'bool',
  'date',
  'decimal',
  'double',
  'int',
  'long',
  'objectId',
  'string',
  'binData',
];

/** The `to` of `$convert`: a type's name or number, or `{type: …}`. */
export function targetOf(v: Value): Target {
  if (isDoc(v)) {
    if (v.has('subtype') && toNumber(v.get('subtype') as Int32) !== 4)
      throw fault('FailedToParse', "$convert's 'subtype' is available here only for UUIDs (4)");
    return targetOf(v.get('type') ?? null);
  }
  let name: string | undefined;
  if (typeof v === 'string') {
    if (!(v in T)) throw fault('BadValue', `Unknown type name: ${v}`);
    name = v;
  } else if (isNumber(v)) {
    const code = toNumber(v);
    name = (Object.keys(T) as TypeName[]).find((k) => T[k] === (code === -1 ? T.minKey : code));
    if (!Number.isInteger(code))
      throw fault('FailedToParse', "In $convert, numeric 'to' argument is not an integer");
    if (!name)
      throw fault(
        'FailedToParse',
        `In $convert, numeric value for 'to' does not correspond to a BSON type: ${code}`,
      );
  } else
    throw fault('FailedToParse', `$convert's 'to' argument must be a string or number, but is ${nameOf(v)}`);
  if (!TARGETS.includes(name)) throw unsupported('(any)', name);
  return name as Target;
}

/** Converts, or throws ConversionFailure (241). */
export function convertTo(v: Value, target: Target): Value {
  switch (target) {
    case 'bool':
      return isTrue(v);
    case 'string': {
      if (v instanceof Binary && v.subtype === 4) return uuidText(v);
      const text = v instanceof Timestamp ? undefined : scalarText(v);
      if (text === undefined) throw unsupported(typeName(v), target);
      return text;
    }
    case 'objectId':
      if (v instanceof ObjectId) return v;
      if (typeof v !== 'string') throw unsupported(typeName(v), target);
      if (!/^[0-9a-fA-F]{24}$/.test(v))
        throw failure(
          `Failed to parse objectId '${v}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${v.length}`,
        );
      return ObjectId.fromHex(v);
    case 'date':
      return toDate(v);
    case 'binData': {
      if (v instanceof Binary) return v;
      if (typeof v !== 'string' || !/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(v))
        throw typeof v === 'string'
          ? failure(`Failed to parse UUID '${v}' in $convert with no onError value`)
          : unsupported(typeName(v), target);
      return new Binary(new Uint8Array(Buffer.from(v.replaceAll('-', ''), 'hex')), 4);
    }
    default:
      return toNumeric(v, target);
  }
}

function toDate(v: Value): Value {
  if (v instanceof BsonDate) return v;
  if (typeof v === 'string') return parseDate(v);
  if (v instanceof ObjectId) return new BsonDate(v.ms);
  if (v instanceof Timestamp) return new BsonDate(v.t * 1000);
  if (isNumber(v) && !(v instanceof Int32)) {
    const n = Math.trunc(toNumber(v));
    if (!Number.isFinite(n) || Math.abs(n) > 2 ** 63)
      throw failure(`Conversion would overflow target type in $convert with no onError value: ${n}`);
    return new BsonDate(n);
  }
  throw unsupported(typeName(v), 'date');
}

function toNumeric(v: Value, target: 'double' | 'int' | 'long' | 'decimal'): Value {
  if (typeof v === 'boolean') return fromNumber(int(v ? 1 : 0), target);
  if (isNumber(v)) return fromNumber(v, target);
  if (v instanceof BsonDate && target !== 'int')
    return target === 'long' ? BigInt(v.ms) : fromNumber(BigInt(v.ms), target);
  if (typeof v === 'string') return fromText(v, target);
  throw unsupported(typeName(v), target);
}

function fromNumber(
  v: number | bigint | Int32 | Decimal128,
  target: 'double' | 'int' | 'long' | 'decimal',
): Value {
  if (target === 'decimal') return toDecimal(v);
  if (target === 'double') {
    const n = toNumber(v);
    if (v instanceof Decimal128 && !Number.isFinite(n) && partsOf(v).kind === 'finite')
      throw failure('Conversion would overflow target type in $convert with no onError value');
    return n;
  }
  if (v instanceof Int32) return target === 'int' ? v : BigInt(v.value);
  const whole = typeof v === 'bigint' ? v : truncate(v);
  if (target === 'long') {
    if (!isLong(whole))
      throw failure(`Conversion would overflow target type in $convert with no onError value: ${whole}`);
    return whole;
  }
  if (!isInt(Number(whole)))
    throw failure(`Conversion would overflow target type in $convert with no onError value: ${whole}`);
  return int(Number(whole));
}

function truncate(v: number | Decimal128): bigint {
  const n = toNumber(v);
  if (Number.isNaN(n))
    throw failure('Attempt to convert NaN value to integer type in $convert with no onError value');
  if (!Number.isFinite(n) || Math.abs(n) > 1e19)
    throw failure(`Conversion would overflow target type in $convert with no onError value: ${n}`);
  if (typeof v === 'number') return BigInt(Math.trunc(v));
  const { negative, coefficient, exponent } = partsOf(v);
  const magnitude =
    exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent);
  return negative ? -magnitude : magnitude;
}

function fromText(text: string, target: 'double' | 'int' | 'long' | 'decimal'): Value {
  const bad = (why: string) =>
    failure(`Failed to parse number '${text}' in $convert with no onError value: ${why}`);
  if (target === 'decimal') {
    const d = /^\s/.test(text) ? undefined : parseDecimal(text);
    if (!d) throw bad('Failed to parse string to decimal');
    return d;
  }
  if (target === 'double') {
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) {
      const n = Number(text);
      if (!Number.isFinite(n)) throw bad('Out of range');
      return n;
    }
    const special = /^([+-])?(inf(?:inity)?|nan)$/i.exec(text);
    if (!special) throw bad('Did not consume whole string.');
    return special[2]!.toLowerCase() === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
  }
  if (!/^[+-]?\d+$/.test(text)) throw bad('Did not consume whole string.');
  const whole = BigInt(text.replace('+', ''));
  if (target === 'long') {
    if (!isLong(whole)) throw bad('Overflow');
    return whole;
  }
  if (!isInt(Number(whole))) throw bad('Overflow');
  return int(Number(whole));
}

function uuidText(v: Binary): string {
  const hex = Buffer.from(v.bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const failure = (message: string) => fault('ConversionFailure', message);
const unsupported = (from: string, to: string) =>
  fault(
    'ConversionFailure',
    `Unsupported conversion from ${from} to ${to} in $convert with no onError value`,
  );
