import { compareBytes } from './compare.ts';
import {
  Binary,
  BsonDate,
  BsonRegExp,
  BsonSymbol,
  bsonType,
  Code,
  DBPointer,
  Decimal128,
  Int32,
  ObjectId,
  Timestamp,
  type Value,
} from './values.ts';

/**
 * The same value in the same type and the same bytes: what an update checks to see whether it changes anything.
 * Unlike `equals`, 1 and 1.0 differ, and so do 0.0 and -0.0.
 */
export function identical(a: Value | undefined, b: Value | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== 'object' || typeof b !== 'object' || bsonType(a) !== bsonType(b)) return false;
  if (a instanceof Map && b instanceof Map) {
    if (a.size !== b.size) return false;
    const other = b.entries();
    for (const [name, value] of a) {
      const [otherName, otherValue] = other.next().value!;
      if (name !== otherName || !identical(value, otherValue)) return false;
    }
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => identical(item, b[i]));
  if (a instanceof Int32) return a.value === (b as Int32).value;
  if (a instanceof ObjectId) return a.raw === (b as ObjectId).raw;
  if (a instanceof BsonDate) return a.ms === (b as BsonDate).ms && a.exact === (b as BsonDate).exact;
  if (a instanceof Decimal128) return compareBytes(a.bytes, (b as Decimal128).bytes) === 0;
  if (a instanceof Timestamp) return a.t === (b as Timestamp).t && a.i === (b as Timestamp).i;
  if (a instanceof Binary)
    return a.subtype === (b as Binary).subtype && compareBytes(a.bytes, (b as Binary).bytes) === 0;
  if (a instanceof BsonRegExp)
    return a.pattern === (b as BsonRegExp).pattern && a.options === (b as BsonRegExp).options;
  if (a instanceof Code) return a.code === (b as Code).code && identical(a.scope, (b as Code).scope);
  if (a instanceof BsonSymbol) return a.value === (b as BsonSymbol).value;
  if (a instanceof DBPointer) return a.ns === (b as DBPointer).ns && identical(a.id, (b as DBPointer).id);
  return true; // undefined, minKey and maxKey have no content
}
