import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Collection, Db, Document } from 'mongodb';
import { type Running, start } from './harness.ts';

interface Place {
  _id: number | string;
  at?: unknown;
}

let running: Running;
let db: Db;
let places: Collection<Place>;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());
beforeEach(async () => {
  db = running.client.db('geo');
  await db.dropDatabase();
  places = db.collection<Place>('places');
});

const point = (longitude: number, latitude: number): Document => ({
  type: 'Point',
  coordinates: [longitude, latitude],
});
const square = (from: number, to: number): Document => ({
  type: 'Polygon',
  coordinates: [
    [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
      [from, from],
    ],
  ],
});
const ids = async (filter: Document): Promise<unknown[]> =>
  (await places.find(filter as never).toArray()).map((place) => place._id);

describe('$near', () => {
  it('gives the nearest first, within the limits in metres', async () => {
    await places.createIndex({ at: '2dsphere' });
    // One degree of a great circle is 6378100 m * π / 180 = 111318.8 m.
    await places.insertMany([
      { _id: 'two', at: point(2, 0) },
      { _id: 'none' },
      { _id: 'one', at: point(0, 1) },
      { _id: 'far', at: point(10, 10) },
    ]);
    const near = (limits: object): Document => ({ at: { $near: { $geometry: point(0, 0), ...limits } } });
    expect(await ids(near({}))).toEqual(['one', 'two', 'far']);
    expect(await ids(near({ $maxDistance: 222_637 }))).toEqual(['one']);
    expect(await ids(near({ $maxDistance: 222_638 }))).toEqual(['one', 'two']);
    expect(await ids(near({ $minDistance: 111_319, $maxDistance: 300_000 }))).toEqual(['two']);
  });

  it('measures flat with pairs of coordinates and an index for them', async () => {
    await places.createIndex({ at: '2d' });
    await places.insertMany([
      { _id: 1, at: [3, 4] },
      { _id: 2, at: { x: 1, y: 1 } },
      { _id: 3, at: [-6, 8] },
    ]);
    expect(await ids({ at: { $near: [0, 0] } })).toEqual([2, 1, 3]);
    expect(await ids({ at: { $near: [0, 0], $maxDistance: 5 } })).toEqual([2, 1]);
    // In radians: five degrees.
    expect(await ids({ at: { $nearSphere: [0, 0], $maxDistance: (5 * Math.PI) / 180 } })).toEqual([2, 1]);
  });

  it('updates the nearest, and can be sorted otherwise', async () => {
    await places.createIndex({ at: '2dsphere' });
    await places.insertMany([
      { _id: 1, at: point(2, 0) },
      { _id: 2, at: point(1, 0) },
    ]);
    const near = { at: { $near: { $geometry: point(0, 0) } } } as never;
    expect(await places.findOneAndDelete(near)).toMatchObject({ _id: 2 });
    await places.insertOne({ _id: 3, at: point(0, 0) });
    expect((await places.find(near).sort({ _id: 1 }).toArray()).map((place) => place._id)).toEqual([1, 3]);
  });

  it('needs an index, and is refused in a pipeline', async () => {
    await places.insertOne({ _id: 1, at: [0, 0] });
    await expect(ids({ at: { $near: [0, 0] } })).rejects.toMatchObject({ code: 291 });
    await expect(places.aggregate([{ $match: { at: { $near: [0, 0] } } }]).toArray()).rejects.toMatchObject({
      code: 5626500,
    });
  });
});

it.each([
  ['in $or', { $or: [{ at: { $near: [0, 0] } }, { _id: 1 }] }],
  ['in $elemMatch', { at: { $elemMatch: { $near: [0, 0] } } }],
  ['negated', { at: { $not: { $near: [0, 0] } } }],
  ['twice', { at: { $near: [0, 0] }, $and: [{ at: { $near: [1, 1] } }] }],
])('$near is refused %s', async (_, filter) => {
  await places.createIndex({ at: '2d' });
  await expect(ids(filter)).rejects.toMatchObject({ code: 2 });
});

describe('$geoWithin and $geoIntersects', () => {
  it('know boxes, circles and polygons of the plane', async () => {
    await places.insertMany([
      { _id: 1, at: [1, 1] },
      { _id: 2, at: [5, 5] },
      { _id: 3, at: [2, 0] },
    ]);
    expect(
      await ids({
        at: {
          $geoWithin: {
            $box: [
              [0, 0],
              [2, 2],
            ],
          },
        },
      }),
    ).toEqual([1, 3]);
    expect(await ids({ at: { $geoWithin: { $center: [[5, 4], 1] } } })).toEqual([2]);
    expect(
      await ids({
        at: {
          $geoWithin: {
            $polygon: [
              [0, 0],
              [3, 3],
              [0, 3],
            ],
          },
        },
      }),
    ).toEqual([1]);
    expect(await ids({ at: { $geoWithin: { $centerSphere: [[0, 0], 0.03] } } })).toEqual([1]);
  });

  it('know polygons of the sphere, with sides along great circles', async () => {
    // The side from (0, 50) to (60, 50) passes the 30th meridian at about 54 degrees north: tan 50° / cos 30°.
    const wide = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 40],
          [60, 40],
          [60, 50],
          [0, 50],
          [0, 40],
        ],
      ],
    };
    await places.insertMany([
      { _id: 'above the parallel, below the side', at: point(30, 53.9) },
      { _id: 'above the side', at: point(30, 54.1) },
      { _id: 'below the lower side', at: point(30, 43) },
    ]);
    expect(await ids({ at: { $geoWithin: { $geometry: wide } } })).toEqual([
      'above the parallel, below the side',
    ]);
  });

  it('know holes, lines and areas', async () => {
    const ring = {
      type: 'Polygon',
      coordinates: [...square(0, 10).coordinates, ...square(4, 6).coordinates],
    };
    await places.insertMany([
      { _id: 'in the hole', at: point(5, 5) },
      { _id: 'in the ring', at: point(2, 2) },
      {
        _id: 'line inside',
        at: {
          type: 'LineString',
          coordinates: [
            [1, 1],
            [2, 1],
          ],
        },
      },
      {
        _id: 'line out',
        at: {
          type: 'LineString',
          coordinates: [
            [1, 1],
            [20, 1],
          ],
        },
      },
      { _id: 'area beside', at: square(11, 12) },
      { _id: 'area across', at: square(9, 11) },
      { _id: 'area around the hole', at: square(3, 7) },
    ]);
    expect((await ids({ at: { $geoWithin: { $geometry: ring } } })).sort()).toEqual([
      'in the ring',
      'line inside',
    ]);
    expect((await ids({ at: { $geoIntersects: { $geometry: ring } } })).sort()).toEqual([
      'area across',
      'area around the hole',
      'in the ring',
      'line inside',
      'line out',
    ]);
    expect(
      await ids({
        at: {
          $geoIntersects: {
            $geometry: {
              type: 'LineString',
              coordinates: [
                [10.5, 0],
                [10.5, 20],
              ],
            },
          },
        },
      }),
    ).toEqual(['line out', 'area across']);
  });

  it('answer the same by an index and without one', async () => {
    const coordinate = (limit: number) =>
      fc.integer({ min: -limit * 10, max: limit * 10 }).map((n) => n / 10);
    const anywhere = fc.tuple(coordinate(180), coordinate(85));
    await fc.assert(
      fc.asyncProperty(
        fc.array(anywhere, { minLength: 5, maxLength: 40 }),
        anywhere,
        fc.integer({ min: 1, max: 5000 }),
        async (positions, center, kilometres) => {
          await places.drop();
          await places.insertMany(positions.map((at, _id) => ({ _id, at: point(...at) })));
          const filter = { at: { $geoWithin: { $centerSphere: [center, kilometres / 6378.1] } } };
          const scanned = await ids(filter);
          await places.createIndex({ at: '2dsphere' });
          expect((await ids(filter)).sort()).toEqual(scanned.sort());
        },
      ),
      { numRuns: 30, seed: 20 },
    );
  });

  it('use the index', async () => {
    await places.createIndex({ at: '2dsphere' });
    await places.insertMany(Array.from({ length: 360 }, (_, n) => ({ _id: n, at: point(n - 180, 0) })));
    const plan = await places
      .find({ at: { $geoWithin: { $geometry: square(1, 3) } } })
      .explain('executionStats');
    expect(plan.executionStats.totalDocsExamined).toBe(3);
  });
});

describe('an index of places', () => {
  it('refuses what is no place, and leaves out documents without one', async () => {
    await places.createIndex({ at: '2dsphere' });
    expect(await places.indexes()).toContainEqual({
      v: 2,
      key: { at: '2dsphere' },
      name: 'at_2dsphere',
      '2dsphereIndexVersion': 3,
    });
    await expect(places.insertOne({ _id: 1, at: 'here' })).rejects.toMatchObject({ code: 16755 });
    await expect(places.insertOne({ _id: 1, at: point(200, 0) })).rejects.toMatchObject({ code: 16755 });
    await expect(places.insertOne({ _id: 1, at: { type: 'Point' } })).rejects.toMatchObject({ code: 16755 });
    await places.insertMany([{ _id: 2 }, { _id: 3, at: null }]);
    expect(await ids({})).toEqual([2, 3]);
  });

  it('keeps flat places within its bounds', async () => {
    await places.createIndex({ at: '2d' });
    await expect(places.insertOne({ _id: 1, at: [200, 0] })).rejects.toMatchObject({ code: 13027 });
  });
});
