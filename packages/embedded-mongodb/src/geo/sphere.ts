import { fault } from '../errors.ts';
import type { Geometry, Position, Ring } from './geometry.ts';

/** The equatorial radius that MongoDB reckons with, in metres. */
export const EARTH_METRES = 6_378_100;

type Vector = readonly [number, number, number];
const TINY = 1e-12;

/** Angle between two positions, in radians. */
export function angleBetween(a: Position, b: Position): number {
  return angle(vector(a), vector(b));
}

function vector([longitude, latitude]: Position): Vector {
  const [l, p] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const scale = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by];
const length = (a: Vector): number => Math.hypot(...a);
const unit = (a: Vector): Vector => scale(a, 1 / length(a));
// Exact for small angles too, where the cosine is not.
const angle = (a: Vector, b: Vector): number => Math.atan2(length(cross(a, b)), dot(a, b));

/** Angle from a position to the nearest one of a geometry, in radians; 0 within a polygon. */
export function angleTo(from: Position, geometry: Geometry): number {
  const at = vector(from);
  let least = Number.POSITIVE_INFINITY;
  for (const point of geometry.points) least = Math.min(least, angle(at, vector(point)));
  for (const [a, b] of edgesOf(geometry)) least = Math.min(least, angleToArc(at, a, b));
  return least > 0 && geometry.polygons.some((polygon) => isInPolygon(from, polygon)) ? 0 : least;
}

function angleToArc(at: Vector, a: Vector, b: Vector): number {
  const normal = cross(a, b);
  const ends = Math.min(angle(at, a), angle(at, b));
  if (length(normal) < TINY) return ends;
  const foot = cross(normal, cross(at, normal));
  const isBetween = dot(cross(a, foot), normal) > 0 && dot(cross(foot, b), normal) > 0;
  return isBetween ? Math.min(ends, angle(at, foot)) : ends;
}

/** Sides are parts of great circles; what lies on one is within. */
export function isInPolygon(at: Position, [border, ...holes]: Ring[]): boolean {
  return isInRing(at, border!) && !holes.some((hole) => isInRing(at, hole) && !isOnRing(vector(at), hole));
}

function isInRing(at: Position, ring: Ring): boolean {
  const p = vector(at);
  if (isOnRing(p, ring)) return true;
  const outside = outsideOf(ring);
  let isInside = false;
  for (const [a, b] of arcs(ring)) if (crosses(outside, p, a, b)) isInside = !isInside;
  return isInside;
}

function isOnRing(p: Vector, ring: Ring): boolean {
  return arcs(ring).some(([a, b]) => angleToArc(p, a, b) < TINY);
}

const outsides = new WeakMap<Ring, Vector>();

/** A point that is surely outside: opposite to the middle of an area that lies within half of the Earth. */
function outsideOf(ring: Ring): Vector {
  const known = outsides.get(ring);
  if (known !== undefined) return known;
  const sides = arcs(ring);
  let middle: Vector = [0, 0, 0];
  for (const [a, b] of sides) {
    const normal = cross(a, b);
    if (length(normal) > 0) middle = add(middle, scale(unit(normal), angle(a, b) / 2));
  }
  const corners = sides.reduce((sum, [a]) => add(sum, a), [0, 0, 0] as Vector);
  if (dot(middle, corners) < 0) middle = scale(middle, -1);
  if (length(middle) < TINY || sides.some(([a]) => dot(a, middle) <= 0)) {
    throw fault(
      'NotImplemented',
      'A polygon that does not lie within half of the Earth is not supported here.',
    );
  }
  // Not quite opposite, so that no arc to a position is ambiguous.
  const outside = unit(add(scale(unit(middle), -1), [1.3e-4, 2.7e-4, 1.9e-4]));
  outsides.set(ring, outside);
  return outside;
}

/** Do the arcs p–q and a–b cross? An end of a–b that is on the circle of p–q counts as being to its left. */
function crosses(p: Vector, q: Vector, a: Vector, b: Vector): boolean {
  const circle = cross(p, q);
  if (dot(circle, a) >= 0 === dot(circle, b) >= 0) return false;
  let meeting = cross(circle, cross(a, b));
  if (dot(meeting, add(a, b)) < 0) meeting = scale(meeting, -1);
  return dot(cross(p, meeting), circle) >= 0 && dot(cross(meeting, q), circle) > 0;
}

function arcs(positions: Position[]): [Vector, Vector][] {
  const vectors = positions.map(vector);
  return vectors.slice(1).map((b, i): [Vector, Vector] => [vectors[i]!, b]);
}

function edgesOf(geometry: Geometry): [Vector, Vector][] {
  return [...geometry.lines, ...geometry.polygons.flat()].flatMap(arcs);
}

/** Have the two something in common? */
export function intersects(a: Geometry, b: Geometry): boolean {
  if (a.points.some((point) => angleTo(point, b) < TINY)) return true;
  if (b.points.some((point) => angleTo(point, a) < TINY)) return true;
  const starts = (of: Geometry): Position[] => [...of.lines, ...of.polygons.flat()].map((part) => part[0]!);
  const holds = (of: Geometry, at: Position): boolean =>
    of.polygons.some((polygon) => isInPolygon(at, polygon));
  if (starts(a).some((at) => holds(b, at)) || starts(b).some((at) => holds(a, at))) return true;
  const others = edgesOf(b);
  return edgesOf(a).some(([p, q]) => others.some(([r, s]) => meet(p, q, r, s)));
}

function meet(p: Vector, q: Vector, r: Vector, s: Vector): boolean {
  if (crosses(p, q, r, s)) return true;
  return Math.min(angleToArc(p, r, s), angleToArc(q, r, s), angleToArc(r, p, q), angleToArc(s, p, q)) < TINY;
}

/** Does the whole of it lie in one of the polygons? */
export function isWithin(inner: Geometry, polygons: Ring[][]): boolean {
  return parts(inner).every((part) => polygons.some((polygon) => isPartWithin(part, polygon)));
}

type Part = { positions: Position[]; ring?: Ring };

function parts(geometry: Geometry): Part[] {
  return [
    ...geometry.points.map((point): Part => ({ positions: [point] })),
    ...geometry.lines.map((positions): Part => ({ positions })),
    ...geometry.polygons.map(([border]): Part => ({ positions: border!, ring: border })),
  ];
}

function isPartWithin({ positions, ring }: Part, polygon: Ring[]): boolean {
  if (!positions.every((at) => isInPolygon(at, polygon))) return false;
  const sides = polygon.flatMap(arcs);
  for (const [p, q] of arcs(positions)) {
    const touches = (r: Vector, s: Vector): boolean =>
      Math.min(angleToArc(p, r, s), angleToArc(q, r, s), angleToArc(r, p, q), angleToArc(s, p, q)) < TINY;
    if (sides.some(([r, s]) => !touches(r, s) && crosses(p, q, r, s))) return false;
  }
  // A hole within the inner area is a part of it that is not within.
  return ring === undefined || !polygon.slice(1).some((hole) => isInPolygon(hole[0]!, [ring]));
}
