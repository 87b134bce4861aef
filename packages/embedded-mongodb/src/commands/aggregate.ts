import { type Doc, Int32, int, intValue, makeCollator, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { refuseNear } from '../geo/near-query.ts';
import { collStatsStage } from '../operations/server-stages.ts';
import type { Collection } from '../storage/catalog.ts';
import { changeStream } from './change-stream.ts';
import { fromArray } from './collections.ts';
import { boolField, type Context, doc, docField, findCollection, intField, wrongType } from './context.ts';
import { countMatching } from './count.ts';
import { openCursor, type Results } from './cursors.ts';
import { ordered } from './find.ts';
import { type Located, locate, type QueryFields } from './locate.ts';
import { neededFields } from './needed-fields.ts';
import { compileStages } from './pipeline.ts';
import { variablesOf } from './variables.ts';

/** `aggregate`: what an index can do is done by the planner, the rest by the pipeline, streamed. */
export async function aggregate(ctx: Context): Promise<Doc> {
  const stages = stagesOf(ctx);
  const target = ctx.body.get('aggregate');
  const ns = `${ctx.db}.${typeof target === 'string' ? target : '$cmd.aggregate'}`;
  if (!ctx.body.has('cursor') && !ctx.body.has('explain')) {
    throw fault(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  if (boolField(ctx.body, 'explain')) return explainInstead(ctx);
  const cursor = docField(ctx.body, 'cursor') ?? new Map();
  const batchSize = intField(cursor, 'batchSize');
  const first = stages[0];
  if (first?.has('$changeStream')) {
    const rest = stages.slice(1);
    const piped = rest.length === 0 ? undefined : await compileStages(ctx, rest);
    const events = piped && ((given: Doc[]) => collect(piped(oneBatch(given))));
    return changeStream(ctx, first.get('$changeStream')!, events);
  }
  const given = first && serverDocuments(ctx, first);
  if (given !== undefined) {
    const rest = stages.slice(1);
    const found = oneBatch(given);
    const piped = rest.length === 0 ? found : (await compileStages(ctx, rest))(found);
    return openCursor(ctx, ns, new BatchResults(piped), { batchSize });
  }
  refuseWriting(ctx, stages);
  const results = await pipelineResults(
    ctx,
    typeof target === 'string' ? findCollection(ctx) : undefined,
    stages,
  );
  return openCursor(ctx, ns, results, { batchSize });
}

/** What the server itself knows, as the first stage. */
function serverDocuments(ctx: Context, first: Doc): Doc[] | undefined {
  if (first.has('$listLocalSessions')) return ctx.server.sessions.list();
  if (first.has('$collStats')) return collStatsStage(ctx, first.get('$collStats')!);
  return undefined;
}

/** The old way to ask: `explain: true` within the command. */
async function explainInstead(ctx: Context): Promise<Doc> {
  const { explain } = await import('./explain.ts');
  const command = new Map(ctx.body);
  command.delete('explain');
  if (!command.has('cursor')) command.set('cursor', new Map());
  const body: Doc = new Map<string, Value>([
    ['explain', command],
    ['verbosity', 'queryPlanner'],
  ]);
  return explain({ ...ctx, name: 'explain', body });
}

function refuseWriting(ctx: Context, stages: Doc[]): void {
  const last = stages[stages.length - 1];
  if (!last?.has('$out') && !last?.has('$merge')) return;
  const level = docField(ctx.body, 'readConcern')?.get('level');
  if (level === 'linearizable' || (level === 'snapshot' && ctx.transaction === undefined)) {
    throw fault('InvalidOptions', `$out and $merge cannot be used with the read concern ${level}`);
  }
}

/** What the stages give over a collection, one by one. */
export async function pipelineResults(
  ctx: Context,
  collection: Collection | undefined,
  stages: Doc[],
): Promise<Results<Doc>> {
  const counted = await countOnly(ctx, collection, stages);
  if (counted !== undefined) return fromArray(counted);
  const { fields, rest, limit } = pushDown(ctx, stages);
  // Every stage is checked, also those behind a collection that is not there.
  const piped =
    rest.length === 0
      ? undefined
      : await compileStages(ctx, rest, makeCollator(fields.collation ?? inheritedCollation(collection)));
  const located = locate(ctx, collection, fields);
  const found = documents(ctx, collection, located, limit, neededFields(rest));
  return new BatchResults(piped ? piped(found) : found);
}

function inheritedCollation(collection: Collection | undefined): Doc | undefined {
  const collation = collection?.options.get('collation');
  return collation instanceof Map ? collation : undefined;
}

async function* documents(
  ctx: Context,
  collection: Collection | undefined,
  located: Located,
  limit: number,
  fields: ReadonlySet<string> | undefined,
): AsyncGenerator<Doc[]> {
  if (collection === undefined) return;
  for await (const batch of ordered(ctx, collection, located, limit)) {
    yield batch.map((stored) => (fields === undefined ? stored.doc : stored.fields(fields)));
  }
}

async function* oneBatch(given: Doc[]): AsyncGenerator<Doc[]> {
  yield given;
}

/** Batches, given out one by one. */
class BatchResults implements Results<Doc> {
  readonly #source: AsyncIterator<Doc[]>;
  #batch: Doc[] = [];
  #at = 0;

  constructor(source: AsyncIterable<Doc[]>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async next(): Promise<IteratorResult<Doc>> {
    while (this.#at >= this.#batch.length) {
      const step = await this.#source.next();
      if (step.done) return { done: true, value: undefined };
      this.#batch = step.value;
      this.#at = 0;
    }
    return { done: false, value: this.#batch[this.#at++]! };
  }

  async return(): Promise<IteratorResult<Doc>> {
    this.#batch = [];
    await this.#source.return?.();
    return { done: true, value: undefined };
  }
}

/** The leading `$match` and `$sort` go to the planner; a `$limit` right after them bounds the sort. */
export function pushDown(ctx: Context, stages: Doc[]): { fields: QueryFields; rest: Doc[]; limit: number } {
  const filters: Doc[] = [];
  let at = 0;
  for (; stages[at]?.has('$match'); at++) {
    const filter = stages[at]!.get('$match')!;
    if (!(filter instanceof Map)) throw fault(15959, 'the match filter must be an expression in an object');
    refuseNear(filter);
    filters.push(filter);
  }
  const fields: QueryFields = {
    filter: filters.length === 1 ? filters[0]! : filters.length === 0 ? new Map() : doc(['$and', filters]),
    hint: ctx.body.get('hint'),
    collation: docField(ctx.body, 'collation'),
    variables: variablesOf(ctx),
  };
  let limit = 0;
  const sort = stages[at]?.get('$sort');
  if (sort instanceof Map && sort.size > 0 && ![...sort.values()].some((value) => value instanceof Map)) {
    fields.sort = sort;
    at++;
    const skip = intValue(stages[at]?.get('$skip')) ?? 0;
    const bound = intValue(stages[at + (skip > 0 ? 1 : 0)]?.get('$limit')) ?? 0;
    limit = bound > 0 ? bound + skip : 0;
  }
  return { fields, rest: stages.slice(at), limit };
}

/** `[{$match}, {$group: {_id: constant, n: {$sum: 1}}}]`, which drivers send for `countDocuments`. */
async function countOnly(
  ctx: Context,
  collection: Collection | undefined,
  stages: Doc[],
): Promise<Doc[] | undefined> {
  const group = stages.length <= 2 ? stages[stages.length - 1]?.get('$group') : undefined;
  if (!(group instanceof Map) || group.size !== 2) return undefined;
  if (stages.length === 2 && !stages[0]!.has('$match')) return undefined;
  const id = group.get('_id');
  if (id !== null && intValue(id) === undefined) return undefined;
  const [field, sum] = [...group][1]!;
  // A dotted name is refused by the stage itself, and a sum of doubles or longs is one.
  const one = sum instanceof Map && sum.size === 1 ? sum.get('$sum') : undefined;
  if (field.includes('.') || !(one instanceof Int32) || one.value !== 1) return undefined;
  const { fields } = pushDown(ctx, stages.slice(0, -1));
  const total = await countMatching(ctx, collection, locate(ctx, collection, fields));
  return total === 0 ? [] : [doc(['_id', id ?? null], [field, int(total)])];
}

async function collect(source: AsyncIterable<Doc[]>): Promise<Doc[]> {
  const all: Doc[] = [];
  for await (const batch of source) all.push(...batch);
  return all;
}

export function stagesOf(ctx: Context): Doc[] {
  const pipeline = ctx.body.get('pipeline');
  if (!Array.isArray(pipeline)) throw wrongType('aggregate.pipeline', 'array', pipeline ?? null);
  return pipeline.map((stage: Value) => {
    if (!(stage instanceof Map))
      throw fault('TypeMismatch', "Each element of the 'pipeline' array must be an object");
    if (stage.size !== 1) {
      throw fault(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    return stage;
  });
}
