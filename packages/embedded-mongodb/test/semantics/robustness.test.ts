import { describe, expect, it } from '@jest/globals';
import { compileExpression, compilePipeline } from '../../src/aggregate/index.ts';
import { expressionOperators } from '../../src/aggregate/operators/index.ts';
import { stageMakers } from '../../src/aggregate/stages/index.ts';
import { parseDecimal } from '../../src/bson/decimal.ts';
import { docFromEjson, show } from '../../src/bson/ejson.ts';
import {
  Binary,
  BSON_UNDEFINED,
  BsonDate,
  BsonRegExp,
  Code,
  MIN_KEY,
  ObjectId,
  type Value,
} from '../../src/bson/values.ts';
import { MongoServerFault } from '../../src/errors.ts';
import { compileFilter, compileProjection, filterBounds } from '../../src/query/index.ts';
import { operators } from '../../src/query/operators.ts';
import { compileUpdate, upsertSeed } from '../../src/update/index.ts';

const DOCS = [
  docFromEjson({}),
  docFromEjson({ _id: 1, a: [1, { b: [2] }], b: null, s: 'abc', d: { $date: '2024-01-01T00:00:00Z' } }),
  docFromEjson({ _id: 2, a: { b: { c: [[]] } }, b: 'x' }),
];

/** Operands of every type and shape, few of which any one operator expects. */
const OPERANDS: Value[] = [
  ...[null, 1, -1, 0, 1.5, 2n, Number.NaN, 'a', '$a', '$s', '^x(', true],
  ...[[], [1, 2], [[1], null], ['$a', '$b'], ['$s', '$s', '$s']],
  ...[
    {},
    { a: 1 },
    { $gt: 1 },
    { $each: 1 },
    { input: '$a' },
    { date: '$d', timezone: 'UTC' },
    { path: '$a' },
  ].map(docFromEjson),
  parseDecimal('1.5')!,
  new BsonDate(0),
  new BsonRegExp('a'),
  ObjectId.generate(),
  new Binary(new Uint8Array(2)),
  new Code('x'),
  MIN_KEY,
  BSON_UNDEFINED,
];

const PATHS = ['a', 'a.b', 'a.0', 'a.$', 'a.$[]', '_id', ''];
const UPDATES =
  '$set $unset $inc $mul $min $max $rename $currentDate $push $addToSet $pull $pullAll $pop $bit'.split(' ');

/** What went wrong otherwise than by an error that MongoDB knows. */
function surprises(what: string, operand: Value, work: () => void): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return error instanceof MongoServerFault ? [] : [`${what} ${show(operand)}: ${(error as Error).message}`];
  }
}

describe('Whatever it is given, the answer is a result or a MongoDB error:', () => {
  it('expressions', () => {
    const found: string[] = [];
    for (const name of expressionOperators.keys())
      for (const v of OPERANDS)
        for (const operand of [v, [v], [v, v], [v, 1], ['$s', v, v]])
          found.push(
            ...surprises(name, operand, () => DOCS.forEach(compileExpression(new Map([[name, operand]])))),
          );
    expect(found).toEqual([]);
  });

  it('filters and projections', () => {
    const found: string[] = [];
    for (const path of PATHS)
      for (const v of OPERANDS) {
        for (const name of operators.keys()) {
          const filter = new Map([[path, new Map([[name, v]])]]);
          found.push(...surprises(`${path} ${name}`, v, () => DOCS.forEach(compileFilter(filter))));
          found.push(
            ...surprises(`${path} ${name}`, v, () => void [filterBounds(filter), upsertSeed(filter)]),
          );
        }
        found.push(
          ...surprises(`project ${path}`, v, () => DOCS.forEach(compileProjection(new Map([[path, v]])))),
        );
      }
    expect(found).toEqual([]);
  });

  it('updates', () => {
    const found: string[] = [];
    for (const path of PATHS)
      for (const v of OPERANDS)
        for (const name of UPDATES)
          for (const doc of DOCS)
            found.push(
              ...surprises(`${name} ${path}`, v, () =>
                compileUpdate(new Map([[name, new Map([[path, v]])]]))(doc, { matchedArrayIndex: 0 }),
              ),
            );
    expect(found).toEqual([]);
  });

  it('stages', async () => {
    const found: string[] = [];
    const collection = () => ({ find: () => DOCS });
    for (const name of stageMakers.keys())
      for (const v of OPERANDS)
        try {
          for await (const doc of compilePipeline([new Map([[name, v]])], { collection })(DOCS)) void doc;
        } catch (error) {
          if (!(error instanceof MongoServerFault))
            found.push(`${name} ${show(v)}: ${(error as Error).message}`);
        }
    expect(found).toEqual([]);
  });
});
