import { compilePipeline } from '../../src/aggregate/index.ts';
import { type Collator, makeCollator } from '../../src/bson/collation.ts';
import { type Doc, intValue, type Value } from '../../src/bson/values.ts';
import { MongoServerFault } from '../../src/errors.ts';
import {
  compileFilter,
  compileKeyOrder,
  compilePositional,
  compileProjection,
  parseSort,
  type SortKey,
  sortKeyOf,
} from '../../src/query/index.ts';
import { compileUpdate, upsertSeed } from '../../src/update/index.ts';
import { type Case, field, type Outcome } from './case.ts';

/** The moment that `$$NOW` and `$currentDate` stand for in the corpus. */
export const NOW = Date.parse('2024-05-06T07:08:09.010Z');

/** Runs a case on the functions themselves, without a server. */
export async function runDirect({ docs, op }: Case): Promise<Outcome> {
  try {
    if (op.has('find')) return { docs: find(docs, field(op, 'find')) };
    if (op.has('update')) return update(docs, field(op, 'update'));
    if (op.has('expr'))
      return { docs: await aggregate(docs, expressionPipeline(op.get('expr')!), new Map()) };
    const spec = field(op, 'aggregate');
    return { docs: await aggregate(docs, spec.get('pipeline') as Doc[], spec) };
  } catch (error) {
    if (error instanceof MongoServerFault) return { error: error.code };
    throw error;
  }
}

/** An expression is seen as the field `v` of a `$project`. */
export function expressionPipeline(expr: Value): Doc[] {
  return [
    new Map([
      [
        '$project',
        new Map<string, Value>([
          ['_id', false],
          ['v', expr],
        ]),
      ],
    ]),
  ];
}

function find(docs: Doc[], spec: Doc): Doc[] {
  const collation = makeCollator(spec.get('collation') as Doc | undefined);
  const filter = field(spec, 'filter');
  const options = { collation, now: NOW, filter };
  let out = docs.filter(compileFilter(filter, options));
  if (spec.has('sort')) out = sorted(out, parseSort(field(spec, 'sort')), collation);
  out = out.slice(intValue(spec.get('skip')) ?? 0);
  if (spec.has('limit')) out = out.slice(0, intValue(spec.get('limit')));
  return spec.has('projection') ? out.map(compileProjection(field(spec, 'projection'), options)) : out;
}

function sorted(docs: Doc[], keys: SortKey[], collation: Collator | undefined): Doc[] {
  const keyOf = sortKeyOf(keys, collation);
  const order = compileKeyOrder(keys, collation);
  const rows = docs.map((doc) => ({ doc, key: keyOf(doc) }));
  return rows.sort((a, b) => order(a.key, b.key)).map((r) => r.doc);
}

function update(docs: Doc[], spec: Doc): Outcome {
  const collation = makeCollator(spec.get('collation') as Doc | undefined);
  const filter = field(spec, 'q');
  const options = { collation, now: NOW, arrayFilters: spec.get('arrayFilters') as Doc[] | undefined };
  const apply = compileUpdate(spec.get('u') as Doc | Doc[], options);
  const matches = compileFilter(filter, options);
  const position = compilePositional(filter, options);
  let modified = 0;
  let matched = 0;
  const out = docs.map((doc) => {
    if (!matches(doc) || (spec.get('multi') === false && matched > 0)) return doc;
    matched++;
    const result = apply(doc, { matchedArrayIndex: position(doc), now: NOW });
    if (result.modified) modified++;
    return result.doc;
  });
  if (matched === 0 && spec.get('upsert') === true) {
    const seed = upsertSeed(filter);
    const id = seed.get('_id');
    const start = apply.kind === 'replacement' ? new Map(id === undefined ? [] : [['_id', id]]) : seed;
    return { docs: [...out, apply(start, { isInsert: true, now: NOW }).doc], modified };
  }
  return { docs: out, modified };
}

async function aggregate(docs: Doc[], stages: Doc[], spec: Doc): Promise<Doc[]> {
  const collation = makeCollator(spec.get('collation') as Doc | undefined);
  const others = (spec.get('collections') ?? new Map()) as Map<string, Doc[]>;
  const run = compilePipeline(stages, {
    collation,
    now: NOW,
    let: spec.get('let') as Doc | undefined,
    collection: (name) => ({
      find: (filter) => (others.get(name) ?? []).filter(compileFilter(filter, { collation })),
    }),
  });
  const out: Doc[] = [];
  for await (const doc of run(docs)) out.push(doc);
  return out;
}
