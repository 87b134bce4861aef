import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Collection, type Document, Long, ObjectId } from 'mongodb';
import { type Running, start } from './harness.ts';

let running: Running;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());

const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -2, max: 4 }) },
  { weight: 2, arbitrary: fc.constantFrom(0.5, 2.5, -0, Number.NaN, Infinity) },
  { weight: 4, arbitrary: fc.constantFrom('', 'a', 'ab', 'B', 'b', 'é', 'a\0b') },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(new Date(0), new Date(5000), Long.fromString('9007199254740993')),
  },
  { weight: 1, arbitrary: fc.constantFrom(new ObjectId('000000000000000000000001'), { x: 1 }, { x: 'a' }) },
);
const value = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }) },
);
const nested = fc.oneof(
  fc.record({ d: scalar, e: scalar }, { requiredKeys: [] }),
  fc.array(fc.record({ d: value, e: scalar }, { requiredKeys: [] }), { maxLength: 3 }),
  scalar,
);
const document = fc.record({ a: value, b: scalar, c: nested, s: scalar }, { requiredKeys: [] });

const between = fc
  .tuple(fc.integer({ min: -2, max: 3 }), fc.integer({ min: 0, max: 2 }))
  .map(([low, width]) => ({ $gte: low, $lte: low + width }));
const condition = fc.oneof(
  { weight: 5, arbitrary: between as fc.Arbitrary<unknown> },
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
  {
    weight: 4,
    arbitrary: fc
      .record({ $gt: scalar, $lte: scalar }, { requiredKeys: [] })
      .filter((o) => Object.keys(o).length > 0),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ $gte: scalar, $lt: scalar, $ne: scalar }, { requiredKeys: [] })
      .filter((o) => Object.keys(o).length > 0),
  },
  { weight: 2, arbitrary: fc.record({ $in: fc.array(value, { maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ $exists: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom({ $regex: '^a' }, { $regex: '^ab?' }, { $not: { $gt: 2 } }) },
  { weight: 1, arbitrary: fc.record({ $elemMatch: fc.record({ $gte: scalar, $lt: scalar }) }) },
  { weight: 1, arbitrary: fc.record({ $all: fc.array(scalar, { minLength: 1, maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ $nin: fc.array(scalar, { maxLength: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { $size: 1 },
      { $type: 'number' },
      { $type: ['string', 'null'] },
      { $mod: [2, 0] },
      { $bitsAllSet: 1 },
      { $bitsAnyClear: [0, 1] },
      { $not: { $in: [1, 'a'] } },
      { $not: { $regex: '^a' } },
      { $gte: 0, $not: { $mod: [2, 1] } },
    ),
  },
);
const member = fc.record({ d: condition, e: condition }, { requiredKeys: ['d'] });
const one = (path: string, of: fc.Arbitrary<unknown> = condition) => of.map((c): Document => ({ [path]: c }));
// One or two conditions: more would hardly ever match anything.
const single = fc.oneof(
  { weight: 3, arbitrary: one('a') },
  { weight: 3, arbitrary: one('b') },
  { weight: 2, arbitrary: one('c.d') },
  {
    weight: 1,
    arbitrary: one(
      'c',
      member.map((m) => ({ $elemMatch: m })),
    ),
  },
);
const simple = fc.oneof(
  single,
  fc.tuple(one('a'), one('b')).map(([a, b]) => ({ ...a, ...b })),
  fc.tuple(one('b'), one('c.d')).map(([a, b]) => ({ ...a, ...b })),
  fc.tuple(one('b'), one('s')).map(([a, b]) => ({ ...a, ...b })),
  fc.array(scalar, { minLength: 2, maxLength: 5 }).map((list): Document => ({ b: { $in: list } })),
  fc.tuple(one('c.d'), one('c.e')).map(([a, b]) => ({ ...a, ...b })),
);
const filter = fc.oneof(
  { weight: 5, arbitrary: simple as fc.Arbitrary<Document> },
  { weight: 1, arbitrary: fc.record({ $nor: fc.array(simple, { minLength: 1, maxLength: 2 }) }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(simple, fc.constantFrom<Document>({ $gt: ['$a', '$b'] }, { $eq: ['$s', '$b'] }))
      .map(([query, $expr]) => ({ ...query, $expr })),
  },
  {
    weight: 1,
    arbitrary: simple.map((query) => ({ ...query, $jsonSchema: { required: ['b'] } })),
  },
  { weight: 1, arbitrary: fc.record({ $or: fc.array(simple, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ $and: fc.array(simple, { minLength: 1, maxLength: 2 }) }) },
);
const sort = fc.constantFrom<Record<string, 1 | -1>>(
  { a: 1, _id: 1 },
  { b: -1, _id: 1 },
  { b: 1, a: -1, _id: 1 },
  { 'c.d': 1, _id: 1 },
  { _id: -1 },
  { s: 1, _id: 1 },
  { s: -1, _id: -1 },
);

/** Every update operator, on the fields that the indexes hold. */
const update = fc.oneof<fc.Arbitrary<Document | Document[]>[]>(
  fc.record({ $set: fc.record({ a: value, b: scalar, 'c.d': scalar }, { requiredKeys: ['b'] }) }),
  fc.constantFrom<Document | Document[]>(
    { $inc: { b: 1 } },
    { $inc: { 'c.d': 2 }, $set: { s: 'b' } },
    { $mul: { b: -1 } },
    { $min: { b: 1 }, $max: { s: 'ab' } },
    { $unset: { a: 1, 'c.e': 1 } },
    { $rename: { s: 'a' } },
    { $push: { a: { $each: [2, 0], $sort: -1, $slice: 3 } } },
    { $push: { a: 1 } },
    { $addToSet: { a: { $each: ['a', 3] } } },
    { $pull: { a: { $gte: 2 } } },
    { $pullAll: { a: [1, 'a'] } },
    { $pop: { a: -1 } },
    { $bit: { b: { xor: 3 } } },
    { $set: { 'a.$[]': 1 } },
    { $set: { 'c.$[].d': 0 } },
    [{ $set: { b: '$a', a: '$b' } }],
    [{ $set: { c: { d: '$s', e: '$b' } } }, { $unset: 's' }],
    [{ $replaceWith: { _id: '$_id', b: '$b', s: '$s' } }],
  ),
);

const INDEXES: [Record<string, 1 | -1>, Document][] = [
  [{ a: 1 }, {}],
  [{ b: -1, a: 1 }, {}],
  [{ b: 1, _id: 1 }, {}],
  [{ b: 1, s: -1, _id: -1 }, { name: 'merged' }],
  [{ b: 1, s: 1 }, { name: 'unfit' }],
  [{ 'c.d': 1, 'c.e': -1 }, {}],
  [
    { a: 1, b: 1 },
    { sparse: true, name: 'sparse' },
  ],
  [
    { b: 1, a: -1 },
    { partialFilterExpression: { b: { $gte: 1 } }, name: 'partial' },
  ],
  [
    { b: 1, 'c.d': 1 },
    { collation: { locale: 'en', strength: 2 }, name: 'collated' },
  ],
];

const CANNOT_INDEX_PARALLEL_ARRAYS = 171;

async function answers(things: Collection, query: Document, order: Record<string, 1 | -1>) {
  const ids = (list: Document[]) => list.map((item) => item._id);
  return {
    sorted: ids(await things.find(query).sort(order).toArray()),
    limited: ids(await things.find(query).sort(order).skip(1).limit(3).toArray()),
    count: await things.countDocuments(query),
    collated: ids(
      await things
        .find(query, { collation: { locale: 'en', strength: 2 } })
        .sort(order)
        .toArray(),
    ),
  };
}

it('gives the same answers by every index as by looking at every document', async () => {
  const db = running.client.db('property');
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 10, maxLength: 25 }),
      fc.array(fc.tuple(filter, sort), { minLength: 8, maxLength: 12 }),
      fc.subarray(INDEXES, { minLength: 1 }),
      fc.array(fc.tuple(filter, update), { maxLength: 4 }),
      async (documents, queries, indexes, updates) => {
        const [plain, indexed] = [db.collection(`plain${round}`), db.collection(`indexed${round++}`)];
        const numbered = documents.map((item, i) => ({ ...item, _id: i as never }));
        await plain.insertMany(numbered);
        // Half before the indexes are built, half after.
        await indexed.insertMany(numbered.slice(0, numbered.length / 2));
        for (const [key, options] of indexes) await indexed.createIndex(key, options);
        await indexed.insertMany(numbered.slice(numbered.length / 2));
        for (const [query, order] of queries) {
          expect({ query, ...(await answers(indexed, query, order)) }).toEqual({
            query,
            ...(await answers(plain, query, order)),
          });
        }
        // Updates and deletes move the entries along.
        for (const [query, change] of updates) {
          const outcomes = await Promise.all(
            [plain, indexed].map(async (things) => {
              // One by one, so that a refused document leaves the others as they are.
              const ids = (
                await things
                  .find(query, { projection: { _id: 1 } })
                  .sort({ _id: 1 })
                  .toArray()
              ).map(({ _id }) => _id);
              const done: unknown[] = [];
              for (const _id of ids) {
                done.push(
                  await things.updateOne({ $and: [{ _id }, query] }, change).then(
                    (result) => result.modifiedCount,
                    (error) => error.code,
                  ),
                );
              }
              return { ids, done, documents: await things.find().sort({ _id: 1 }).toArray() };
            }),
          );
          // An index refuses two arrays in one document; without it they are welcome.
          fc.pre(!outcomes[1]!.done.includes(CANNOT_INDEX_PARALLEL_ARRAYS));
          expect({ query, change, ...outcomes[1] }).toEqual({ query, change, ...outcomes[0] });
        }
        await plain.deleteMany({ b: { $gt: 2 } });
        await indexed.deleteMany({ b: { $gt: 2 } });
        for (const [query, order] of queries) {
          expect({ query, ...(await answers(indexed, query, order)) }).toEqual({
            query,
            ...(await answers(plain, query, order)),
          });
        }
        await plain.drop();
        await indexed.drop();
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);
