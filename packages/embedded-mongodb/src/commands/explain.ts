import { type Doc, int, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { IndexPlan, Plan } from '../planner/plan.ts';
import { type Context, doc, docField, findCollection, intField, TimeSlice } from './context.ts';
import { countFields, countMatching } from './count.ts';
import { query } from './find.ts';
import { VERSION } from './hello.ts';
import { type Located, locate, matching } from './locate.ts';

/** What a command was found to do: the plan, and (when it was run) what that cost. */
export interface Explained {
  located: Located;
  /** Number of documents it gives or changes; undefined when it was not run. */
  returned?: number;
  sort?: Doc;
  limit?: number;
  skip?: number;
  projection?: Doc;
  /** Stage on top of the plan: COUNT, UPDATE, DELETE. */
  top?: string;
}

/** `explain`: the plan that is really used; with `executionStats` the command is run, without its writes. */
export async function explain(ctx: Context): Promise<Doc> {
  const command = docField(ctx.body, 'explain');
  if (command === undefined) throw fault('TypeMismatch', "BSON field 'explain.explain' must be an object");
  const verbosity = ctx.body.get('verbosity') ?? 'allPlansExecution';
  if (!['queryPlanner', 'executionStats', 'allPlansExecution'].includes(verbosity as string)) {
    throw fault(
      'BadValue',
      `Enumeration value '${String(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
    );
  }
  const name = command.keys().next().value ?? '';
  const inner: Context = { ...ctx, name, body: command };
  const started = performance.now();
  const explained = await run(inner, name, verbosity !== 'queryPlanner');
  return describe(inner, explained, verbosity !== 'queryPlanner' ? performance.now() - started : undefined);
}

async function run(ctx: Context, name: string, isRun: boolean): Promise<Explained> {
  switch (name) {
    case 'find':
      return explainFind(ctx, ctx.body, isRun);
    case 'count': {
      const collection = findCollection(ctx);
      const located = locate(ctx, collection, countFields(ctx.body));
      const returned = isRun ? await countMatching(ctx, collection, located) : undefined;
      return { located, returned, top: 'COUNT' };
    }
    case 'distinct': {
      const located = locate(ctx, findCollection(ctx), countFields(ctx.body));
      return { located, returned: isRun ? await countAll(ctx, located) : undefined };
    }
    case 'aggregate':
      return explainFind(ctx, leadingMatch(ctx.body), isRun);
    case 'update':
    case 'delete': {
      const list = ctx.body.get(name === 'update' ? 'updates' : 'deletes');
      const statement = Array.isArray(list) && list.length === 1 ? list[0] : undefined;
      if (!(statement instanceof Map)) {
        throw fault('InvalidLength', 'explained write batches must be of size 1');
      }
      const located = locate(ctx, findCollection(ctx), {
        filter: docField(statement, 'q') ?? new Map(),
        hint: statement.get('hint'),
        collation: docField(statement, 'collation'),
      });
      const returned = isRun ? await countAll(ctx, located) : undefined;
      return { located, returned, top: name === 'update' ? 'UPDATE' : 'DELETE' };
    }
    case 'findAndModify':
    case 'findandmodify': {
      const located = locate(ctx, findCollection(ctx), {
        ...countFields(ctx.body),
        sort: docField(ctx.body, 'sort'),
      });
      const returned = isRun ? Math.min(1, await countAll(ctx, located)) : undefined;
      return { located, returned, top: ctx.body.has('update') ? 'UPDATE' : 'DELETE' };
    }
    default:
      throw fault('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
}

async function explainFind(ctx: Context, body: Doc, isRun: boolean): Promise<Explained> {
  const { located, results } = query(ctx, body);
  let returned: number | undefined;
  if (isRun) {
    returned = 0;
    for (;;) {
      const step = await results.next();
      if (step.done) break;
      returned++;
    }
  }
  return {
    located,
    returned,
    sort: docField(body, 'sort'),
    limit: intField(body, 'limit'),
    skip: intField(body, 'skip'),
    projection: docField(body, 'projection'),
  };
}

/** A pipeline reaches its documents by its first `$match` (and `$sort` after it). */
function leadingMatch(body: Doc): Doc {
  const stages = (body.get('pipeline') as Doc[] | undefined) ?? [];
  const find = doc(['filter', stages[0]?.get('$match') ?? new Map()]);
  const sort = stages[stages[0]?.has('$match') ? 1 : 0]?.get('$sort');
  if (sort instanceof Map) find.set('sort', sort);
  for (const field of ['hint', 'collation', 'let']) {
    const value = body.get(field);
    if (value !== undefined) find.set(field, value);
  }
  return find;
}

async function countAll(ctx: Context, located: Located): Promise<number> {
  const collection = findCollection(ctx);
  if (collection === undefined) return 0;
  let total = 0;
  const slice = new TimeSlice(ctx);
  for (const batch of matching(ctx, collection, located)) {
    total += batch.length;
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
  return total;
}

function describe(ctx: Context, explained: Explained, ms: number | undefined): Doc {
  const { located, returned } = explained;
  const ns = `${ctx.db}.${String(ctx.body.get(ctx.name))}`;
  const stage = stages(explained);
  const reply = doc(
    ['explainVersion', '1'],
    [
      'queryPlanner',
      doc(
        ['namespace', ns],
        ['parsedQuery', located.query.filter],
        ['indexFilterSet', false],
        ['winningPlan', stage],
        ['rejectedPlans', []],
      ),
    ],
  );
  if (ms !== undefined && returned !== undefined) {
    const stats = doc(
      ['executionSuccess', true],
      ['nReturned', int(returned)],
      ['executionTimeMillis', int(Math.round(ms))],
      ['totalKeysExamined', int(located.stats.keys)],
      ['totalDocsExamined', int(located.stats.docs)],
      ['executionStages', new Map([...stage, ['nReturned', int(returned)]])],
    );
    reply.set('executionStats', stats);
  }
  reply.set('command', ctx.body);
  reply.set('serverInfo', doc(['host', ctx.client.me], ['version', VERSION.slice(0, 3).join('.')]));
  return reply;
}

function stages(explained: Explained): Doc {
  const { located, sort, limit, skip, projection, top } = explained;
  const { plan, query: asked } = located;
  if (top === 'COUNT') {
    if (plan.kind === 'index' && plan.isExact)
      return doc(['stage', 'COUNT'], ['inputStage', indexStage(plan, 'COUNT_SCAN')]);
    if (asked.filter.size === 0) return doc(['stage', 'RECORD_STORE_FAST_COUNT']);
  }
  let stage = planStage(plan, asked.filter);
  if (sort?.size && !plan.isSorted)
    stage = doc(['stage', 'SORT'], ['sortPattern', sort], ['inputStage', stage]);
  if (skip) stage = doc(['stage', 'SKIP'], ['skipAmount', int(skip)], ['inputStage', stage]);
  if (limit) stage = doc(['stage', 'LIMIT'], ['limitAmount', int(limit)], ['inputStage', stage]);
  if (projection?.size) {
    stage = doc(['stage', 'PROJECTION_DEFAULT'], ['transformBy', projection], ['inputStage', stage]);
  }
  return top === undefined ? stage : doc(['stage', top], ['inputStage', stage]);
}

function planStage(plan: Plan, filter: Doc): Doc {
  switch (plan.kind) {
    case 'nothing':
      return doc(['stage', 'EOF']);
    case 'collection': {
      const stage = doc(['stage', 'COLLSCAN']);
      if (filter.size > 0) stage.set('filter', filter);
      stage.set('direction', plan.reverse ? 'backward' : 'forward');
      return stage;
    }
    case 'index': {
      const scan = indexStage(plan, 'IXSCAN');
      const input = plan.merge === undefined ? scan : doc(['stage', 'SORT_MERGE'], ['inputStage', scan]);
      return doc(['stage', 'FETCH'], ['filter', filter], ['inputStage', input]);
    }
    case 'or': {
      const inputs: Value[] = plan.branches.map((branch) => indexStage(branch, 'IXSCAN'));
      return doc(
        ['stage', 'FETCH'],
        ['filter', filter],
        ['inputStage', doc(['stage', 'OR'], ['inputStages', inputs])],
      );
    }
  }
}

function indexStage(plan: IndexPlan, stage: string): Doc {
  const { index } = plan;
  return doc(
    ['stage', stage],
    ['keyPattern', index.spec.get('key')!],
    ['indexName', index.name],
    ['isMultiKey', index.isMultikey],
    ['isUnique', index.unique],
    ['isSparse', index.sparse],
    ['isPartial', index.partial !== undefined],
    ['indexVersion', int(2)],
    ['direction', plan.reverse ? 'backward' : 'forward'],
    ['ranges', int(plan.ranges.length)],
  );
}
