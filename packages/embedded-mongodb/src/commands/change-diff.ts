import { identical } from '../bson/identical.ts';
import { type Doc, equals, int, type Value } from '../bson/index.ts';
import { doc } from './context.ts';

/** What an update changed, as a change stream tells it: fields set, fields removed, arrays cut short. */
export function differences(before: Doc, after: Doc): Doc {
  const updated: Doc = new Map();
  const removed: Value[] = [];
  const truncated: Value[] = [];
  compareDocs(before, after, '', { updated, removed, truncated });
  return doc(['updatedFields', updated], ['removedFields', removed], ['truncatedArrays', truncated]);
}

interface Found {
  updated: Doc;
  removed: Value[];
  truncated: Value[];
}

function compareDocs(before: Doc, after: Doc, prefix: string, found: Found): void {
  for (const field of before.keys()) if (!after.has(field)) found.removed.push(prefix + field);
  for (const [field, value] of after) compareValues(before.get(field), value, prefix + field, found);
}

function compareValues(before: Value | undefined, after: Value, path: string, found: Found): void {
  if (before === after || (before !== undefined && sameValue(before, after))) return;
  if (before instanceof Map && after instanceof Map) {
    compareDocs(before, after, `${path}.`, found);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && worthComparing(before, after)) {
    if (after.length < before.length) {
      found.truncated.push(doc(['field', path], ['newSize', int(after.length)]));
    }
    after.forEach((item, i) => {
      compareValues(before[i], item, `${path}.${i}`, found);
    });
    return;
  }
  found.updated.set(path, after);
}

/** An array of which most has changed is told as a whole. */
function worthComparing(before: Value[], after: Value[]): boolean {
  if (before.length === 0 || after.length === 0) return false;
  const common = Math.min(before.length, after.length);
  let same = 0;
  for (let i = 0; i < common; i++) if (sameValue(before[i]!, after[i]!)) same++;
  return same * 2 >= after.length;
}

function sameValue(a: Value, b: Value): boolean {
  if (a instanceof Map && b instanceof Map) return identical(a, b);
  return equals(a, b) && identical(a, b);
}
