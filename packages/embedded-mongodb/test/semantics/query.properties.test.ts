import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare } from '../../src/bson/compare.ts';
import { decodeFields } from '../../src/bson/decode.ts';
import { encode } from '../../src/bson/encode.ts';
import { identical } from '../../src/bson/identical.ts';
import { keyBytes } from '../../src/bson/key.ts';
import { indexKeys } from '../../src/bson/multikey.ts';
import { parsePath } from '../../src/bson/path.ts';
import { BsonDate, type Doc, type Value } from '../../src/bson/values.ts';
import {
  type Bound,
  compileFilter,
  compileSieve,
  compileSort,
  filterBounds,
  filterFields,
} from '../../src/query/index.ts';
import { compileUpdate } from '../../src/update/index.ts';
import { anyValue, smallDoc, smallValue } from './arbitrary.ts';

const path = fc.constantFrom('a', 'b', 'a.x', 'a.0', 'a.x.y');
const operator: fc.Arbitrary<[string, Value]> = fc.oneof(
  fc.tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), smallValue),
  fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(smallValue, { maxLength: 3 })),
  fc.tuple(fc.constant('$exists'), fc.boolean()),
);
const condition: fc.Arbitrary<Value> = fc.oneof(
  smallValue,
  operator.map((o): Value => new Map([o])),
  fc.tuple(operator, operator).map(([a, b]): Value => new Map([a, b])),
  operator.map((o): Value => new Map([['$elemMatch', new Map([o])]])),
  operator.map((o): Value => new Map([['$elemMatch', new Map([['x', new Map([o])]])]])),
  operator.map((o): Value => new Map([['$not', new Map([o])]])),
);
const field = fc.tuple(path, condition).map(([p, c]): Doc => new Map([[p, c]]));
const filter: fc.Arbitrary<Doc> = fc.oneof(
  field,
  fc.tuple(field, field).map(([a, b]): Doc => new Map([['$and', [a, b]]])),
  fc.tuple(field, field).map(([a, b]): Doc => new Map([['$or', [a, b]]])),
);

/** Filters of arbitrary values are refused now and then. */
function matchesIfValid(f: Doc, doc: Doc): boolean {
  let matches: (doc: Doc) => boolean;
  try {
    matches = compileFilter(f);
  } catch {
    return false;
  }
  return matches(doc);
}

describe('Filters', () => {
  const simple = fc.tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte'), anyValue);
  const simpleFilter = fc.oneof(
    filter,
    fc
      .dictionary(
        fc.constantFrom('a', 'b', 'ab', 'é'),
        fc.oneof(
          anyValue,
          simple.map((o): Value => new Map([o])),
        ),
        { minKeys: 1, maxKeys: 3 },
      )
      .map((fields): Doc => new Map(Object.entries(fields))),
  );
  const anyDoc = fc.oneof(
    smallDoc,
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'ab', 'é', 'z', 'q'), anyValue), {
        selector: ([name]) => name,
      })
      .map((fields): Doc => new Map(fields)),
  );

  it('take nothing that their sieve refuses, of any values and wherever the document lies', () => {
    let refused = 0;
    let passed = 0;
    fc.assert(
      fc.property(simpleFilter, anyDoc, fc.nat({ max: 9 }), (f, doc, at) => {
        const sieve = compileSieve(f, false);
        if (sieve === undefined) return;
        const bytes = encode(doc);
        const page = Buffer.concat([Buffer.alloc(at, 7), bytes, Buffer.alloc(3, 9)]);
        const passes = sieve(page, at, at + bytes.length);
        if (passes) passed++;
        else refused++;
        if (!passes) expect(matchesIfValid(f, doc)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
    expect(refused).toBeGreaterThan(1000);
    expect(passed).toBeGreaterThan(100);
  });

  it.each<[string, Doc, Doc, boolean]>([
    [
      'an equal number of another type',
      new Map<string, Value>([['a', 5]]),
      new Map<string, Value>([['a', 5n]]),
      true,
    ],
    ['another number', new Map<string, Value>([['a', 5]]), new Map<string, Value>([['a', 6]]), false],
    [
      'an equal text',
      new Map<string, Value>([['a', 'é']]),
      new Map<string, Value>([
        ['b', 1],
        ['a', 'é'],
      ]),
      true,
    ],
    ['a longer text', new Map<string, Value>([['a', 'x']]), new Map<string, Value>([['a', 'xy']]), false],
    [
      'a field that is not there',
      new Map<string, Value>([['a', 'x']]),
      new Map<string, Value>([['ab', 'x']]),
      false,
    ],
    [
      'an array that may hold it',
      new Map<string, Value>([['a', 5]]),
      new Map<string, Value>([['a', [6]]]),
      true,
    ],
    [
      'an earlier date',
      new Map<string, Value>([['a', new Map([['$gte', new BsonDate(-5)]])]]),
      new Map<string, Value>([['a', new BsonDate(-6)]]),
      false,
    ],
    [
      'a later date',
      new Map<string, Value>([['a', new Map([['$gte', new BsonDate(-5)]])]]),
      new Map<string, Value>([['a', new BsonDate(2 ** 40)]]),
      true,
    ],
  ])('have a sieve that decides about %s', (_, f, doc, passes) => {
    const bytes = encode(doc);
    expect(compileSieve(f, false)!(Buffer.from(bytes), 0, bytes.length)).toBe(passes);
  });

  it('answer the same on a document of which only the needed fields were read', () => {
    fc.assert(
      fc.property(filter, smallDoc, (f, doc) => {
        const matches = compileFilter(f);
        const part = decodeFields(encode(doc), filterFields(f)!);
        expect(matches(part)).toBe(matches(doc));
      }),
      { numRuns: 4000 },
    );
  });

  it('match only documents that have an index key within each of their bounds', () => {
    fc.assert(
      fc.property(filter, smallDoc, (f, doc) => {
        if (!compileFilter(f)(doc)) return;
        for (const bound of filterBounds(f)) expect(hasKeyIn(doc, bound)).toBe(true);
      }),
      { numRuns: 8000 },
    );
  });

  it('do not look for a missing field below an index of an array, where the element itself is the key', () => {
    const filter: Doc = new Map([['a.0', null]]);
    expect(compileFilter(filter)(new Map([['a', [new Map()]]]))).toBe(true);
    expect(filterBounds(filter)).toEqual([]);
  });

  it('and their negation divide all documents', () => {
    fc.assert(
      fc.property(filter, smallDoc, (f, doc) => {
        const not: Doc = new Map([['$nor', [f]]]);
        expect(compileFilter(not)(doc)).toBe(!compileFilter(f)(doc));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Whether an index on the path would be asked for this document. A parallel array or an ambiguous name has no index. */
function hasKeyIn(doc: Doc, bound: Bound): boolean {
  let keys: Value[][];
  try {
    keys = indexKeys(doc, [parsePath(bound.path)]);
  } catch {
    return true;
  }
  return keys.some(([v]) => {
    if (bound.eq) return bound.eq.some((wanted) => compare(wanted, v!) === 0);
    const { rank, min, minInclusive, max, maxInclusive } = bound.range!;
    if (keyBytes([v!], [1])[0] !== rank) return false;
    if (min !== undefined && compare(v!, min) < (minInclusive ? 0 : 1)) return false;
    return max === undefined || compare(v!, max) <= (maxInclusive ? 0 : -1);
  });
}

describe('Sorting', () => {
  it('orders documents totally', () => {
    fc.assert(
      fc.property(smallDoc, smallDoc, smallDoc, (a, b, c) => {
        const order = compileSort(
          new Map<string, Value>([
            ['a', 1],
            ['b.x', -1],
          ]),
        );
        let sorted: Doc[];
        try {
          sorted = [a, b, c].sort(order);
        } catch {
          return; // parallel arrays
        }
        expect(order(sorted[0]!, sorted[2]!)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Updates', () => {
  it('leave the document that they were given as it was', () => {
    const changes = fc.constantFrom<[string, Value]>(
      [
        '$set',
        new Map<string, Value>([
          ['a.x', 1],
          ['b', 2],
        ]),
      ],
      ['$unset', new Map([['a', 1]])],
      ['$push', new Map([['a', 1]])],
      ['$inc', new Map([['a', 1]])],
      ['$rename', new Map([['a', 'c']])],
      ['$pull', new Map([['a', 1]])],
    );
    fc.assert(
      fc.property(smallDoc, changes, (doc, change) => {
        const before = encode(doc);
        let result: { doc: Doc; modified: boolean } | undefined;
        try {
          result = compileUpdate(new Map([change]))(doc);
        } catch (error) {
          expect((error as { code?: number }).code).toBeDefined();
        }
        expect(Buffer.compare(encode(doc), before)).toBe(0);
        if (result) expect(result.modified).toBe(!identical(result.doc, doc));
      }),
      { numRuns: 3000 },
    );
  });
});
