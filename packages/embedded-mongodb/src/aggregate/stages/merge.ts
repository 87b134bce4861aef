import { identical } from '../../bson/identical.ts';
import { type Doc, Int32, isDoc, ObjectId, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import type { PipelineContext, WriteTarget } from '../context.ts';
import { compile, type Expr, rootScope, walk } from '../expression.ts';
import { compilePipeline } from '../pipeline.ts';
import { flatten, type MakeStage } from '../stage.ts';

/** Replaces a collection with what comes in. */
export const out: MakeStage = (spec, context) => {
  const { coll, db } = namespaceOf(spec, '$out', 16990);
  const target = openTarget(context, '$out', coll, db);
  // biome-ignore lint/correctness/useYield: the stage gives no documents
  return async function* (input) {
    await target.replaceAll(flatten(input));
  };
};

/** Writes what comes in into a collection, one document after another. */
export const merge: MakeStage = (spec, context) => {
  const options: Doc = isDoc(spec) ? spec : new Map<string, Value>([['into', spec]]);
  for (const key of options.keys())
    if (!['into', 'on', 'let', 'whenMatched', 'whenNotMatched'].includes(key))
      throw fault(40415, `BSON field '$merge.${key}' is an unknown field.`);
  if (!options.has('into')) throw fault(40414, "BSON field '$merge.into' is missing but a required field");
  const { coll, db } = namespaceOf(options.get('into')!, '$merge', 51178);
  const given = options.get('on');
  const on = given === undefined ? ['_id'] : Array.isArray(given) ? given : [given];
  if (on.length === 0)
    throw fault(51187, "If explicitly specifying $merge 'on', must include at least one field");
  for (const f of on)
    if (typeof f !== 'string') throw fault(51134, "$merge 'on' array elements must be strings");
  const matched = whenMatched(
    options.get('whenMatched') ?? 'merge',
    options.get('let'),
    on as string[],
    context,
  );
  const notMatched = options.get('whenNotMatched') ?? 'insert';
  if (notMatched !== 'insert' && notMatched !== 'discard' && notMatched !== 'fail')
    throw fault(
      'BadValue',
      `Enumeration value '${String(notMatched)}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  const target = openTarget(context, '$merge', coll, db);
  // biome-ignore lint/correctness/useYield: the stage gives no documents
  return async function* (input) {
    if (!(on.length === 1 && on[0] === '_id') && !(await target.hasUniqueIndex(on as string[])))
      throw fault(
        51183,
        `Cannot find index to verify that join fields will be unique: create a unique index on ${on.join(', ')}`,
      );
    for await (const batch of input)
      for (const incoming of batch) {
        const doc =
          incoming.has('_id') || !on.includes('_id')
            ? incoming
            : new Map<string, Value>([['_id', ObjectId.generate()], ...incoming]);
        const key = keyOf(doc, on as string[]);
        const old = await target.findByKey(key);
        if (old) {
          const next = await matched(old, doc);
          if (next && !identical(next, old)) {
            if (!identical(next.get('_id'), old.get('_id')))
              throw fault(
                'ImmutableField',
                '$merge failed to update the matching document, did you attempt to modify the _id or the shard key?',
              );
            await target.replace(old, next);
          }
        } else if (notMatched === 'insert')
          await target.insert(
            doc.has('_id') ? doc : new Map<string, Value>([['_id', ObjectId.generate()], ...doc]),
          );
        else if (notMatched === 'fail')
          throw fault(
            13113,
            '$merge could not find a matching document in the target collection for at least one document in the source collection',
          );
      }
  };
};

type WhenMatched = (old: Doc, doc: Doc) => Promise<Doc | undefined>;

function whenMatched(
  spec: Value,
  variables: Value | undefined,
  on: readonly string[],
  context: PipelineContext,
): WhenMatched {
  if (Array.isArray(spec)) {
    const scope = rootScope(context);
    const given = isDoc(variables) ? variables : new Map<string, Value>([['new', '$$ROOT']]);
    const bindings = [...given].map(([name, e]): [string, Expr] => [name, compile(e, scope)]);
    const values: Doc = new Map([
      ...(context.let ?? []),
      ...bindings.map(([name]): [string, Value] => [name, null]),
    ]);
    if (!values.has('new')) values.set('new', null);
    const run = compilePipeline(spec as Doc[], { ...context, let: values });
    return async (old, doc) => {
      values.set('new', doc);
      for (const [name, e] of bindings) values.set(name, e({ root: doc, vars: [] }) as Value);
      for await (const result of run([old])) return result;
      return undefined;
    };
  }
  switch (spec) {
    case 'replace':
      return async (old, doc) =>
        doc.has('_id') ? doc : new Map<string, Value>([['_id', old.get('_id')!], ...doc]);
    case 'merge':
      return async (old, doc) => new Map([...old, ...doc]);
    case 'keepExisting':
      return async () => undefined;
    case 'fail':
      return async (old) => {
        const keyPattern: Doc = new Map(on.map((field): [string, Value] => [field, new Int32(1)]));
        const known = fault(
          'DuplicateKey',
          "$merge with whenMatched: 'fail' found an existing document with the same values for the 'on' fields",
        );
        throw Object.assign(known, { extra: { keyPattern, keyValue: keyOf(old, on) } });
      };
    default:
      throw fault(
        'BadValue',
        `Enumeration value '${String(spec)}' for field '$merge.whenMatched' is not a valid value.`,
      );
  }
}

function keyOf(doc: Doc, on: readonly string[]): Doc {
  return new Map(
    on.map((field): [string, Value] => {
      const v = walk(doc, field.split('.'), 0);
      if (v === undefined || v === null)
        throw fault(51132, `$merge write error: 'on' field cannot be missing, null, undefined or an array`);
      if (Array.isArray(v))
        throw fault(51185, `$merge write error: 'on' field cannot be missing, null, undefined or an array`);
      return [field, v];
    }),
  );
}

function namespaceOf(spec: Value, stage: string, code: number): { coll: string; db?: string } {
  if (typeof spec === 'string') return { coll: spec };
  if (isDoc(spec) && typeof spec.get('coll') === 'string') {
    const db = spec.get('db');
    if (spec.has('timeseries'))
      throw fault('CommandNotSupported', 'Time-series collections are not available here.');
    return typeof db === 'string'
      ? { coll: spec.get('coll') as string, db }
      : { coll: spec.get('coll') as string };
  }
  throw fault(code, `${stage} only supports a string or an object with 'db' and 'coll' as its argument`);
}

function openTarget(context: PipelineContext, stage: string, coll: string, db?: string): WriteTarget {
  if (!context.target) throw fault('CommandNotSupported', `${stage} cannot write here.`);
  return db === undefined ? context.target(coll) : context.target(coll, db);
}
