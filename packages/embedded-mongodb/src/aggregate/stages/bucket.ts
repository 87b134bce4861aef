import { compare, rankOf } from '../../bson/compare.ts';
import { toNumber } from '../../bson/numbers.ts';
import { type Doc, int, isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, type Env, isConstant, rootScope } from '../expression.ts';
import type { GroupState } from '../group-accumulators.ts';
import { blocking, chunks, type MakeStage, wantCount } from '../stage.ts';
import { GRANULARITIES, roundDown, roundUp } from './granularity.ts';
import { compileField } from './group.ts';

const COUNT: Value = new Map([['$sum', int(1)]]);

function outputFields(
  spec: Doc,
  scope: ReturnType<typeof rootScope>,
  code: number,
): [string, (env: Env) => GroupState][] {
  const output = spec.get('output') ?? new Map([['count', COUNT]]);
  if (!isDoc(output)) throw fault(code, "The 'output' field must be an object");
  return [...output].map(([name, value]) => [name, compileField(name, value, scope)]);
}

/** Groups by the half-open ranges between the boundaries. */
export const bucket: MakeStage = (spec, context) => {
  if (!isDoc(spec)) throw fault(40201, 'Argument to $bucket stage must be an object');
  for (const key of spec.keys())
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(key))
      throw fault(40197, `Unrecognized option to $bucket: ${key}.`);
  const scope = rootScope(context);
  const by = spec.get('groupBy');
  const list = spec.get('boundaries');
  if (by === undefined || list === undefined)
    throw fault(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!isDoc(by) && !(typeof by === 'string' && by.startsWith('$')))
    throw fault(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  if (!Array.isArray(list)) throw fault(40200, "The $bucket 'boundaries' field must be an array");
  if (list.length < 2)
    throw fault(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${list.length} value(s).`,
    );
  const bounds = list.map((b) => {
    if (!isConstant(b))
      throw fault(40191, "The $bucket 'boundaries' field must be an array of constant values");
    return compile(b, scope)({ root: undefined, vars: [] }) ?? null;
  });
  bounds.slice(1).forEach((b, i) => {
    if (rankOf(b) !== rankOf(bounds[i]!))
      throw fault(40193, "All values in the 'boundaries' option to $bucket must have the same type.");
    if (compare(bounds[i]!, b, context.collation) >= 0)
      throw fault(40194, "The 'boundaries' option to $bucket must be sorted, with no repeats.");
  });
  const fallback = spec.get('default');
  if (fallback !== undefined && !isConstant(fallback))
    throw fault(40195, "The $bucket 'default' field must be a constant");
  const defaultId =
    fallback === undefined ? undefined : (compile(fallback, scope)({ root: undefined, vars: [] }) ?? null);
  if (
    defaultId !== undefined &&
    compare(defaultId, bounds[0]!) >= 0 &&
    compare(defaultId, bounds.at(-1)!) < 0
  )
    throw fault(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  const value = compile(by, scope);
  const fields = outputFields(spec, scope, 40196);
  return async function* (input) {
    const env: Env = { root: undefined, vars: [] };
    const states: (GroupState[] | undefined)[] = [];
    for await (const batch of input)
      for (const doc of batch) {
        env.root = doc;
        const v = value(env) ?? null;
        let at = -1;
        if (
          compare(v, bounds[0]!, context.collation) >= 0 &&
          compare(v, bounds.at(-1)!, context.collation) < 0
        )
          at = bounds.findLastIndex((b) => compare(b, v, context.collation) <= 0);
        if (at < 0) {
          if (defaultId === undefined)
            throw fault(
              40066,
              '$switch could not find a matching branch for an input, and no default was specified.',
            );
          at = bounds.length;
        }
        states[at] ??= fields.map(([, make]) => make(env));
        for (const state of states[at]!) state.feed(env);
      }
    const out: Doc[] = [];
    states.forEach((s, i) => {
      if (s) out.push(makeDoc(i === bounds.length ? defaultId! : bounds[i]!, s, fields));
    });
    yield* chunks(out.sort((a, b) => compare(a.get('_id')!, b.get('_id')!, context.collation)));
  };
};

function makeDoc(id: Value, states: GroupState[], fields: [string, unknown][]): Doc {
  return new Map<string, Value>([
    ['_id', id],
    ...states.map((s, i): [string, Value] => [fields[i]![0], s.result() ?? null]),
  ]);
}

/** Groups into a number of buckets of about the same size; equal values stay together. */
export const bucketAuto: MakeStage = (spec, context) => {
  if (!isDoc(spec)) throw fault(40240, 'The argument to $bucketAuto must be an object');
  for (const key of spec.keys())
    if (!['groupBy', 'buckets', 'output', 'granularity'].includes(key))
      throw fault(40245, `Unrecognized option to $bucketAuto: ${key}.`);
  if (!spec.has('groupBy') || !spec.has('buckets'))
    throw fault(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  const scope = rootScope(context);
  const by = spec.get('groupBy')!;
  if (!isDoc(by) && !(typeof by === 'string' && by.startsWith('$')))
    throw fault(
      40239,
      "The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression object",
    );
  const wanted = wantCount(
    spec.get('buckets')!,
    1n,
    40243,
    "The $bucketAuto 'buckets' field must be greater than 0, but found",
  );
  const granularity = spec.get('granularity');
  if (granularity !== undefined && typeof granularity !== 'string')
    throw fault(40261, "The $bucketAuto 'granularity' field must be a string");
  if (granularity !== undefined && !GRANULARITIES.has(granularity))
    throw fault(40257, `Unknown rounding granularity: ${granularity}`);
  const value = compile(by, scope);
  const fields = outputFields(spec, scope, 40244);
  return blocking('$bucketAuto', context, (docs) => {
    const env: Env = { root: undefined, vars: [] };
    const rows = docs.map((doc) => {
      env.root = doc;
      const v = value(env) ?? null;
      if (granularity && !(isNumber(v) && toNumber(v) >= 0))
        throw fault(
          isNumber(v) ? 40260 : 40258,
          '$bucketAuto can specify a granularity with non-negative numeric boundaries only',
        );
      return { v, doc };
    });
    rows.sort((a, b) => compare(a.v, b.v, context.collation));
    const out: Doc[] = [];
    const size = Math.max(1, Math.round(rows.length / wanted));
    let from = 0;
    while (from < rows.length && out.length < wanted) {
      const isLast = out.length === wanted - 1;
      let to = isLast ? rows.length : Math.min(rows.length, from + size);
      while (to < rows.length && compare(rows[to]!.v, rows[to - 1]!.v, context.collation) === 0) to++;
      let max = to < rows.length ? rows[to]!.v : rows.at(-1)!.v;
      let min = rows[from]!.v;
      if (granularity) {
        max = roundUp(granularity, rows[to - 1]!.v);
        while (to < rows.length && compare(rows[to]!.v, max) < 0) to++;
        min =
          out.length === 0
            ? roundDown(granularity, min)
            : ((out.at(-1)!.get('_id') as Doc).get('max') as Value);
      }
      const states = fields.map(([, make]) => make(env));
      for (let i = from; i < to; i++) {
        env.root = rows[i]!.doc;
        for (const state of states) state.feed(env);
      }
      out.push(
        makeDoc(
          new Map([
            ['min', min],
            ['max', max],
          ]),
          states,
          fields,
        ),
      );
      from = to;
    }
    return out;
  });
};
