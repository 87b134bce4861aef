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
  for (const [key, value] of filter) {
    if (key === '$and' && Array.isArray(value)) {
      for (const part of value) {
        const found = isDoc(part) ? nearQueryOf(part) : undefined;
        if (found !== undefined) return found;
      }
    }
    if (key.startsWith('$') || !isDoc(value)) continue;
    const name = NAMES.find((candidate) => value.has(candidate));
    if (name !== undefined) return nearQuery(key, name, value);
  }
  return undefined;
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
    291,
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
