import { type Doc, intValue, show, type Value } from '../bson/index.ts';
import { type Bound, filterBounds } from '../query/index.ts';
import type { Index } from '../storage/catalog.ts';
import { fieldRanges, isWithin } from './bounds.ts';
import type { Query } from './plan.ts';

/** Sparse and partial indexes leave documents out: are those that match all in? */
export function holdsAllMatches(index: Index, bounds: Bound[], query: Query): boolean {
  if (index.sparse) {
    const isNeeded = bounds.some(
      (bound) =>
        index.fields.includes(bound.path) && (bound.range !== undefined || !bound.eq!.includes(null)),
    );
    if (!isNeeded) return false;
  }
  if (index.partialFilter === undefined) return true;
  return impliesPartial(index, bounds, query);
}

/** Every condition of the partial filter follows from a condition of the query on the same path. */
function impliesPartial(index: Index, bounds: Bound[], query: Query): boolean {
  if (!hasSameCollation(index, query)) return false;
  for (const [path, condition] of index.partialFilter!) {
    const needed = filterBounds(new Map([[path, condition]]));
    const mine = bounds.filter((bound) => bound.path === path && bound.elemMatch === undefined);
    if (isExistence(condition)) {
      if (!mine.some((bound) => bound.range !== undefined || !bound.eq!.includes(null))) return false;
    } else {
      if (needed.length !== conditionsIn(condition) || needed.some((bound) => bound.path !== path))
        return false;
      const implied = needed.every((bound) => {
        const outer = fieldRanges(bound, 1, index.collator).ranges;
        return mine.some((other) => isWithin(fieldRanges(other, 1, index.collator).ranges, outer));
      });
      if (!implied) return false;
    }
  }
  return true;
}

function isExistence(condition: Value): boolean {
  if (!(condition instanceof Map) || condition.size !== 1) return false;
  const exists = condition.get('$exists');
  return exists === true || (exists !== undefined && intValue(exists) === 1);
}

function conditionsIn(condition: Value): number {
  return condition instanceof Map && [...condition.keys()].every((key) => key.startsWith('$'))
    ? condition.size
    : 1;
}

export function hasSameCollation(index: Index, query: Query): boolean {
  if (index.collator === undefined && query.collator === undefined) return true;
  if (index.collator === undefined || query.collator === undefined) return false;
  return collationText(index.collator.spec) === collationText(query.collator.spec);
}

function collationText(spec: Doc): string {
  return [...spec]
    .map(([field, value]) => `${field}=${show(intValue(value) ?? value)}`)
    .sort()
    .join();
}

export function concernsStrings(bound: Bound): boolean {
  const holdsText = (value: Value | undefined): boolean =>
    typeof value === 'string' || value instanceof Map || Array.isArray(value);
  if (bound.eq !== undefined) return bound.eq.some(holdsText);
  return holdsText(bound.range!.min) || holdsText(bound.range!.max);
}
