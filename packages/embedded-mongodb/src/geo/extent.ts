import { toNumber } from '../bson/numbers.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/values.ts';
import { legacyPoint, type Position, parseGeoJson } from './geometry.ts';
import { parseNear } from './operators.ts';
import { EARTH_METRES } from './sphere.ts';

/** From which to which longitude (or x) the places lie that a filter may match. Undefined: anywhere. */
export type Extent = readonly [number, number];

const DEGREE = Math.PI / 180;
/** More than what arithmetic loses. */
const MARGIN = 1e-9;

/** The narrowest extent that the filter's conditions on one field allow. */
export function extentOf(filter: Doc, path: string): Extent | undefined {
  let best: Extent | undefined;
  const consider = (extent: Extent | undefined): void => {
    if (extent !== undefined && (best === undefined || extent[1] - extent[0] < best[1] - best[0]))
      best = extent;
  };
  for (const [key, value] of filter) {
    if (key === '$and' && Array.isArray(value)) {
      for (const part of value) if (isDoc(part)) consider(extentOf(part, path));
    }
    if (key === path && isDoc(value)) {
      for (const [name, operand] of value) consider(ofCondition(name, operand, value));
    }
  }
  return best;
}

function ofCondition(name: string, operand: Value, spec: Doc): Extent | undefined {
  if (name === '$near' || name === '$nearSphere') return ofNear(name, operand, spec);
  if (!['$geoWithin', '$within', '$geoIntersects'].includes(name) || !isDoc(operand)) return undefined;
  const [kind, shape] = operand.entries().next().value ?? [];
  switch (kind) {
    case '$geometry': {
      const { points, lines, polygons } = parseGeoJson(shape!);
      const parts = [...points.map((point) => [point]), ...lines, ...polygons.flat()];
      // A side that goes the short way over the 180th meridian has all longitudes in between.
      const wraps = parts.some((part) =>
        part.some((at, i) => i > 0 && Math.abs(at[0] - part[i - 1]![0]) > 180),
      );
      return wraps ? undefined : spread(parts.flat());
    }
    case '$box':
    case '$polygon': {
      const corners = (Array.isArray(shape) ? shape : isDoc(shape) ? [...shape.values()] : []).map(
        legacyPoint,
      );
      return corners.includes(undefined) ? undefined : spread(corners as Position[]);
    }
    case '$center':
    case '$centerSphere': {
      const [center, radius] = Array.isArray(shape) ? shape : isDoc(shape) ? [...shape.values()] : [];
      const at = legacyPoint(center);
      if (at === undefined || radius === undefined || !isNumber(radius)) return undefined;
      const r = toNumber(radius);
      return kind === '$center'
        ? spread([
            [at[0] - r, 0],
            [at[0] + r, 0],
          ])
        : ofCap(at, r);
    }
    default:
      return undefined;
  }
}

function ofNear(name: string, operand: Value, spec: Doc): Extent | undefined {
  const { max, center, isMetres } = parseNear(name, operand, spec);
  if (max === Number.POSITIVE_INFINITY) return undefined;
  if (isMetres) return ofCap(center, max / EARTH_METRES);
  return name === '$near'
    ? spread([
        [center[0] - max, 0],
        [center[0] + max, 0],
      ])
    : ofCap(center, max);
}

/** Of all places within an angle of one. */
function ofCap([longitude, latitude]: Position, radius: number): Extent | undefined {
  const reach = Math.abs(latitude) * DEGREE + radius;
  if (!(reach < Math.PI / 2 - 1e-6)) return undefined;
  const half = Math.asin(Math.min(1, Math.sin(radius) / Math.cos(latitude * DEGREE))) / DEGREE;
  const [from, to] = [longitude - half - MARGIN, longitude + half + MARGIN];
  return from < -180 || to > 180 ? undefined : [from, to];
}

function spread(positions: Position[]): Extent {
  const xs = positions.map(([x]) => x);
  return [Math.min(...xs) - MARGIN, Math.max(...xs) + MARGIN];
}
