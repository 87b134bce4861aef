import { fault } from '../errors.ts';
import type { Path } from './path.ts';
import { BSON_UNDEFINED, type Doc, isDoc, type Value } from './values.ts';

/**
 * The keys that a document has under an index (or sort) on `paths`: one list of values, or several when a path goes
 * through an array. A missing field is null, an empty array is undefined. `null` instead of a list of keys is never
 * given; duplicates may occur. Throws CannotIndexParallelArrays (171) when two paths go through different arrays.
 */
export function indexKeys(doc: Doc, paths: readonly Path[]): Value[][] {
  const out: Value[][] = [];
  expand(
    paths.map((path) => ({ path, at: doc as Value | undefined, next: 0 })),
    out,
  );
  return out;
}

/** Does the document have any of the paths? A sparse index leaves out the documents that have none. */
export function hasAnyPath(doc: Doc, paths: readonly Path[]): boolean {
  const expandHas = (value: Value | undefined, path: Path, next: number): boolean => {
    if (value === undefined) return false;
    if (next === path.parts.length) return true;
    if (isDoc(value)) return expandHas(value.get(path.parts[next]!), path, next + 1);
    if (!Array.isArray(value)) return false;
    const index = path.index[next]!;
    if (index >= 0 && index < value.length && expandHas(value[index], path, next + 1)) return true;
    return value.some((item) => isDoc(item) && expandHas(item, path, next));
  };
  return paths.some((path) => expandHas(doc, path, 0));
}

interface Cursor {
  readonly path: Path;
  readonly at: Value | undefined;
  /** The number of the path's parts already walked. */
  readonly next: number;
  /** An element of an expanded array is final at the end of its path, even if it is an array itself. */
  readonly final?: boolean;
}

function expand(start: Cursor[], out: Value[][]): void {
  const cursors = start.map(advance);
  const stuck = cursors.find((c) => Array.isArray(c.at) && !c.final);
  if (!stuck) {
    out.push(cursors.map((c) => c.at ?? null));
    return;
  }
  const array = stuck.at as Value[];
  const isSame = (c: Cursor) => c.next === stuck.next && samePrefix(c.path, stuck.path, stuck.next);
  for (const c of cursors)
    if (Array.isArray(c.at) && !c.final && !isSame(c))
      throw fault(
        'CannotIndexParallelArrays',
        `cannot index parallel arrays [${lastPart(c)}] [${lastPart(stuck)}]`,
      );
  const members = array.length > 0 ? array : [undefined];
  for (const item of members)
    expand(
      cursors.map((c) => {
        if (!isSame(c) || !Array.isArray(c.at) || c.final) return c;
        const ends = c.next === c.path.parts.length;
        if (array.length === 0)
          return { ...c, at: ends ? BSON_UNDEFINED : undefined, next: c.path.parts.length };
        return { path: c.path, at: ends || isDoc(item) ? item : undefined, next: c.next, final: ends };
      }),
      out,
    );
}

const lastPart = (c: Cursor) => c.path.parts[c.next - 1];

function samePrefix(a: Path, b: Path, length: number): boolean {
  for (let i = 0; i < length; i++) if (a.parts[i] !== b.parts[i]) return false;
  return true;
}

function advance(c: Cursor): Cursor {
  const { path } = c;
  let { at, next } = c;
  while (next < path.parts.length) {
    if (isDoc(at)) at = at.get(path.parts[next]!);
    else if (Array.isArray(at)) {
      const index = path.index[next]!;
      const part = path.parts[next]!;
      if (index < 0 || index >= at.length) break;
      if (at.some((item) => isDoc(item) && item.has(part)))
        throw fault(
          16746,
          `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${part}' for array: ${path.text}`,
        );
      at = at[index];
    } else {
      at = undefined;
      next = path.parts.length;
      break;
    }
    next++;
  }
  return { path, at, next, final: c.final };
}
