import { compare } from '../../bson/compare.ts';
import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compileKeyOrder, parseSort, type SortKey, sortKeyOf } from '../../query/sort.ts';
import type { PipelineContext } from '../context.ts';
import { compile, type Env, rootScope } from '../expression.ts';
import { nameOf } from '../operators/support.ts';
import { blocking, type MakeStage } from '../stage.ts';
import { type Row, type WindowFunction, windowFunction } from '../window/functions.ts';
import { groupKey } from './grouping.ts';
import { compileAddFieldsAt } from './set-path.ts';

/** Values computed over neighbouring documents of the same partition. Gives the documents sorted by partition and `sortBy`. */
export const setWindowFields: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    throw fault(
      'FailedToParse',
      `the $setWindowFields stage specification must be an object, found ${nameOf(spec)}`,
    );
  for (const key of spec.keys())
    if (!['partitionBy', 'sortBy', 'output'].includes(key))
      throw fault(40415, `BSON field '$setWindowFields.${key}' is an unknown field.`);
  const output = spec.get('output');
  if (!isDoc(output))
    throw fault(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  const by = spec.get('sortBy');
  if (by !== undefined && !isDoc(by))
    throw fault(
      'TypeMismatch',
      "BSON field '$setWindowFields.sortBy' is the wrong type, expected type 'object'",
    );
  const keys = by ? parseSort(by) : [];
  const functions = [...output].map(
    ([name, f]): { put: (doc: Doc, v: Value) => Doc; run: WindowFunction } => ({
      put: compileAddFieldsAt(name),
      run: windowFunction(f, keys, context),
    }),
  );
  return blocking('$setWindowFields', context, (docs) => {
    const out: Doc[] = [];
    for (const rows of partitionsOf(docs, spec.get('partitionBy'), keys, context)) {
      let results = rows.map((r) => r.doc);
      for (const { put, run } of functions) {
        const values = run(rows);
        results = results.map((doc, i) => put(doc, values[i] ?? null));
      }
      out.push(...results);
    }
    return out;
  });
};

export function partitionsOf(
  docs: Doc[],
  by: Value | undefined,
  keys: SortKey[],
  context: PipelineContext,
): Row[][] {
  const partition = by === undefined ? () => null : compile(by, rootScope(context));
  const keyOf = sortKeyOf(keys, context.collation);
  const order = compileKeyOrder(keys, context.collation);
  const env: Env = { root: undefined, vars: [] };
  const groups = new Map<string | number, { id: Value; rows: Row[] }>();
  for (const doc of docs) {
    env.root = doc;
    const id = partition(env) ?? null;
    if (Array.isArray(id))
      throw fault('TypeMismatch', 'An expression used to partition cannot evaluate to value of type array');
    const key = groupKey(id, context.collation);
    let group = groups.get(key);
    if (!group) {
      group = { id, rows: [] };
      groups.set(key, group);
    }
    group.rows.push({ doc, key: keyOf(doc) });
  }
  const sorted = [...groups.values()].sort((a, b) => compare(a.id, b.id, context.collation));
  if (keys.length > 0) for (const group of sorted) group.rows.sort((a, b) => order(a.key, b.key));
  return sorted.map((g) => g.rows);
}
