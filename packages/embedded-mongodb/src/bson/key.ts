import type { Collator } from './collation.ts';
import { RANK } from './compare.ts';
import { decimalToNumber, partsOf } from './decimal.ts';
import { compareNumbers, exactParts, type Numeric } from './numbers.ts';
import {
  type Binary,
  type BsonDate,
  type BsonRegExp,
  type BsonSymbol,
  bsonType,
  type Code,
  type DBPointer,
  Decimal128,
  type Doc,
  Int32,
  type ObjectId,
  T,
  type Timestamp,
  type Value,
} from './values.ts';

/**
 * Bytes whose memcmp order is the order of `compare` over the values one after another, each ascending (1) or
 * descending (-1). Nothing is truncated, and equal keys mean equal values. A shorter list of values makes a prefix
 * of the longer one's key, so bounds on a compound key's prefix are byte prefixes.
 */
export function keyBytes(
  values: readonly Value[],
  directions: readonly (1 | -1)[],
  collation?: Collator,
): Uint8Array {
  pos = 0;
  for (let i = 0; i < values.length; i++) {
    const start = pos;
    writeValue(values[i]!, collation);
    if (directions[i] === -1) for (let at = start; at < pos; at++) buf[at]! ^= 0xff;
  }
  const out = Buffer.allocUnsafe(pos);
  buf.copy(out, 0, 0, pos);
  return out;
}

let buf = Buffer.allocUnsafeSlow(4096);
let pos = 0;

function room(bytes: number): void {
  if (pos + bytes <= buf.length) return;
  const bigger = Buffer.allocUnsafeSlow(Math.max(buf.length * 2, pos + bytes));
  buf.copy(bigger, 0, 0, pos);
  buf = bigger;
}

/** One byte for the type's rank, then the value; every body is self-terminating. */
function writeValue(v: Value, collation: Collator | undefined): void {
  const type = bsonType(v);
  room(24);
  buf[pos++] = RANK[type]!;
  writeBody(type, v, collation);
}

function writeBody(type: number, v: Value, collation: Collator | undefined): void {
  switch (type) {
    case T.double:
    case T.int:
    case T.long:
    case T.decimal:
      writeNumber(v as Numeric);
      return;
    case T.string:
      writeText(v as string, collation);
      return;
    case T.symbol:
      writeText((v as BsonSymbol).value, collation);
      return;
    case T.object:
      writeDoc(v as Doc, collation);
      return;
    case T.array:
      for (const item of v as Value[]) writeValue(item, collation);
      writeByte(0);
      return;
    case T.binData: {
      const { bytes, subtype } = v as Binary;
      room(bytes.length + 8);
      pos = buf.writeUInt32BE(bytes.length, pos);
      buf[pos++] = subtype;
      buf.set(bytes, pos);
      pos += bytes.length;
      return;
    }
    case T.objectId:
      pos += buf.latin1Write((v as ObjectId).raw, pos, 12);
      return;
    case T.bool:
      writeByte(v ? 1 : 0);
      return;
    case T.date: {
      const { ms, exact } = v as BsonDate;
      const bits = exact ?? BigInt(ms);
      pos = buf.writeBigUInt64BE(BigInt.asUintN(64, bits) ^ (1n << 63n), pos);
      return;
    }
    case T.timestamp:
      pos = buf.writeUInt32BE((v as Timestamp).t, pos);
      pos = buf.writeUInt32BE((v as Timestamp).i, pos);
      return;
    case T.regex:
      writeText((v as BsonRegExp).pattern);
      writeText((v as BsonRegExp).options);
      return;
    case T.dbPointer:
      writeText((v as DBPointer).ns);
      room(12);
      pos += buf.latin1Write((v as DBPointer).id.raw, pos, 12);
      return;
    case T.javascript:
      writeText((v as Code).code);
      return;
    case T.javascriptWithScope:
      writeText((v as Code).code);
      writeDoc((v as Code).scope!, collation);
      return;
    default: // null, undefined, minKey and maxKey are their rank alone
  }
}

/** Documents compare by type, then by name, then by value: field after field. The end sorts first. */
function writeDoc(doc: Doc, collation: Collator | undefined): void {
  for (const [name, value] of doc) {
    const type = bsonType(value);
    writeByte(RANK[type]!);
    writeText(name);
    room(24);
    writeBody(type, value, collation);
  }
  writeByte(0);
}

function writeByte(byte: number): void {
  room(1);
  buf[pos++] = byte;
}

/** UTF-8 with 00 escaped as 00 FF and 00 00 at the end, so that a prefix sorts before what it begins. */
function writeText(text: string, collation?: Collator): void {
  if (collation) {
    writeEscaped(collation.key(text));
    return;
  }
  room(text.length * 3 + 2);
  const start = pos;
  pos += buf.utf8Write(text, pos);
  if (text.includes('\0')) {
    const raw = Buffer.from(buf.subarray(start, pos));
    pos = start;
    writeEscaped(raw);
    return;
  }
  buf[pos++] = 0;
  buf[pos++] = 0;
}

function writeEscaped(bytes: Uint8Array): void {
  room(bytes.length * 2 + 2);
  for (const byte of bytes) {
    buf[pos++] = byte;
    if (byte === 0) buf[pos++] = 0xff;
  }
  buf[pos++] = 0;
  buf[pos++] = 0;
}

/**
 * A number is written as the largest double that is not above it, in an order-preserving form, then 00 when it is
 * that double exactly, otherwise 01 and its exact decimal digits. So all numeric types meet in one order, and Longs
 * above 2^53 and decimals lose nothing.
 */
function writeNumber(v: Numeric): void {
  const n = v instanceof Int32 ? v.value : v;
  if (typeof n === 'number') {
    writeDouble(n);
    buf[pos++] = 0;
    return;
  }
  const floor = floorDouble(n);
  writeDouble(floor);
  if (compareNumbers(floor, n) === 0) {
    buf[pos++] = 0;
    return;
  }
  buf[pos++] = 1;
  writeExact(n);
}

function writeDouble(d: number): void {
  if (Number.isNaN(d)) {
    buf.fill(0, pos, pos + 8);
    pos += 8;
    return;
  }
  buf.writeDoubleBE(d === 0 ? 0 : d, pos);
  if (buf[pos]! & 0x80) for (let i = 0; i < 8; i++) buf[pos + i]! ^= 0xff;
  else buf[pos]! |= 0x80;
  pos += 8;
}

function floorDouble(n: bigint | Decimal128): number {
  if (n instanceof Decimal128 && partsOf(n).kind !== 'finite') return decimalToNumber(n);
  const near = typeof n === 'bigint' ? Number(n) : decimalToNumber(n);
  if (near === Infinity) return Number.MAX_VALUE;
  return compareNumbers(near, n) <= 0 ? near : previousDouble(near);
}

function previousDouble(d: number): number {
  if (d === 0) return -Number.MIN_VALUE;
  scratch.setFloat64(0, d);
  scratch.setBigInt64(0, scratch.getBigInt64(0) + (d > 0 ? -1n : 1n));
  return scratch.getFloat64(0);
}

const scratch = new DataView(new ArrayBuffer(8));

/** Exponent, then digits without trailing zeros; turned over for negative numbers. */
function writeExact(n: bigint | Decimal128): void {
  const { negative, coefficient, exponent } = exactParts(n);
  const digits = coefficient.toString();
  const significant = digits.replace(/0+$/, '');
  room(significant.length + 4);
  const start = pos;
  pos = buf.writeUInt16BE(exponent + digits.length + 0x4000, pos);
  pos += buf.latin1Write(significant, pos);
  buf[pos++] = 0;
  if (negative) for (let at = start; at < pos; at++) buf[at]! ^= 0xff;
}
