import { toNumber } from '../bson/numbers.ts';
import { BsonDate, Decimal128, type Doc, isDoc, isNumber, ObjectId, type Value } from '../bson/values.ts';
import { isOperators } from './filter.ts';

/** Tells of a document, as its bytes lie in a page, whether the filter may match it. What it refuses, no filter takes. */
export type Sieve = (page: Buffer, at: number, end: number) => boolean;

/** Looks at one value where it lies: false when the field's condition cannot hold. */
type Test = (page: Buffer, type: number, at: number) => boolean;

const DOUBLE = 1;
const STRING = 2;
const ARRAY = 4;
const UNDEFINED = 6;
const OBJECT_ID = 7;
const DATE = 9;
const SYMBOL = 14;
const INT32 = 16;
const INT64 = 18;
const DECIMAL = 19;

/**
 * From a filter's simple conditions (a top-level field that equals, or is ordered against, a number, a date, a string
 * or an id); undefined when there are none. Of many documents few match, and most are refused at their first
 * wrong field without anything being decoded. The filter still decides on what comes through.
 */
export function compileSieve(filter: Doc, hasCollation: boolean): Sieve | undefined {
  const tests = new Map<string, Test>();
  collect(filter, hasCollation, tests);
  if (tests.size === 0 || tests.size > 30) return undefined;
  const names = [...tests.keys()].map((name) => Buffer.from(`${name}\0`));
  const probes = [...tests.values()];
  const all = 2 ** names.length - 1;
  return (page, from, end) => {
    let seen = 0;
    for (let at = from + 4; at < end; ) {
      const type = page[at++]!;
      // Every condition asks for a field that is there.
      if (type === 0) return seen === all;
      const probe = probeAt(page, at, names, seen);
      while (page[at++] !== 0) if (at >= end) return true;
      if (probe >= 0) {
        if (!probes[probe]!(page, type, at)) return false;
        seen |= 1 << probe;
        if (seen === all) return true;
      }
      const size = sizeOf(page, type, at);
      if (size < 0) return true;
      at += size;
    }
    return true;
  };
}

function probeAt(page: Buffer, at: number, names: readonly Buffer[], seen: number): number {
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (page[at] !== name[0] || (seen & (1 << i)) !== 0) continue;
    let k = 1;
    while (k < name.length && page[at + k] === name[k]) k++;
    if (k === name.length) return i;
  }
  return -1;
}

/** Bytes of a value; -1 for the rare kinds, at which the sieve gives up. */
function sizeOf(page: Buffer, type: number, at: number): number {
  switch (type) {
    case DOUBLE:
    case DATE:
    case 17:
    case INT64:
      return 8;
    case STRING:
      return lengthAt(page, at, 4);
    case 3:
    case ARRAY:
      return lengthAt(page, at, 0);
    case 5:
      return lengthAt(page, at, 5);
    case OBJECT_ID:
      return 12;
    case 8:
      return 1;
    case 10:
      return 0;
    case INT32:
      return 4;
    case DECIMAL:
      return 16;
    default:
      return -1;
  }
}

function lengthAt(page: Buffer, at: number, more: number): number {
  const length = int32(page, at);
  return length < 0 ? -1 : length + more;
}

const int32 = (page: Buffer, at: number): number =>
  page[at]! | (page[at + 1]! << 8) | (page[at + 2]! << 16) | (page[at + 3]! << 24);

function collect(filter: Doc, hasCollation: boolean, tests: Map<string, Test>): void {
  for (const [key, condition] of filter) {
    if (key === '$and' && Array.isArray(condition)) {
      for (const part of condition) if (isDoc(part)) collect(part, hasCollation, tests);
      continue;
    }
    if (key.startsWith('$') || key.includes('.') || key === '' || tests.has(key)) continue;
    const test = testOf(condition, hasCollation);
    if (test !== undefined) tests.set(key, test);
  }
}

function testOf(condition: Value, hasCollation: boolean): Test | undefined {
  if (!isOperators(condition)) return equality(condition, hasCollation);
  for (const [name, operand] of condition as Doc) {
    const test = name === '$eq' ? equality(operand, hasCollation) : ordering(name, operand);
    if (test !== undefined) return test;
  }
  return undefined;
}

function equality(value: Value, hasCollation: boolean): Test | undefined {
  if (typeof value === 'string') return hasCollation ? undefined : sameBytes(STRING, stringBytes(value));
  if (value instanceof ObjectId) return sameBytes(OBJECT_ID, Buffer.from(value.raw, 'latin1'));
  return ordering('$eq', value);
}

const accepts = new Map<string, (value: number, operand: number) => boolean>([
  ['$eq', (value, operand) => value === operand],
  ['$gt', (value, operand) => value > operand],
  ['$gte', (value, operand) => value >= operand],
  ['$lt', (value, operand) => value < operand],
  ['$lte', (value, operand) => value <= operand],
]);

function ordering(name: string, operand: Value): Test | undefined {
  const accept = accepts.get(name);
  if (accept === undefined) return undefined;
  if (operand instanceof BsonDate) {
    const { ms, exact } = operand;
    if (exact !== undefined || !Number.isSafeInteger(ms)) return undefined;
    return (page, type, at) => {
      if (type !== DATE) return isUndecided(type);
      const value = int32(page, at + 4) * 0x1_0000_0000 + page.readUInt32LE(at);
      return !Number.isSafeInteger(value) || accept(value, ms);
    };
  }
  if (!isNumber(operand) || operand instanceof Decimal128) return undefined;
  const number = toNumber(operand);
  // Whole numbers of this size are what they are in every numeric type.
  if (!Number.isSafeInteger(number)) return undefined;
  return (page, type, at) => {
    if (type === INT32) return accept(int32(page, at), number);
    if (type === DOUBLE) {
      const value = page.readDoubleLE(at);
      return Number.isNaN(value) || accept(value, number);
    }
    return type === INT64 || type === DECIMAL || isUndecided(type);
  };
}

function sameBytes(wanted: number, bytes: Buffer): Test {
  return (page, type, at) => {
    if (type !== wanted) return isUndecided(type);
    for (let i = 0; i < bytes.length; i++) if (page[at + i] !== bytes[i]) return false;
    return true;
  };
}

/** An array may hold it in an element, and a symbol is as a string. What is of another type is not equal, nor more or less. */
const isUndecided = (type: number): boolean => type === ARRAY || type === UNDEFINED || type === SYMBOL;

function stringBytes(text: string): Buffer {
  const bytes = Buffer.from(`....${text}\0`);
  bytes.writeInt32LE(bytes.length - 4, 0);
  return bytes;
}
