import type { Collator } from '../bson/collation.ts';
import { equals } from '../bson/compare.ts';
import { compareNumbers, toNumber } from '../bson/numbers.ts';
import { BsonRegExp, BsonSymbol, Int32, isNumber, ObjectId, type Value } from '../bson/values.ts';
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
  if (v instanceof BsonSymbol) return hashKey(v.value, collation);
  if (isNumber(v)) {
    const n = toNumber(v);
    if (Number.isNaN(n)) return Number.NaN;
    return compareNumbers(n, v) === 0 ? (n === 0 ? 0 : n) : undefined;
  }
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  return v === null ? 'null' : undefined;
}
