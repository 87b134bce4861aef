import { visitPath } from '../bson/index.ts';
import { parsePath } from '../bson/path.ts';
import { type Doc, isDoc, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import { type Near, parseNear } from './operators.ts';

const NAMES = ['$near', '$nearSphere', '$geoNear'];

/** The one `$near` of a filter, where MongoDB allows it: at a field of the top level, or of an `$and` there. */
export interface NearQuery {
  path: string;
  near: Near;
  /** The distance of a document's nearest place. */
  distanceOf(document: Doc): number;
}

export function nearQueryOf(filter: Doc): NearQuery | undefined {
  const found: NearQuery[] = [];
  collect(filter, found);
  if (found.length > 1) throw fault('BadValue', 'Too many geoNear expressions');
  return found[0];
}

function collect(filter: Doc, found: NearQuery[]): void {
  for (const [key, value] of filter) {
    if (key === '$and' && Array.isArray(value))
      for (const part of value) if (isDoc(part)) collect(part, found);
    if (key === '$or' || key === '$nor') refuseBelow(value);
    if (key.startsWith('$') || !isDoc(value)) continue;
    for (const [name, operand] of value) {
      if (!name.startsWith('$')) break;
      if (NAMES.includes(name)) found.push(nearQuery(key, name, value));
      if (name === '$not' || name === '$elemMatch' || name === '$all') refuseBelow(operand);
    }
  }
}

function refuseBelow(value: Value): void {
  if (Array.isArray(value)) for (const item of value) refuseBelow(item);
  if (!isDoc(value)) return;
  for (const [key, inner] of value) {
    if (NAMES.includes(key)) throw fault('BadValue', 'geo $near must be top-level expr');
    refuseBelow(inner);
  }
}

function nearQuery(path: string, name: string, spec: Doc): NearQuery {
  const near = parseNear(name, spec.get(name)!, spec);
  const parsed = parsePath(path);
  return {
    path,
    near,
    distanceOf: (document) => {
      let least = Number.POSITIVE_INFINITY;
      visitPath(document, parsed, 'expand', (value) => {
        const distance = near.distance(value);
        if (distance !== undefined && distance >= near.min) least = Math.min(least, distance);
        return false;
      });
      return least;
    },
  };
}

/** `$near` is answered only where there is an index for it. */
export function assertNearIndex(collection: Collection, { path, near }: NearQuery): void {
  const serves = collection.indexes.some((index) =>
    index.geo?.some((kind, i) => kind !== undefined && index.fields[i] === path && near.kinds.includes(kind)),
  );
  if (serves) return;
  throw fault(
    'NoQueryExecutionPlans',
    `error processing query: planner returned error :: caused by :: unable to find index for $geoNear query: create a ${near.kinds.join(' or ')} index on ${path}`,
  );
}

/** A pipeline's `$match` has no order to give. */
export function refuseNear(filter: Value): void {
  if (Array.isArray(filter)) for (const item of filter) refuseNear(item);
  if (!isDoc(filter)) return;
  for (const [key, value] of filter) {
    if (NAMES.includes(key)) {
      throw fault(5626500, '$geoNear, $near, and $nearSphere are not allowed in this context');
    }
    refuseNear(value);
  }
}
