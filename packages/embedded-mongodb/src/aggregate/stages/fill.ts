import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { parseSort } from '../../query/sort.ts';
import { compileExpression, fieldParts, walk } from '../expression.ts';
import { isNullish, nameOf } from '../operators/support.ts';
import { blocking, type MakeStage } from '../stage.ts';
import { type Row, windowFunction } from '../window/functions.ts';
import { compileAddFieldsAt } from './set-path.ts';
import { partitionsOf } from './set-window-fields.ts';

/** Gives values to fields that are null or missing: a constant, the last one, or one on the line between. */
export const fill: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    throw fault('FailedToParse', `The $fill stage specification must be an object, found ${nameOf(spec)}`);
  for (const key of spec.keys())
    if (!['partitionBy', 'partitionByFields', 'sortBy', 'output'].includes(key))
      throw fault(40415, `BSON field '$fill.${key}' is an unknown field.`);
  const output = spec.get('output');
  if (!isDoc(output)) throw fault(40414, "BSON field '$fill.output' is missing but a required field");
  const by = spec.get('sortBy');
  if (by !== undefined && !isDoc(by)) throw fault('TypeMismatch', "'$fill.sortBy' must be an object");
  const keys = by ? parseSort(by) : [];
  const fieldsBy = spec.get('partitionByFields');
  if (fieldsBy !== undefined && spec.has('partitionBy'))
    throw fault(6050204, "Maximum one of 'partitionBy' and 'partitionByFields' can be specified in '$fill'");
  const partitionBy: Value | undefined = Array.isArray(fieldsBy)
    ? new Map(fieldsBy.map((f): [string, Value] => [String(f).replaceAll('.', '_'), `$${String(f)}`]))
    : spec.get('partitionBy');
  const steps = [...output].map(([name, how]) => {
    if (!isDoc(how) || how.size !== 1)
      throw fault(40415, `$fill output '${name}' must be {value: …} or {method: …}`);
    const parts = fieldParts(name);
    const put = compileAddFieldsAt(name);
    const setMissing = (doc: Doc, v: Value | undefined) =>
      isNullish(walk(doc, parts, 0)) && v !== undefined ? put(doc, v) : doc;
    if (how.has('value')) {
      const value = compileExpression(how.get('value')!, context);
      return (rows: Row[]) => rows.map(({ doc, key }) => ({ doc: setMissing(doc, value(doc) ?? null), key }));
    }
    const method = how.get('method');
    if (method !== 'linear' && method !== 'locf')
      throw fault(6050202, "Method must be either 'locf' or 'linear'");
    if (by === undefined)
      throw fault(method === 'linear' ? 605001 : 6050202, `$fill with method '${method}' requires a sortBy`);
    const run = windowFunction(
      new Map([[method === 'linear' ? '$linearFill' : '$locf', `$${name}`]]),
      keys,
      context,
    );
    return (rows: Row[]) => {
      const values = run(rows);
      return rows.map(({ doc, key }, i) => ({ doc: setMissing(doc, values[i] ?? null), key }));
    };
  });
  return blocking('$fill', context, (docs) => {
    const out: Doc[] = [];
    for (const partition of partitionsOf(docs, partitionBy, keys, context)) {
      let rows: Row[] = partition;
      for (const step of steps) rows = step(rows);
      for (const row of rows) out.push(row.doc);
    }
    return out;
  });
};
