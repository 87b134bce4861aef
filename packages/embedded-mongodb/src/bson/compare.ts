import type { Collator } from './collation.ts';
import { compareNumbers, type Numeric } from './numbers.ts';
import {
  Binary,
  type BsonDate,
  BsonRegExp,
  type BsonSymbol,
  bsonType,
  Code,
  DBPointer,
  type Doc,
  Int32,
  type ObjectId,
  T,
  type Timestamp,
  type Value,
} from './values.ts';

/** MongoDB's canonical order of types, by type byte: values of one rank are compared with each other. */
export const RANK = new Uint8Array(256);
RANK[T.minKey] = 1;
RANK[T.undefined] = 2;
RANK[T.null] = 5;
for (const t of [T.double, T.int, T.long, T.decimal]) RANK[t] = 10;
for (const t of [T.string, T.symbol]) RANK[t] = 15;
RANK[T.object] = 20;
RANK[T.array] = 25;
RANK[T.binData] = 30;
RANK[T.objectId] = 35;
RANK[T.bool] = 40;
RANK[T.date] = 45;
RANK[T.timestamp] = 47;
RANK[T.regex] = 50;
RANK[T.dbPointer] = 55;
RANK[T.javascript] = 60;
RANK[T.javascriptWithScope] = 65;
RANK[T.maxKey] = 127;

export function rankOf(v: Value): number {
  return RANK[bsonType(v)]!;
}

/** MongoDB's total order over all values: by type, then by value. -1, 0 or 1. */
export function compare(a: Value, b: Value, collation?: Collator): number {
  if (typeof a === 'string' && typeof b === 'string')
    return collation ? collation.compare(a, b) : compareUtf8(a, b);
  if (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a) && !Number.isNaN(b))
    return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof Int32 && b instanceof Int32) return sgn(a.value - b.value);
  const typeA = bsonType(a);
  const rankA = RANK[typeA]!;
  const rankB = rankOf(b);
  if (rankA !== rankB) return rankA < rankB ? -1 : 1;
  return compareSameRank(typeA, a, b, collation);
}

/** Equality in that order: 1, 1.0 and NumberLong(1) are equal, `{a: 1, b: 2}` and `{b: 2, a: 1}` are not. */
export function equals(a: Value, b: Value, collation?: Collator): boolean {
  return a === b || compare(a, b, collation) === 0;
}

/** Order by UTF-8 bytes, which is the order of code points (JavaScript's own is by UTF-16 units). */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      // Surrogates stand for code points above U+FFFF, so they go after U+E000 to U+FFFF.
      const fixedX = x >= 0xd800 ? (x >= 0xe000 ? x - 0x800 : x + 0x2000) : x;
      const fixedY = y >= 0xd800 ? (y >= 0xe000 ? y - 0x800 : y + 0x2000) : y;
      return fixedX < fixedY ? -1 : 1;
    }
  }
  return a.length < b.length ? -1 : a.length > b.length ? 1 : 0;
}

export function compareDocs(a: Doc, b: Doc, collation?: Collator): number {
  const other = b.entries();
  for (const [name, value] of a) {
    const next = other.next();
    if (next.done) return 1;
    const [otherName, otherValue] = next.value;
    const rank = sgn(rankOf(value) - rankOf(otherValue));
    if (rank !== 0) return rank;
    if (name !== otherName) return compareUtf8(name, otherName);
    const order = compare(value, otherValue, collation);
    if (order !== 0) return order;
  }
  return other.next().done ? 0 : -1;
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return sgn(Buffer.compare(a, b));
}

function compareArrays(a: Value[], b: Value[], collation?: Collator): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const order = compare(a[i]!, b[i]!, collation);
    if (order !== 0) return order;
  }
  return sgn(a.length - b.length);
}

function compareSameRank(type: number, a: Value, b: Value, collation?: Collator): number {
  switch (type) {
    case T.double:
    case T.int:
    case T.long:
    case T.decimal:
      return compareNumbers(a as Numeric, b as Numeric);
    case T.string:
    case T.symbol: {
      const x = textOf(a as string | BsonSymbol);
      const y = textOf(b as string | BsonSymbol);
      return collation ? collation.compare(x, y) : compareUtf8(x, y);
    }
    case T.object:
      return compareDocs(a as Doc, b as Doc, collation);
    case T.array:
      return compareArrays(a as Value[], b as Value[], collation);
    case T.bool:
      return sgn(Number(a) - Number(b));
    case T.objectId: {
      const x = (a as ObjectId).raw;
      const y = (b as ObjectId).raw;
      return x < y ? -1 : x > y ? 1 : 0;
    }
    case T.date:
      return compareDates(a as BsonDate, b as BsonDate);
    case T.timestamp: {
      const x = a as Timestamp;
      const y = b as Timestamp;
      return sgn(x.t - y.t || x.i - y.i);
    }
    default:
      return compareRare(a, b, collation);
  }
}

function compareRare(a: Value, b: Value, collation?: Collator): number {
  if (a instanceof Binary && b instanceof Binary)
    return (
      sgn(a.bytes.length - b.bytes.length) || sgn(a.subtype - b.subtype) || compareBytes(a.bytes, b.bytes)
    );
  if (a instanceof BsonRegExp && b instanceof BsonRegExp)
    return compareUtf8(a.pattern, b.pattern) || compareUtf8(a.options, b.options);
  if (a instanceof Code && b instanceof Code)
    return compareUtf8(a.code, b.code) || (a.scope && b.scope ? compareDocs(a.scope, b.scope, collation) : 0);
  if (a instanceof DBPointer && b instanceof DBPointer) return compareUtf8(a.ns, b.ns) || compare(a.id, b.id);
  return 0; // null, undefined, minKey and maxKey equal themselves
}

function compareDates(a: BsonDate, b: BsonDate): number {
  if (a.exact === undefined && b.exact === undefined) return a.ms < b.ms ? -1 : a.ms > b.ms ? 1 : 0;
  const x = a.exact ?? BigInt(a.ms);
  const y = b.exact ?? BigInt(b.ms);
  return x < y ? -1 : x > y ? 1 : 0;
}

const textOf = (v: string | BsonSymbol): string => (typeof v === 'string' ? v : v.value);
const sgn = (n: number): number => (n < 0 ? -1 : n > 0 ? 1 : 0);
