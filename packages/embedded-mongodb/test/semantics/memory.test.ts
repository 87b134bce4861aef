import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compilePipeline } from '../../src/aggregate/index.ts';
import type { PipelineContext } from '../../src/aggregate/pipeline.ts';
import { decode } from '../../src/bson/decode.ts';
import { show } from '../../src/bson/ejson.ts';
import { encode } from '../../src/bson/encode.ts';
import { type Doc, int, type Value } from '../../src/bson/values.ts';
import { RunSorter } from '../../src/query/run-sort.ts';

const doc = (...pairs: [string, Value][]): Doc => new Map(pairs);

async function run(stages: Doc[], docs: Doc[], context: PipelineContext): Promise<Doc[]> {
  const out: Doc[] = [];
  for await (const found of compilePipeline(stages, context)(docs)) out.push(found);
  return out;
}

const people = (count: number): Doc[] =>
  Array.from({ length: count }, (_, i) =>
    doc(
      ['_id', int(i)],
      ['n', int((i * 7919) % count)],
      ['team', int((i * 31) % 97)],
      ['pad', 'x'.repeat(100)],
    ),
  );

const SORT = [doc(['$sort', doc(['n', int(1)])])];
const GROUP = [
  doc([
    '$group',
    doc(
      ['_id', '$team'],
      ['count', doc(['$sum', int(1)])],
      ['first', doc(['$first', '$_id'])],
      ['last', doc(['$last', '$_id'])],
      ['all', doc(['$push', '$_id'])],
      ['pads', doc(['$addToSet', '$n'])],
    ),
  ]),
];
const byId = (list: Doc[]): string[] => list.map((found) => show(found)).sort();

describe('a sort of more than fits into memory', () => {
  it('gives the same order by way of the disk', async () => {
    const docs = people(20_000);
    expect(await run(SORT, docs, { memoryLimit: 200_000 })).toEqual(await run(SORT, docs, {}));
  });

  it('is refused with 292 when the disk is forbidden', async () => {
    const context = { memoryLimit: 200_000, allowDiskUse: false };
    await expect(run(SORT, people(5000), context)).rejects.toMatchObject({
      code: 292,
      codeName: 'QueryExceededMemoryLimitNoDiskUseAllowed',
    });
  });

  it('holds only what a limit after it needs', async () => {
    const stages = [...SORT, doc(['$limit', int(3)])];
    const found = await run(stages, people(20_000), { memoryLimit: 200_000, allowDiskUse: false });
    expect(found.map((item) => item.get('n'))).toEqual([int(0), int(1), int(2)]);
  });

  it('keeps equal ones in their order, wherever they were meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 60 })), { maxLength: 60 }),
        fc.integer({ min: 1, max: 2000 }),
        (pairs, limit) => {
          const items = pairs.flatMap(([key, times]) => Array.from({ length: times * 3 }, () => key));
          const numbered = items.map((key, i) => doc(['k', key], ['i', i]));
          const sorter = new RunSorter<Doc>({
            name: 'Sort',
            keyOf: (item) => [item.get('k')!],
            order: (a, b) => (a[0] as number) - (b[0] as number),
            size: () => 30,
            encode,
            decode,
            mayUseDisk: true,
            limit,
          });
          for (const item of numbered) sorter.add(item);
          const got = [...sorter.results()].flat();
          sorter.close();
          const wanted = numbered.slice().sort((a, b) => (a.get('k') as number) - (b.get('k') as number));
          expect(got).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a $group of more than fits into memory', () => {
  it.each([20_000, 60_000, 150_000, 400_000])(
    'gives the same groups within %i bytes',
    async (memoryLimit) => {
      const docs = people(9000);
      expect(byId(await run(GROUP, docs, { memoryLimit }))).toEqual(byId(await run(GROUP, docs, {})));
    },
  );

  it('is refused with 292 when the disk is forbidden, also when only its arrays grow', async () => {
    const context = { memoryLimit: 100_000, allowDiskUse: false };
    await expect(run(GROUP, people(20_000), context)).rejects.toMatchObject({ code: 292 });
    const push = [doc(['$group', doc(['_id', null], ['all', doc(['$push', '$pad'])])])];
    await expect(run(push, people(20_000), context)).rejects.toMatchObject({ code: 292 });
  });

  it('is refused with 146 when one group alone is too large', async () => {
    const push = [doc(['$group', doc(['_id', null], ['all', doc(['$push', '$pad'])])])];
    await expect(run(push, people(20_000), { memoryLimit: 100_000 })).rejects.toMatchObject({ code: 146 });
  });

  it('counts nothing twice: values that are there already take no memory', async () => {
    const set = [doc(['$group', doc(['_id', null], ['pads', doc(['$addToSet', '$pad'])])])];
    const found = await run(set, people(20_000), { memoryLimit: 10_000, allowDiskUse: false });
    expect(found).toEqual([doc(['_id', null], ['pads', ['x'.repeat(100)]])]);
  });
});

describe('a stage that holds everything and cannot use the disk', () => {
  it('says so', async () => {
    const window = [
      doc([
        '$setWindowFields',
        doc(['sortBy', doc(['n', int(1)])], ['output', doc(['r', doc(['$rank', doc()])])]),
      ]),
    ];
    await expect(run(window, people(5000), { memoryLimit: 100_000 })).rejects.toMatchObject({ code: 292 });
  });
});
