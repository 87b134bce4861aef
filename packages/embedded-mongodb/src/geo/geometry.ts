import { show } from '../bson/ejson.ts';
import { toNumber } from '../bson/numbers.ts';
import { isDoc, isNumber, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';

/** Longitude and latitude in degrees, or x and y. */
export type Position = readonly [number, number];
/** A closed line: its last position is its first one. */
export type Ring = Position[];

/** Any GeoJSON geometry, taken apart; a polygon's first ring is its border, the others are holes. */
export interface Geometry {
  points: Position[];
  lines: Position[][];
  polygons: Ring[][];
  /** Given as a pair of coordinates, not as GeoJSON. */
  isLegacy: boolean;
}

/** The geometry a value stands for: GeoJSON, `[x, y]`, or a document whose first two fields are numbers. */
export function geometryOf(value: Value | undefined): Geometry | undefined {
  if (
    isDoc(value) &&
    typeof value.get('type') === 'string' &&
    (value.has('coordinates') || value.has('geometries'))
  ) {
    try {
      return parseGeoJson(value);
    } catch {
      return undefined;
    }
  }
  const pair = legacyPoint(value);
  return pair && { points: [pair], lines: [], polygons: [], isLegacy: true };
}

/** `[x, y]`, or the same as a document. */
export function legacyPoint(value: Value | undefined): Position | undefined {
  const parts = Array.isArray(value) ? value : isDoc(value) ? [...value.values()] : [];
  const [x, y] = parts;
  if (x === undefined || y === undefined || !isNumber(x) || !isNumber(y)) return undefined;
  if (Array.isArray(value) && value.length > 2) return undefined;
  return [toNumber(x), toNumber(y)];
}

const MEMBERS = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];

/** Throws BadValue (2) with the reason when it is no valid GeoJSON. */
export function parseGeoJson(value: Value): Geometry {
  if (!isDoc(value)) throw invalid('geometry must be an object', value);
  refuseCrs(value.get('crs'));
  const type = value.get('type');
  if (type === 'GeometryCollection') {
    const members = value.get('geometries');
    if (!Array.isArray(members) || members.length === 0) {
      throw invalid('GeometryCollection geometries must be a nonempty array', value);
    }
    const parsed = members.map(parseGeoJson);
    return {
      points: parsed.flatMap((one) => one.points),
      lines: parsed.flatMap((one) => one.lines),
      polygons: parsed.flatMap((one) => one.polygons),
      isLegacy: false,
    };
  }
  if (typeof type !== 'string' || !MEMBERS.includes(type))
    throw invalid(`unknown GeoJSON type: ${show(type ?? null)}`, value);
  const at = value.get('coordinates');
  const found: Geometry = { points: [], lines: [], polygons: [], isLegacy: false };
  if (type === 'Point') found.points.push(position(at));
  else if (type === 'MultiPoint') found.points.push(...list(at).map(position));
  else if (type === 'LineString') found.lines.push(line(at ?? null));
  else if (type === 'MultiLineString') found.lines.push(...list(at).map(line));
  else if (type === 'Polygon') found.polygons.push(list(at).map(ring));
  else found.polygons.push(...list(at).map((polygon) => list(polygon).map(ring)));
  return found;
}

/** The usual coordinates go under two names; the one for areas larger than a hemisphere is not known here. */
function refuseCrs(crs: Value | undefined): void {
  if (crs === undefined || crs === null) return;
  const properties = isDoc(crs) ? crs.get('properties') : undefined;
  const name = isDoc(properties) ? properties.get('name') : undefined;
  if (name !== 'EPSG:4326' && name !== 'urn:ogc:def:crs:OGC:1.3:CRS84') {
    throw fault('BadValue', `unknown CRS name: ${show(name ?? null)}`);
  }
}

function list(value: Value | undefined): Value[] {
  if (!Array.isArray(value) || value.length === 0)
    throw invalid('coordinates must be a nonempty array', value);
  return value;
}

/** Throws when a longitude is beyond 180 degrees or a latitude beyond 90. */
export function position(value: Value | undefined): Position {
  const [x, y] = list(value);
  if (x === undefined || y === undefined || !isNumber(x) || !isNumber(y)) {
    throw invalid('Point must be an array or object of numbers', value);
  }
  const at: Position = [toNumber(x), toNumber(y)];
  assertOnEarth(at);
  return at;
}

export function assertOnEarth([longitude, latitude]: Position): void {
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
    throw fault('BadValue', `longitude/latitude is out of bounds, lng: ${longitude} lat: ${latitude}`);
  }
}

function line(value: Value): Position[] {
  const positions = list(value).map(position);
  if (distinct(positions) < 2) throw invalid('LineString must have at least 2 distinct vertices', value);
  return positions;
}

function ring(value: Value): Ring {
  const positions = list(value).map(position);
  const [first, last] = [positions[0]!, positions[positions.length - 1]!];
  if (first[0] !== last[0] || first[1] !== last[1]) throw invalid('Loop is not closed', value);
  if (distinct(positions) < 3) throw invalid('Loop must have at least 3 different vertices', value);
  return positions;
}

function distinct(positions: Position[]): number {
  return new Set(positions.map(String)).size;
}

function invalid(reason: string, value: Value | undefined): Error {
  return fault('BadValue', `${reason}: ${show(value ?? null).slice(0, 200)}`);
}
