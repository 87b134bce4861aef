import { fault } from '../errors.ts';
import { formatDecimal, parseDecimal } from './decimal.ts';
import {
  Binary,
  BSON_UNDEFINED,
  BsonDate,
  BsonRegExp,
  BsonSymbol,
  BsonUndefined,
  Code,
  DBPointer,
  Decimal128,
  type Doc,
  Int32,
  int,
  MAX_KEY,
  MaxKey,
  MIN_KEY,
  MinKey,
  ObjectId,
  Timestamp,
  type Value,
} from './values.ts';

/**
 * Extended JSON v2, read and written. A plain JSON integer is an int (or a long when it does not fit), any other
 * JSON number is a double; `{"$numberLong": "5"}`, `{"$oid": …}`, `{"$date": …}` and so on are what they say.
 */
export function fromEjson(json: unknown): Value {
  if (json === null || typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'bigint') return json;
  if (typeof json === 'number') return numberFromJson(json);
  if (Array.isArray(json)) return json.map(fromEjson);
  const object = json as Record<string, unknown>;
  const special = wrapped(object);
  if (special !== undefined) return special;
  return new Map(Object.entries(object).map(([k, v]) => [k, fromEjson(v)]));
}

export function docFromEjson(json: unknown): Doc {
  const value = fromEjson(json);
  if (!(value instanceof Map)) throw fault('BadValue', 'A document was expected.');
  return value;
}

/** Relaxed Extended JSON: dates as ISO text, ints and doubles as JSON numbers. */
export function toEjson(v: Value): unknown {
  if (v === null || typeof v === 'string' || typeof v === 'boolean') return v;
  if (typeof v === 'number') return Number.isFinite(v) ? v : { $numberDouble: String(v) };
  if (typeof v === 'bigint') return { $numberLong: v.toString() };
  if (Array.isArray(v)) return v.map(toEjson);
  if (v instanceof Map) {
    const out: Record<string, unknown> = Object.create(null);
    for (const [k, item] of v) out[k] = toEjson(item);
    return out;
  }
  if (v instanceof Int32) return v.value;
  if (v instanceof ObjectId) return { $oid: v.hex };
  if (v instanceof BsonDate) return { $date: isoDate(v) };
  if (v instanceof Decimal128) return { $numberDecimal: formatDecimal(v) };
  if (v instanceof Timestamp) return { $timestamp: { t: v.t, i: v.i } };
  if (v instanceof Binary) {
    const subType = v.subtype.toString(16).padStart(2, '0');
    return { $binary: { base64: Buffer.from(v.bytes).toString('base64'), subType } };
  }
  if (v instanceof BsonRegExp) return { $regularExpression: { pattern: v.pattern, options: v.options } };
  if (v instanceof Code) return v.scope ? { $code: v.code, $scope: toEjson(v.scope) } : { $code: v.code };
  if (v instanceof BsonSymbol) return { $symbol: v.value };
  if (v instanceof DBPointer) return { $dbPointer: { $ref: v.ns, $id: { $oid: v.id.hex } } };
  if (v instanceof MinKey) return { $minKey: 1 };
  if (v instanceof MaxKey) return { $maxKey: 1 };
  if (v instanceof BsonUndefined) return { $undefined: true };
  throw fault('InternalError', 'Unknown value.');
}

/** A value in a message, in the shell's style: `{ a: 1, b: "x" }`. */
export function show(v: Value | undefined): string {
  if (v === undefined) return 'missing';
  if (typeof v === 'string') return JSON.stringify(v);
  if (v instanceof Int32) return String(v.value);
  if (typeof v === 'number') return Number.isInteger(v) ? v.toFixed(1) : String(v);
  if (typeof v === 'bigint') return String(v);
  if (Array.isArray(v)) return v.length ? `[ ${v.map(show).join(', ')} ]` : '[]';
  if (v instanceof Map) {
    if (v.size === 0) return '{}';
    return `{ ${[...v].map(([k, item]) => `${k}: ${show(item)}`).join(', ')} }`;
  }
  if (v instanceof ObjectId) return `ObjectId('${v.hex}')`;
  if (v instanceof BsonDate) return `new Date(${v.exact ?? v.ms})`;
  if (v instanceof Decimal128) return formatDecimal(v);
  if (v instanceof BsonRegExp) return `/${v.pattern}/${v.options}`;
  return v === null || typeof v === 'boolean' ? String(v) : JSON.stringify(toEjson(v));
}

function numberFromJson(n: number): Value {
  if (!Number.isInteger(n) || Object.is(n, -0)) return n;
  if (n >= -2147483648 && n <= 2147483647) return int(n);
  return Number.isSafeInteger(n) ? BigInt(n) : n;
}

function isoDate(d: BsonDate): unknown {
  const inRange = d.exact === undefined && d.ms >= 0 && d.ms < 253402300800000;
  return inRange
    ? new Date(d.ms).toISOString().replace('.000Z', 'Z')
    : { $numberLong: String(d.exact ?? d.ms) };
}

function wrapped(o: Record<string, unknown>): Value | undefined {
  const keys = Object.keys(o);
  const first = keys[0];
  if (!first?.startsWith('$') || keys.length > 2) return undefined;
  const v = o[first] as any;
  if (keys.length === 2) {
    if (first === '$code' && '$scope' in o) return new Code(v, docFromEjson(o.$scope));
    return undefined;
  }
  switch (first) {
    case '$oid':
      return ObjectId.fromHex(v);
    case '$numberInt':
      return int(Number(v));
    case '$numberLong':
      return BigInt(v);
    case '$numberDouble':
      return Number(v);
    case '$numberDecimal':
      return parseDecimal(v);
    case '$date': {
      if (typeof v === 'string') return new BsonDate(Date.parse(v));
      if (typeof v === 'number') return new BsonDate(v);
      const exact = BigInt(v.$numberLong);
      const ms = Number(exact);
      return Number.isSafeInteger(ms) ? new BsonDate(ms) : new BsonDate(ms, exact);
    }
    case '$timestamp':
      return new Timestamp(v.t, v.i);
    case '$binary':
      return new Binary(new Uint8Array(Buffer.from(v.base64, 'base64')), Number.parseInt(v.subType, 16));
    case '$uuid':
      return new Binary(new Uint8Array(Buffer.from(v.replaceAll('-', ''), 'hex')), 4);
    case '$regularExpression':
      return new BsonRegExp(v.pattern, v.options);
    case '$code':
      return new Code(v);
    case '$symbol':
      return new BsonSymbol(v);
    case '$dbPointer':
      return new DBPointer(v.$ref, ObjectId.fromHex(v.$id.$oid));
    case '$minKey':
      return MIN_KEY;
    case '$maxKey':
      return MAX_KEY;
    case '$undefined':
      return BSON_UNDEFINED;
    default:
      return undefined;
  }
}
