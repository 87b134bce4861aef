import type { Collator } from '../bson/collation.ts';
import { rankOf } from '../bson/compare.ts';
import { isNaNValue } from '../bson/numbers.ts';
import { BsonRegExp, type Doc, isDoc, MaxKey, MinKey, type Value } from '../bson/values.ts';
import { isOperators } from './filter.ts';

/**
 * What one condition of a filter says about one path, for choosing an index. A document can match only if one of
 * the path's index values lies in the bound; the filter itself must still be applied to what the index gives.
 *
 * `eq` holds values to look up (`null` also stands for missing: a sparse index cannot serve it). A `range` stays
 * within one type: its keys all begin with the byte `rank` (see `keyBytes`), and an open side reaches to that type's
 * end. Two bounds on one path may be intersected only when the index is not multikey.
 */
export interface Bound {
  path: string;
  eq?: Value[];
  range?: { rank: number; min?: Value; minInclusive?: boolean; max?: Value; maxInclusive?: boolean };
  /** Set when the condition stood in an `$elemMatch` on this path: such bounds may be intersected. */
  elemMatch?: string;
}

/** The conjunctive bounds of a filter; conditions that give none are left out. */
export function filterBounds(filter: Doc, collation?: Collator): Bound[] {
  const out: Bound[] = [];
  collect(filter, '', undefined, out, collation);
  return out;
}

function collect(
  filter: Doc,
  prefix: string,
  elemMatch: string | undefined,
  out: Bound[],
  collation?: Collator,
): void {
  for (const [key, value] of filter) {
    if (key === '$and' && Array.isArray(value)) {
      for (const part of value) if (isDoc(part)) collect(part, prefix, elemMatch, out, collation);
    } else if (key === '$or' && Array.isArray(value) && value.length === 1 && isDoc(value[0])) {
      collect(value[0], prefix, elemMatch, out, collation);
    } else if (!key.startsWith('$')) condition(prefix + key, value, elemMatch, out, collation);
  }
}

function condition(
  path: string,
  value: Value,
  elemMatch: string | undefined,
  out: Bound[],
  collation?: Collator,
): void {
  const add = (bound: Omit<Bound, 'path'>): void => {
    // `{'a.0': null}` matches `{a: [{}]}`, whose element has no field "0"; the index holds the element itself.
    if (bound.eq?.includes(null) && NUMERIC_PART.test(path)) return;
    out.push({ path, ...bound, ...(elemMatch ? { elemMatch } : {}) });
  };
  if (value instanceof BsonRegExp) {
    const range = collation ? undefined : prefixRange(value.pattern, value.options);
    if (range) add({ range });
    return;
  }
  if (!isDoc(value) || !isOperators(value)) {
    if (isLookup(value)) add({ eq: [value] });
    return;
  }
  for (const [name, operand] of value) {
    if (name === '$eq' && isLookup(operand)) add({ eq: [operand] });
    else if (name === '$in' && Array.isArray(operand) && operand.every(isLookup)) add({ eq: operand });
    else if (name === '$gt' || name === '$gte' || name === '$lt' || name === '$lte') {
      const range = rangeOf(name, operand);
      if (range) add({ range });
    } else if (name === '$regex' && !collation) {
      const options = value.get('$options');
      const pattern = operand instanceof BsonRegExp ? operand.pattern : operand;
      const flags =
        typeof options === 'string' ? options : operand instanceof BsonRegExp ? operand.options : '';
      const range = typeof pattern === 'string' ? prefixRange(pattern, flags) : undefined;
      if (range) add({ range });
    } else if (name === '$elemMatch' && isDoc(operand)) {
      const first = operand.keys().next().value ?? '';
      if (!first.startsWith('$')) collect(operand, `${path}.`, path, out, collation);
      else if (!['$and', '$or', '$nor'].includes(first)) condition(path, operand, path, out, collation);
    } else if (name === '$all' && Array.isArray(operand) && operand.length > 0 && operand.every(isLookup))
      for (const item of operand) add({ eq: [item] });
  }
}

const NUMERIC_PART = /(?:^|\.)\d+(?:\.|$)/;

/** An array cannot be looked up: an index holds its elements, not the array. */
function isLookup(v: Value): boolean {
  return !Array.isArray(v) && !(v instanceof BsonRegExp) && !isOperators(v);
}

function rangeOf(name: string, operand: Value): Bound['range'] {
  if (Array.isArray(operand) || operand instanceof BsonRegExp || operand === null) return undefined;
  if (operand instanceof MinKey || operand instanceof MaxKey || isNaNValue(operand)) return undefined;
  const rank = rankOf(operand);
  return name.startsWith('$g')
    ? { rank, min: operand, minInclusive: name === '$gte' }
    : { rank, max: operand, maxInclusive: name === '$lte' };
}

/** `^abc…` without flags lies between "abc" and "abd". */
function prefixRange(pattern: string, options: string): Bound['range'] {
  if (options.replace('s', '') !== '' || pattern.includes('|')) return undefined;
  const m = /^(?:\^|\\A)((?:[A-Za-z0-9 @:;,_'"<>=!~`%&/-]|\\[.@/_-])+)/.exec(pattern);
  if (!m) return undefined;
  let prefix = m[1]!;
  if (/^[*?{]/.test(pattern.slice(m[0].length))) prefix = prefix.replace(/\\?.$/, '');
  prefix = prefix.replaceAll('\\', '');
  if (prefix === '') return undefined;
  const last = prefix.charCodeAt(prefix.length - 1);
  return {
    rank: rankOf(''),
    min: prefix,
    minInclusive: true,
    max: prefix.slice(0, -1) + String.fromCharCode(last + 1),
    maxInclusive: false,
  };
}
