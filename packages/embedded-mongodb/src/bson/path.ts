import { type Doc, isDoc, type Value } from './values.ts';

/** A field path split at its dots, with the numeric reading of each part (-1 when it is not an array index). */
export interface Path {
  readonly text: string;
  readonly parts: readonly string[];
  readonly index: readonly number[];
}

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

export function parsePath(text: string): Path {
  const parts = text.split('.');
  return { text, parts, index: parts.map((p) => (INDEX.test(p) ? Number(p) : -1)) };
}

/** Is told each value that a path leads to; `undefined` is "missing". Returns true to stop. */
export type Visit = (value: Value | undefined) => boolean;

/**
 * Visits what a match expression sees at a path: arrays on the way are entered, numeric parts are also tried as
 * indexes; at the end an array gives its elements and then itself (`leafArrays`: 'expand'), or only itself ('whole').
 * An array on the way without matching elements gives nothing at all, not even "missing": so `{a: []}` does not match
 * `{'a.b': null}`. Returns true as soon as the visitor does.
 */
export function visitPath(doc: Doc, path: Path, leafArrays: 'expand' | 'whole', visit: Visit): boolean {
  return walk(doc, path, 0, leafArrays, visit);
}

function walk(doc: Doc, path: Path, from: number, leaf: 'expand' | 'whole', visit: Visit): boolean {
  const last = path.parts.length - 1;
  let at: Doc = doc;
  for (let i = from; ; i++) {
    const value = at.get(path.parts[i]!);
    if (Array.isArray(value)) return inArray(value, path, i + 1, leaf, visit);
    if (i === last) return visit(value);
    if (!isDoc(value)) return visit(undefined);
    at = value;
  }
}

/** The array was reached; `next` is the part after it. */
function inArray(array: Value[], path: Path, next: number, leaf: 'expand' | 'whole', visit: Visit): boolean {
  if (next === path.parts.length) {
    if (leaf === 'expand') for (const item of array) if (visit(item)) return true;
    return visit(array);
  }
  const index = path.index[next]!;
  for (let i = 0; i < array.length; i++) {
    const item = array[i]!;
    if (isDoc(item) && walk(item, path, next, leaf, visit)) return true;
    if (i === index) {
      if (next + 1 === path.parts.length) {
        if (visit(item)) return true;
      } else if (isDoc(item)) {
        if (walk(item, path, next + 1, leaf, visit)) return true;
      } else if (Array.isArray(item) && inArray(item, path, next + 1, leaf, visit)) return true;
    }
  }
  return false;
}

/** All that a path leads to, in the way of `visitPath`; for callers that want a list. */
export function getPath(
  doc: Doc,
  path: string | Path,
  leafArrays: 'expand' | 'whole' = 'whole',
): (Value | undefined)[] {
  const out: (Value | undefined)[] = [];
  visitPath(doc, typeof path === 'string' ? parsePath(path) : path, leafArrays, (v) => {
    out.push(v);
    return false;
  });
  return out;
}
