import { show } from '../bson/ejson.ts';
import { type Doc, isDoc, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { ArrayFilters } from './array-filters.ts';
import { type FieldPath, isPositionalPart } from './field-path.ts';
import type { UpdateContext } from './update.ts';

/** The paths that `a.$.b`, `a.$[].b` and `a.$[x].b` stand for in this document. */
export function concretePaths(
  doc: Doc,
  path: FieldPath,
  context: UpdateContext,
  filters: ArrayFilters,
): string[][] {
  const out: string[][] = [];
  walk(doc, [], 0);
  return out;

  function walk(at: Value | undefined, done: string[], i: number): void {
    if (i === path.parts.length) {
      out.push(done);
      return;
    }
    const part = path.parts[i]!;
    if (!isPositionalPart(part)) {
      walk(child(at, part), [...done, part], i + 1);
      return;
    }
    if (part === '$') {
      if (context.matchedArrayIndex === undefined)
        throw fault('BadValue', 'The positional operator did not find the match needed from the query.');
      const index = String(context.matchedArrayIndex);
      walk(child(at, index), [...done, index], i + 1);
      return;
    }
    if (at === undefined)
      throw fault(
        'BadValue',
        `The path '${done.join('.')}' must exist in the document in order to apply array updates.`,
      );
    if (!Array.isArray(at))
      throw fault('BadValue', `Cannot apply array updates to non-array element ${done.at(-1)}: ${show(at)}`);
    const name = part.slice(2, -1);
    at.forEach((item, index) => {
      if (name === '' || filters.test(name, item)) walk(item, [...done, String(index)], i + 1);
    });
  }
}

function child(at: Value | undefined, part: string): Value | undefined {
  if (isDoc(at)) return at.get(part);
  return Array.isArray(at) && /^\d+$/.test(part) ? at[Number(part)] : undefined;
}
