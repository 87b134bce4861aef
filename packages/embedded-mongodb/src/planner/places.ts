import { keyBytes, type Value } from '../bson/index.ts';
import { extentOf } from '../geo/extent.ts';
import { concat } from '../storage/bytes.ts';
import type { Index } from '../storage/catalog.ts';
import type { KeyRange } from './bounds.ts';
import type { IndexPlan, Query } from './plan.ts';

/** Does the index begin with places, and the filter say where they may be? */
export function isForPlaces(index: Index, query: Query): boolean {
  return (
    index.geo?.[0] !== undefined && !index.partial && extentOf(query.filter, index.fields[0]!) !== undefined
  );
}

/** The places between two longitudes, and what has no single one. */
export function geoPlan(index: Index, query: Query): IndexPlan {
  const extent = index.geo![0] === undefined ? undefined : extentOf(query.filter, index.fields[0]!);
  const [direction] = index.directions;
  const key = (value: Value): Uint8Array => keyBytes([value], [direction!]);
  const behindAll = (value: Value): Uint8Array => concat(key(value), Uint8Array.of(0xff));
  const ranges: KeyRange[] =
    extent === undefined
      ? [{ from: new Uint8Array(0), to: Uint8Array.of(0xff) }]
      : [
          { from: key(null), to: behindAll(null) },
          { from: key(extent[0]), to: behindAll(extent[1]) },
        ];
  return { kind: 'index', index, ranges, reverse: false, isSorted: !query.sort?.size, isExact: false };
}
