import type { Collator } from '../bson/collation.ts';
import { equals } from '../bson/compare.ts';
import { compareNumbers, type Numeric, toNumber } from '../bson/numbers.ts';
import {
  BsonDate,
  BsonRegExp,
  BsonSymbol,
  type Doc,
  Int32,
  isNumber,
  ObjectId,
  type Value,
} from '../bson/values.ts';
import type { Leaf } from './match.ts';
import { regexLeaf } from './regex.ts';

/** `$in`: strings, ids and ordinary numbers are looked up in a set, however long the list is. */
export function inSet(list: readonly Value[], collation: Collator | undefined): Leaf {
  const hashed = new Set<string | number>();
  const others: Value[] = [];
  const patterns: Leaf[] = [];
  let hasNull = false;
  for (const item of list) {
    if (item === null) hasNull = true;
    if (item instanceof BsonRegExp) patterns.push(regexLeaf(item.pattern, item.options));
    const key = hashKey(item, collation);
    if (key === undefined) others.push(item);
    else hashed.add(key);
  }
  return (v) => {
    if (v === undefined) return hasNull;
    const key = hashKey(v, collation);
    if (key !== undefined) {
      if (hashed.has(key)) return true;
    } else for (const other of others) if (equals(v, other, collation)) return true;
    for (const pattern of patterns) if (pattern(v)) return true;
    return false;
  };
}

/** Equal values have equal keys; a value without a key equals only values without a key. */
export function hashKey(v: Value, collation?: Collator): string | number | undefined {
  if (typeof v === 'string') return `s${collation ? Buffer.from(collation.key(v)).toString('latin1') : v}`;
  if (v instanceof ObjectId) return `o${v.raw}`;
  if (typeof v === 'number') return v === 0 ? 0 : v;
  if (v instanceof Int32) return v.value;
  if (v === null) return 'null';
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  if (v instanceof BsonDate) return v.exact === undefined ? `d${v.ms}` : undefined;
  if (v instanceof Map) return docKey(v, collation);
  if (Array.isArray(v)) return listKey(v, collation);
  if (v instanceof BsonSymbol) return hashKey(v.value, collation);
  return isNumber(v) ? numberKey(v) : undefined;
}

function numberKey(v: Numeric): number | undefined {
  const n = toNumber(v);
  if (Number.isNaN(n)) return Number.NaN;
  return compareNumbers(n, v) === 0 ? (n === 0 ? 0 : n) : undefined;
}

function docKey(doc: Doc, collation: Collator | undefined): string | undefined {
  let out = '{';
  for (const [name, value] of doc) {
    const part = measured(value, collation);
    if (part === undefined) return undefined;
    out += `${name.length}:${name}${part}`;
  }
  return out;
}

function listKey(list: readonly Value[], collation: Collator | undefined): string | undefined {
  let out = '[';
  for (const value of list) {
    const part = measured(value, collation);
    if (part === undefined) return undefined;
    out += part;
  }
  return out;
}

/** With its length before it, so that parts put together cannot be mistaken for other parts. */
function measured(v: Value, collation: Collator | undefined): string | undefined {
  const key = hashKey(v, collation);
  if (typeof key === 'number') return `#${key};`;
  return key === undefined ? undefined : `${key.length}:${key}`;
}
