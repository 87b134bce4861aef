import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Position } from '../../src/geo/geometry.ts';
import { isInFlatPolygon } from '../../src/geo/plane.ts';
import { angleBetween, angleTo, intersects, isInPolygon, isWithin } from '../../src/geo/sphere.ts';

// Seen from the middle of the Earth, great circles are straight lines on a plane that touches it: there the question
// is one of plane geometry, which is answered by other code.

type Vector = [number, number, number];
const DEGREE = Math.PI / 180;

function toVector([longitude, latitude]: Position): Vector {
  const [l, p] = [longitude * DEGREE, latitude * DEGREE];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Two directions at right angles to each other and to the middle. */
function plane(middle: Position): [Vector, Vector, Vector] {
  const [l, p] = [middle[0] * DEGREE, middle[1] * DEGREE];
  const east: Vector = [-Math.sin(l), Math.cos(l), 0];
  const north: Vector = [-Math.sin(p) * Math.cos(l), -Math.sin(p) * Math.sin(l), Math.cos(p)];
  return [toVector(middle), east, north];
}

function project(at: Position, [up, east, north]: [Vector, Vector, Vector]): Position | undefined {
  const v = toVector(at);
  const height = dot(v, up);
  return height <= 0 ? undefined : [dot(v, east) / height, dot(v, north) / height];
}

/** The position that lies that far from the middle, in radians, in that direction. */
function away(middle: Position, distance: number, direction: number): Position {
  const [up, east, north] = plane(middle);
  const at = up.map(
    (x, i) =>
      x * Math.cos(distance) +
      Math.sin(distance) * (east[i]! * Math.cos(direction) + north[i]! * Math.sin(direction)),
  ) as Vector;
  return [Math.atan2(at[1], at[0]) / DEGREE, Math.asin(Math.max(-1, Math.min(1, at[2]))) / DEGREE];
}

const fraction = fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 1_000_000);
const anywhere: fc.Arbitrary<Position> = fc
  .tuple(fraction, fraction)
  .map(([a, b]): Position => [a * 360 - 180, Math.asin(b * 2 - 1) / DEGREE]);

/** A star around its middle, on the Earth's half about that. */
const star = fc
  .tuple(
    anywhere,
    fraction,
    fc.array(fc.tuple(fraction, fraction), { minLength: 3, maxLength: 9 }),
    fc.boolean(),
  )
  .map(([middle, size, rays, isTurned]) => {
    const corners = rays.map(([turn, reach], i) =>
      away(middle, (0.01 + size * 1.2) * (0.2 + 0.8 * reach), (2 * Math.PI * (i + turn * 0.8)) / rays.length),
    );
    if (isTurned) corners.reverse();
    return { middle, corners, ring: [...corners, corners[0]!] };
  })
  // Three rays to one side leave the middle out, and then the area may be the other one.
  .filter(
    ({ middle, corners }) => corners.length > 3 && corners.every((at) => angleBetween(at, middle) > 0.001),
  );

describe('polygons of the sphere', () => {
  it('hold the same positions as on a plane that touches the sphere', () => {
    fc.assert(
      fc.property(
        star,
        fc.array(fc.tuple(fraction, fraction), { minLength: 20, maxLength: 20 }),
        (polygon, tries) => {
          const onto = plane(polygon.middle);
          const corners = polygon.corners.map((corner) => project(corner, onto)!);
          for (const [reach, turn] of tries) {
            const at = away(polygon.middle, reach * 1.5, turn * 2 * Math.PI);
            const flat = project(at, onto)!;
            expect(isInPolygon(at, [polygon.ring])).toBe(isInFlatPolygon(flat, corners));
          }
        },
      ),
      { numRuns: 300, seed: 20 },
    );
  });

  it('have what lies within them in common with them, and at no distance', () => {
    fc.assert(
      fc.property(star, fraction, fraction, (polygon, reach, turn) => {
        const area = { points: [], lines: [], polygons: [[polygon.ring]], isLegacy: false };
        const at = away(polygon.middle, reach, turn * 2 * Math.PI);
        const point = { points: [at], lines: [], polygons: [], isLegacy: false };
        const isIn = isInPolygon(at, [polygon.ring]);
        expect(isWithin(point, area.polygons)).toBe(isIn);
        expect(intersects(point, area)).toBe(isIn);
        expect(intersects(area, point)).toBe(isIn);
        expect(angleTo(at, area) < 1e-12).toBe(isIn);
      }),
      { numRuns: 300, seed: 20 },
    );
  });

  it('are within themselves, and a line into the middle of one from outside is not', () => {
    fc.assert(
      fc.property(star, ({ middle, ring }) => {
        const area = { points: [], lines: [], polygons: [[ring]], isLegacy: false };
        expect(isWithin(area, [[ring]])).toBe(true);
        const outside = away(middle, 1.4, 1);
        const line = { points: [], lines: [[middle, outside]], polygons: [], isLegacy: false };
        expect(isWithin(line, [[ring]])).toBe(false);
        if (isInPolygon(middle, [ring])) expect(intersects(line, area)).toBe(true);
      }),
      { numRuns: 300, seed: 20 },
    );
  });
});
