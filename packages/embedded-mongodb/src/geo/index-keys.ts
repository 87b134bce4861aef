import { show } from '../bson/ejson.ts';
import { indexKeys as keysOfPaths } from '../bson/multikey.ts';
import { type Doc, isDoc, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { Index } from '../storage/catalog.ts';
import { type Geometry, geometryOf, legacyPoint, parseGeoJson } from './geometry.ts';

/**
 * The rows of a document in an index with places: a place is kept by its longitude (or x), a line or an area,
 * which has many, as null. Documents without a place are not in it. Throws when a value is no place.
 */
export function geoRows(index: Index, doc: Doc): Value[][] {
  const kinds = index.geo!;
  const places = kinds.map((kind, i) => kind && longitudes(doc, index.fields[i]!.split('.'), kind, doc));
  if (places.every((found) => found === undefined || found.length === 0)) return [];
  const plain = index.paths.filter((_, i) => kinds[i] === undefined);
  let rows: Value[][] = keysOfPaths(doc, plain);
  // Each place in turn, put where its field stands.
  kinds.forEach((kind, i) => {
    if (kind === undefined) return;
    const found = places[i]!.length > 0 ? places[i]! : [null];
    rows = rows.flatMap((row) => found.map((value) => row.toSpliced(i, 0, value)));
  });
  return rows;
}

function longitudes(at: Value | undefined, parts: string[], kind: '2d' | '2dsphere', doc: Doc): Value[] {
  if (at === undefined || at === null) return [];
  const [part, ...rest] = parts;
  if (part !== undefined) {
    if (Array.isArray(at))
      return at.flatMap((item) => (isDoc(item) ? longitudes(item, parts, kind, doc) : []));
    return isDoc(at) ? longitudes(at.get(part), rest, kind, doc) : [];
  }
  if (Array.isArray(at) && legacyPoint(at) === undefined) {
    return at.flatMap((item) => longitudes(item, [], kind, doc));
  }
  if (isDoc(at) && at.size === 0) return [];
  const { points, lines, polygons } = place(at, kind, doc);
  return [
    ...new Set<Value>([...points.map(([x]) => x), ...(lines.length + polygons.length > 0 ? [null] : [])]),
  ];
}

function place(value: Value, kind: '2d' | '2dsphere', doc: Doc): Geometry {
  if (kind === '2dsphere' && isDoc(value) && typeof value.get('type') === 'string') {
    try {
      return parseGeoJson(value);
    } catch (error) {
      throw cannotExtract(doc, (error as Error).message);
    }
  }
  const found = geometryOf(value);
  if (found === undefined) {
    if (kind === '2d') throw fault(13654, 'location object expected, location array not in correct format');
    throw cannotExtract(doc, `can't project geometry into spherical CRS: ${show(value)}`);
  }
  const [x, y] = found.points[0] ?? [0, 0];
  if (kind === '2d') {
    if (Math.abs(x) > 180 || Math.abs(y) > 180) throw fault(13027, 'point not in interval of [ -180, 180 ]');
  } else if (Math.abs(x) > 180 || Math.abs(y) > 90) {
    throw cannotExtract(doc, `longitude/latitude is out of bounds, lng: ${x} lat: ${y}`);
  }
  return found;
}

function cannotExtract(doc: Doc, reason: string): Error {
  return fault(16755, `Can't extract geo keys: ${show(doc).slice(0, 300)} ${reason}`);
}
