import { toExactBigInt } from '../../bson/numbers.ts';
import { type Doc, isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compileExpression, fieldParts, walk } from '../expression.ts';
import { ValueSet } from '../operators/sets.ts';
import type { MakeStage } from '../stage.ts';
import { collect, openSource } from './lookup.ts';
import { compileAddFieldsAt } from './set-path.ts';

/** Follows references through a collection, level by level. */
export const graphLookup: MakeStage = (spec, context) => {
  if (!isDoc(spec)) throw fault('FailedToParse', 'the $graphLookup stage specification must be an object');
  const known = [
    'from',
    'startWith',
    'connectFromField',
    'connectToField',
    'as',
    'maxDepth',
    'depthField',
    'restrictSearchWithMatch',
  ];
  for (const key of spec.keys())
    if (!known.includes(key)) throw fault(40104, `Unknown argument to $graphLookup: ${key}`);
  const text = (key: string, isRequired = true): string | undefined => {
    const v = spec.get(key);
    if (v === undefined && !isRequired) return undefined;
    if (typeof v !== 'string')
      throw fault(v === undefined ? 40105 : 40103, `$graphLookup requires '${key}' to be a string`);
    return v;
  };
  const from = compileFrom(text('connectFromField')!);
  const to = text('connectToField')!;
  const put = compileAddFieldsAt(text('as')!);
  const depthField = text('depthField', false);
  if (!spec.has('startWith')) throw fault(40105, "$graphLookup requires 'startWith' to be specified");
  const start = compileExpression(spec.get('startWith')!, context);
  const limit = spec.get('maxDepth');
  const maxDepth =
    limit === undefined
      ? Number.POSITIVE_INFINITY
      : Number(isNumber(limit) ? (toExactBigInt(limit) ?? -1n) : -1n);
  if (maxDepth < 0) throw fault(40101, 'maxDepth requires a nonnegative argument');
  const restrict = spec.get('restrictSearchWithMatch');
  if (restrict !== undefined && !isDoc(restrict))
    throw fault(40185, 'restrictSearchWithMatch must be an object');
  const source = openSource(spec.get('from'), undefined, context, '$graphLookup');
  const put_ = depthField ? compileAddFieldsAt(depthField) : (doc: Doc) => doc;
  return async function* (input) {
    for await (const batch of input) {
      const out: Doc[] = [];
      for (const doc of batch) {
        const first = start(doc);
        let frontier = Array.isArray(first) ? first : first === undefined ? [] : [first];
        const asked = new ValueSet(context.collation);
        const seen = new ValueSet(context.collation);
        const found: Value[] = [];
        for (let depth = 0; depth <= maxDepth; depth++) {
          const fresh = frontier.filter((v) => asked.add(v));
          if (fresh.length === 0) break;
          const condition: Doc = new Map([[to, new Map([['$in', fresh]])]]);
          const filter: Doc = restrict ? new Map([['$and', [condition, restrict]]]) : condition;
          frontier = [];
          for (const next of await collect(source.find(filter))) {
            if (!seen.add(next.get('_id') ?? next)) continue;
            found.push(put_(next, BigInt(depth)));
            frontier.push(...from(next));
          }
        }
        out.push(put(doc, found));
      }
      yield out;
    }
  };
};

function compileFrom(path: string): (doc: Doc) => Value[] {
  const parts = fieldParts(path);
  return (doc) => {
    const v = walk(doc, parts, 0);
    return Array.isArray(v) ? v : v === undefined ? [] : [v];
  };
}
