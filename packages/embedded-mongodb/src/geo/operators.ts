import { show } from '../bson/ejson.ts';
import { toNumber } from '../bson/numbers.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { type Geometry, geometryOf, legacyPoint, type Position, parseGeoJson } from './geometry.ts';
import { isInBox, isInFlatPolygon, planeDistance } from './plane.ts';
import { angleBetween, angleTo, EARTH_METRES, intersects, isWithin } from './sphere.ts';

type Test = (value: Value | undefined) => boolean;

/** `$geoWithin` (and its old name `$within`): wholly within the shape. */
export function withinTest(operand: Value): Test {
  const [name, shape] = onlyField(operand, '$geoWithin');
  const make = SHAPES[name];
  if (make === undefined) throw fault('BadValue', `unknown geo specifier: ${name}: ${show(shape)}`);
  const isIn = make(shape);
  return (value) => {
    const geometry = geometryOf(value);
    return geometry !== undefined && isIn(geometry);
  };
}

const SHAPES: Record<string, (shape: Value) => (geometry: Geometry) => boolean> = {
  $geometry: (shape) => {
    const { polygons, points, lines } = parseGeoJson(shape);
    if (points.length + lines.length > 0) {
      throw fault('BadValue', `$geoWithin not supported with provided geometry: ${show(shape)}`);
    }
    return (geometry) => isOnEarth(geometry) && isWithin(geometry, polygons);
  },
  $box: (shape) => {
    const [a, b] = positions(shape, '$box');
    if (a === undefined || b === undefined) throw fault('BadValue', '$box needs two corners');
    return flat((point) => isInBox(point, [a, b]));
  },
  $polygon: (shape) => {
    const corners = positions(shape, '$polygon');
    if (corners.length < 3) throw fault('BadValue', 'Polygon must have at least 3 points');
    return flat((point) => isInFlatPolygon(point, corners));
  },
  $center: (shape) => {
    const { at, radius } = circle(shape, '$center');
    return flat((point) => planeDistance(point, at) <= radius);
  },
  $centerSphere: (shape) => {
    const { at, radius } = circle(shape, '$centerSphere');
    if (radius >= Math.PI / 2)
      throw fault(
        'NotImplemented',
        '$centerSphere with a radius of a quarter of the Earth or more is not supported here.',
      );
    return (geometry) =>
      isOnEarth(geometry) &&
      [...geometry.points, ...geometry.lines.flat(), ...geometry.polygons.flat(2)].every(
        (point) => angleBetween(point, at) <= radius,
      );
  },
};

/** A flat shape holds points only. */
function flat(isIn: (point: Position) => boolean): (geometry: Geometry) => boolean {
  return ({ points, lines, polygons }) =>
    lines.length + polygons.length === 0 && points.length > 0 && points.every(isIn);
}

function isOnEarth({ points }: Geometry): boolean {
  return points.every(([longitude, latitude]) => Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90);
}

/** `$geoIntersects`: something in common with the geometry. */
export function intersectsTest(operand: Value): Test {
  const [name, shape] = onlyField(operand, '$geoIntersects');
  if (name !== '$geometry') throw fault('BadValue', `$geoIntersects needs a $geometry, not ${name}`);
  const wanted = parseGeoJson(shape);
  return (value) => {
    const geometry = geometryOf(value);
    return geometry !== undefined && isOnEarth(geometry) && intersects(geometry, wanted);
  };
}

/** What `$near` and `$nearSphere` ask for. */
export interface Near {
  /** Undefined when the value is nowhere. In metres, radians or units of the plane, as the query's limits are. */
  distance(value: Value | undefined): number | undefined;
  center: Position;
  isMetres: boolean;
  min: number;
  max: number;
  /** The kinds of index that serve it. */
  kinds: readonly ('2d' | '2dsphere')[];
}

const LIMITS = ['$minDistance', '$maxDistance'];

/** `spec` is the document the operator stands in: the old form has its limits beside it. */
export function parseNear(name: string, operand: Value, spec: Doc): Near {
  // An old way to write it leaves `$geometry` out.
  const isBare = isDoc(operand) && typeof operand.get('type') === 'string' && operand.has('coordinates');
  const given = isBare ? operand : isDoc(operand) ? operand.get('$geometry') : undefined;
  const limits = isDoc(operand) && LIMITS.some((limit) => operand.has(limit)) ? operand : spec;
  const min = limit(limits, '$minDistance', 0);
  const max = limit(limits, '$maxDistance', Number.POSITIVE_INFINITY);
  if (given !== undefined) {
    const { points } = parseGeoJson(given);
    const [at] = points;
    if (at === undefined || points.length > 1)
      throw fault('BadValue', '$near requires a point, given a geometry');
    return {
      center: at,
      isMetres: true,
      min,
      max,
      kinds: ['2dsphere'],
      distance: spherical(at, EARTH_METRES),
    };
  }
  const at = legacyPoint(operand);
  if (at === undefined)
    throw fault('BadValue', `$near must be either a point or a document with $geometry: ${show(operand)}`);
  if (name === '$nearSphere')
    return { center: at, isMetres: false, min, max, kinds: ['2d', '2dsphere'], distance: spherical(at, 1) };
  return {
    center: at,
    isMetres: false,
    min,
    max,
    kinds: ['2d'],
    distance: (value) => {
      const geometry = geometryOf(value);
      const [point] = geometry?.points ?? [];
      return point && planeDistance(point, at);
    },
  };
}

function spherical(at: Position, unit: number): Near['distance'] {
  return (value) => {
    const geometry = geometryOf(value);
    return geometry && isOnEarth(geometry) ? angleTo(at, geometry) * unit : undefined;
  };
}

export function isNearEnough({ distance, min, max }: Near, value: Value | undefined): boolean {
  const found = distance(value);
  return found !== undefined && found >= min && found <= max;
}

function limit(spec: Doc, name: string, otherwise: number): number {
  const value = spec.get(name);
  if (value === undefined) return otherwise;
  if (!isNumber(value) || !(toNumber(value) >= 0)) throw fault('BadValue', `${name} must be non-negative`);
  return toNumber(value);
}

function onlyField(operand: Value, name: string): [string, Value] {
  const field = isDoc(operand) ? operand.entries().next().value : undefined;
  if (field === undefined) throw fault('BadValue', `${name} needs a geometry: ${show(operand)}`);
  return field;
}

function positions(shape: Value, name: string): Position[] {
  const corners = Array.isArray(shape) ? shape : isDoc(shape) ? [...shape.values()] : [];
  return corners.map((corner) => {
    const point = legacyPoint(corner);
    if (point === undefined)
      throw fault('BadValue', `${name}: Point must only contain numeric elements: ${show(corner)}`);
    return point;
  });
}

function circle(shape: Value, name: string): { at: Position; radius: number } {
  const [center, radius] = Array.isArray(shape) ? shape : isDoc(shape) ? [...shape.values()] : [];
  const at = legacyPoint(center);
  if (at === undefined || radius === undefined || !isNumber(radius) || !(toNumber(radius) >= 0)) {
    throw fault('BadValue', `${name} needs a center and a non-negative radius: ${show(shape)}`);
  }
  return { at, radius: toNumber(radius) };
}
