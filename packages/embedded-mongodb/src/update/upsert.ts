import { BsonRegExp, type Doc, isDoc, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { isOperators } from '../query/filter.ts';
import { parseUpdatePath } from './field-path.ts';
import { changeAt } from './tree.ts';

/**
 * The document that an upsert starts from: the filter's equalities (`a: 1`, `$eq`, a `$in` or `$all` of one, and those
 * in an `$and` or in an `$or` of one). Throws NotSingleValueField (54) when a path would get two values.
 */
export function upsertSeed(filter: Doc): Doc {
  const found = new Map<string, Value>();
  collect(filter, found);
  for (const a of found.keys())
    for (const b of found.keys())
      if (a !== b && b.startsWith(`${a}.`))
        throw fault(
          'NotSingleValueField',
          `cannot infer query fields to set, both paths '${a}' and '${b}' are matched`,
        );
  let out: Doc = new Map();
  const id = found.get('_id');
  if (id !== undefined) out.set('_id', id);
  for (const [path, value] of found) out = changeAt(out, parseUpdatePath(path).parts, () => value, true);
  return out;
}

function collect(filter: Doc, found: Map<string, Value>): void {
  for (const [key, value] of filter) {
    if (key === '$and' && Array.isArray(value)) for (const part of value) collect(part as Doc, found);
    else if (key === '$or' && Array.isArray(value) && value.length === 1) collect(value[0] as Doc, found);
    if (key.startsWith('$') || value instanceof BsonRegExp) continue;
    if (!isDoc(value) || !isOperators(value)) note(found, key, value);
    else
      for (const [name, operand] of value) {
        const single = Array.isArray(operand) && operand.length === 1 ? operand[0]! : undefined;
        if (name === '$eq') note(found, key, operand);
        else if (
          (name === '$in' || name === '$all') &&
          single !== undefined &&
          !(single instanceof BsonRegExp) &&
          !isOperators(single)
        )
          note(found, key, single);
      }
  }
}

function note(found: Map<string, Value>, path: string, value: Value): void {
  if (found.has(path))
    throw fault('NotSingleValueField', `cannot infer query fields to set, path '${path}' is matched twice`);
  found.set(path, value);
}
