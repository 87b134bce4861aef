import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { fieldParts } from '../expression.ts';
import { isNullish } from '../operators/support.ts';
import { BATCH, type MakeStage } from '../stage.ts';

/** One document for each element of an array. */
export const unwind: MakeStage = (spec) => {
  const options = isDoc(spec) ? spec : new Map<string, Value>([['path', spec]]);
  if (!isDoc(spec) && typeof spec !== 'string')
    throw fault(
      15981,
      'expected either a string or an object as specification for $unwind stage, got something else',
    );
  for (const key of options.keys())
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(key))
      throw fault(28811, `unrecognized option to $unwind stage: ${key}`);
  const path = options.get('path');
  if (path === undefined) throw fault(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') throw fault(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw fault(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const indexName = options.get('includeArrayIndex');
  if (indexName !== undefined && (typeof indexName !== 'string' || indexName === ''))
    throw fault(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (typeof indexName === 'string' && indexName.startsWith('$'))
    throw fault(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${indexName}`,
    );
  const preserve = options.get('preserveNullAndEmptyArrays') ?? false;
  if (typeof preserve !== 'boolean')
    throw fault(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  const parts = fieldParts(path.slice(1));
  const indexParts = typeof indexName === 'string' ? fieldParts(indexName) : undefined;
  return async function* (input) {
    let out: Doc[] = [];
    for await (const batch of input) {
      for (const doc of batch) {
        unwindOne(doc, parts, indexParts, preserve, out);
        if (out.length >= BATCH) {
          yield out;
          out = [];
        }
      }
      if (out.length > 0) yield out;
      out = [];
    }
  };
};

function unwindOne(
  doc: Doc,
  parts: string[],
  indexParts: string[] | undefined,
  preserve: boolean,
  out: Doc[],
): void {
  let value: Value | undefined = doc;
  for (const part of parts) value = isDoc(value) ? value.get(part) : undefined;
  const emit = (item: Value | undefined, index: bigint | null) => {
    const next = setIn(doc, parts, 0, item);
    out.push(indexParts ? setIn(next, indexParts, 0, index) : next);
  };
  if (Array.isArray(value)) {
    if (value.length === 0 && preserve) emit(undefined, null);
    for (let i = 0; i < value.length; i++) emit(value[i]!, BigInt(i));
  } else if (!isNullish(value)) out.push(indexParts ? setIn(doc, indexParts, 0, null) : doc);
  else if (preserve) out.push(indexParts ? setIn(doc, indexParts, 0, null) : doc);
}

function setIn(doc: Doc, parts: readonly string[], i: number, value: Value | undefined): Doc {
  const out = new Map(doc);
  const name = parts[i]!;
  if (i === parts.length - 1) {
    if (value === undefined) out.delete(name);
    else out.set(name, value);
    return out;
  }
  const inner = out.get(name);
  out.set(name, setIn(isDoc(inner) ? inner : new Map(), parts, i + 1, value));
  return out;
}
