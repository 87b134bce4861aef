import { identical } from '../bson/identical.ts';
import { type Doc, equals, int, type Value } from '../bson/index.ts';
import { doc } from './context.ts';

/**
 * What an update changed, as a change stream tells it: fields set, fields removed, arrays cut short. Paths that
 * could be read in two ways (a name with a dot, a field with a number for its name) are given by their parts as well.
 */
export function differences(before: Doc, after: Doc): Doc {
  const updated: Doc = new Map();
  const removed: Value[] = [];
  const truncated: Value[] = [];
  const ambiguous: Doc = new Map();
  compareDocs(before, after, [], { updated, removed, truncated, ambiguous });
  const told = doc(['updatedFields', updated], ['removedFields', removed], ['truncatedArrays', truncated]);
  if (ambiguous.size > 0) told.set('disambiguatedPaths', ambiguous);
  return told;
}

interface Found {
  updated: Doc;
  removed: Value[];
  truncated: Value[];
  ambiguous: Doc;
}

/** Names of fields, and positions in arrays. */
type Parts = readonly (string | number)[];

function pathOf(parts: Parts, found: Found): string {
  const path = parts.join('.');
  if (parts.some((part) => typeof part === 'string' && /\.|^\d+$/.test(part))) {
    found.ambiguous.set(
      path,
      parts.map((part) => (typeof part === 'number' ? int(part) : part)),
    );
  }
  return path;
}

function compareDocs(before: Doc, after: Doc, parts: Parts, found: Found): void {
  for (const field of before.keys()) {
    if (!after.has(field)) found.removed.push(pathOf([...parts, field], found));
  }
  for (const [field, value] of after) compareValues(before.get(field), value, [...parts, field], found);
}

function compareValues(before: Value | undefined, after: Value, parts: Parts, found: Found): void {
  if (before === after || (before !== undefined && sameValue(before, after))) return;
  if (before instanceof Map && after instanceof Map) {
    compareDocs(before, after, parts, found);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && worthComparing(before, after)) {
    if (after.length < before.length) {
      found.truncated.push(doc(['field', pathOf(parts, found)], ['newSize', int(after.length)]));
    }
    after.forEach((item, i) => {
      compareValues(before[i], item, [...parts, i], found);
    });
    return;
  }
  found.updated.set(pathOf(parts, found), after);
}

/** An array of which most has changed is told as a whole. */
function worthComparing(before: Value[], after: Value[]): boolean {
  if (before.length === 0 || after.length === 0) return false;
  const common = Math.min(before.length, after.length);
  let same = 0;
  for (let i = 0; i < common; i++) {
    const areDocs = before[i] instanceof Map && after[i] instanceof Map;
    if (areDocs || sameValue(before[i]!, after[i]!)) same++;
  }
  return same * 2 >= after.length;
}

function sameValue(a: Value, b: Value): boolean {
  if (a instanceof Map && b instanceof Map) return identical(a, b);
  return equals(a, b) && identical(a, b);
}
