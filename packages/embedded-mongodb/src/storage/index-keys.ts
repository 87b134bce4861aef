import { type Doc, keyBytes, type Path, type Value } from '../bson/index.ts';
import { hasAnyPath, indexKeys as keysOfPaths } from '../bson/multikey.ts';
import { geoRows } from '../geo/index-keys.ts';
import { toText } from './bytes.ts';
import type { Index } from './catalog.ts';

/** What one document puts into one index: encoded keys without duplicates, and whether an array is in the way. */
export interface IndexKeys {
  keys: Uint8Array[];
  isMultikey: boolean;
}

const NONE: IndexKeys = { keys: [], isMultikey: false };

/** Throws CannotIndexParallelArrays (171) when two fields of a compound index run through different arrays. */
export function indexKeys(index: Index, doc: Doc): IndexKeys {
  if (index.partial !== undefined && !index.partial(doc)) return NONE;
  if (index.geo !== undefined) {
    const keys = geoRows(index, doc).map((row) => keyBytes(row, index.directions, index.collator));
    return { keys, isMultikey: true };
  }
  if (index.sparse && !hasAnyPath(doc, index.paths)) return NONE;
  const values = plainValues(doc, index.paths);
  if (values !== undefined) {
    return { keys: [keyBytes(values, index.directions, index.collator)], isMultikey: false };
  }
  const keys = new Map<string, Uint8Array>();
  for (const { key } of indexRows(index, doc)) keys.set(toText(key), key);
  return { keys: [...keys.values()], isMultikey: true };
}

/** The values behind the keys, for messages about them. */
export function indexRows(index: Index, doc: Doc): { key: Uint8Array; values: Value[] }[] {
  return keysOfPaths(doc, index.paths).map((values) => ({
    key: keyBytes(values, index.directions, index.collator),
    values,
  }));
}

/** The values at the paths; undefined when one of them runs into an array. */
function plainValues(doc: Doc, paths: readonly Path[]): Value[] | undefined {
  const values: Value[] = new Array(paths.length);
  for (let i = 0; i < paths.length; i++) {
    let at: Value | undefined = doc;
    for (const part of paths[i]!.parts) {
      at = at instanceof Map ? at.get(part) : undefined;
      if (Array.isArray(at)) return undefined;
    }
    values[i] = at ?? null;
  }
  return values;
}
