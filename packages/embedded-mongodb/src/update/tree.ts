import { show } from '../bson/ejson.ts';
import { type Doc, isDoc, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';

/** Returned by a change that takes the field away. */
export const REMOVE: unique symbol = Symbol('remove');

/** What a change is told about its place. */
export interface Place {
  path: string;
  /** The container is an array: taking away leaves null. */
  inArray: boolean;
}

export type ChangeValue = (value: Value | undefined, place: Place) => Value | undefined | typeof REMOVE;

/** MongoDB's limit on elements added to reach an index. */
const MAX_PADDING = 1500000;

/**
 * Changes the value at a path and copies only what lies on the way; gives the same document when the change gives the
 * same value. With `creates`, missing documents on the way are made; without, a missing place is left alone.
 */
export function changeAt(doc: Doc, parts: readonly string[], change: ChangeValue, creates: boolean): Doc {
  return inDoc(doc, parts, 0, change, creates);
}

function inDoc(doc: Doc, parts: readonly string[], i: number, change: ChangeValue, creates: boolean): Doc {
  const name = parts[i]!;
  const old = doc.get(name);
  const next = below(old, parts, i, change, creates, false);
  if (next === old) return doc;
  const out = new Map(doc);
  if (next === REMOVE || next === undefined) out.delete(name);
  else out.set(name, next);
  return out;
}

function inArray(
  array: Value[],
  parts: readonly string[],
  i: number,
  change: ChangeValue,
  creates: boolean,
): Value[] {
  const index = Number(parts[i]);
  const old = array[index];
  const next = below(old, parts, i, change, creates, true);
  if (next === old) return array;
  if (index - array.length > MAX_PADDING)
    throw fault('CannotBackfillArray', `can't backfill more than ${MAX_PADDING} elements`);
  const out = array.slice();
  while (out.length < index) out.push(null);
  out[index] = next === REMOVE || next === undefined ? null : next;
  return out;
}

function below(
  old: Value | undefined,
  parts: readonly string[],
  i: number,
  change: ChangeValue,
  creates: boolean,
  isInArray: boolean,
): Value | undefined | typeof REMOVE {
  if (i === parts.length - 1) {
    if (old === undefined && !creates) return undefined;
    return change(old, { path: parts.join('.'), inArray: isInArray });
  }
  if (isDoc(old)) return inDoc(old, parts, i + 1, change, creates);
  if (Array.isArray(old)) {
    if (/^(?:0|[1-9]\d*)$/.test(parts[i + 1]!)) {
      if (!creates && Number(parts[i + 1]) >= old.length) return old;
      return inArray(old, parts, i + 1, change, creates);
    }
    if (!creates) return old;
    throw notViable(parts, i, old);
  }
  if (!creates) return old;
  if (old !== undefined) throw notViable(parts, i, old);
  // A change that makes nothing (renaming what is missing) must not leave empty documents behind.
  const made = inDoc(new Map(), parts, i + 1, change, creates);
  return made.size === 0 ? undefined : made;
}

function notViable(parts: readonly string[], i: number, value: Value) {
  return fault(
    'PathNotViable',
    `Cannot create field '${parts[i + 1]}' in element {${parts[i]}: ${show(value)}}`,
  );
}
