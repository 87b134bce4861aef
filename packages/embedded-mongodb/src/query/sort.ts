import type { Collator } from '../bson/collation.ts';
import { compare } from '../bson/compare.ts';
import { indexKeys } from '../bson/multikey.ts';
import { toNumber } from '../bson/numbers.ts';
import { type Path, parsePath } from '../bson/path.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/values.ts';
import { fault, MongoServerFault } from '../errors.ts';

export interface SortKey {
  path: Path;
  direction: 1 | -1;
}

/** Checks a sort specification. Throws BadValue (2) as MongoDB does. */
export function parseSort(spec: Doc): SortKey[] {
  const keys: SortKey[] = [];
  for (const [name, value] of spec) {
    if (isDoc(value)) {
      if (value.has('$meta'))
        throw fault('NotImplemented', 'Sorting by $meta needs text search, which is not available here.');
      throw fault(15974, `Illegal key in $sort specification: ${name}`);
    }
    if (!isNumber(value)) throw fault(15974, `Illegal key in $sort specification: ${name}`);
    const n = toNumber(value);
    if (n !== 1 && n !== -1)
      throw fault(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (name === '') throw fault(40352, 'FieldPath cannot be constructed with empty string');
    keys.push({ path: parsePath(name), direction: n });
  }
  return keys;
}

/** Orders documents; an array counts by its least element when ascending and by its greatest when descending. */
export function compileSort(spec: Doc, collation?: Collator): (a: Doc, b: Doc) => number {
  const keys = parseSort(spec);
  const key = sortKeyOf(keys, collation);
  const order = compileKeyOrder(keys, collation);
  return (a, b) => order(key(a), key(b));
}

/** Orders what `sortKeyOf` gave. Working on keys made once is much faster than on documents. */
export function compileKeyOrder(keys: SortKey[], collation?: Collator): (a: Value[], b: Value[]) => number {
  return (a, b) => {
    for (let i = 0; i < keys.length; i++) {
      const order = compare(a[i]!, b[i]!, collation);
      if (order !== 0) return order * keys[i]!.direction;
    }
    return 0;
  };
}

export function sortKeyOf(keys: SortKey[], collation?: Collator): (doc: Doc) => Value[] {
  const paths = keys.map((k) => k.path);
  const order = compileKeyOrder(keys, collation);
  return (doc) => {
    const simple = simpleKey(doc, paths);
    if (simple) return simple;
    const all = keysOf(doc, paths);
    let best = all[0]!;
    for (const candidate of all) if (order(candidate, best) < 0) best = candidate;
    return best;
  };
}

/** The key when no array is on the way. */
function simpleKey(doc: Doc, paths: readonly Path[]): Value[] | undefined {
  const out: Value[] = [];
  for (const path of paths) {
    let at: Value | undefined = doc;
    for (const part of path.parts) {
      if (!isDoc(at)) {
        at = undefined;
        break;
      }
      at = at.get(part);
      if (Array.isArray(at)) return undefined;
    }
    out.push(at ?? null);
  }
  return out;
}

function keysOf(doc: Doc, paths: readonly Path[]): Value[][] {
  try {
    return indexKeys(doc, paths);
  } catch (error) {
    if (error instanceof MongoServerFault && error.codeName === 'CannotIndexParallelArrays')
      throw fault('BadValue', 'cannot sort with keys that are parallel arrays');
    throw error;
  }
}
