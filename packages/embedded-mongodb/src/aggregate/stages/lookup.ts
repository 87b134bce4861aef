import { BsonRegExp, type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import type { CollectionSource, PipelineContext } from '../context.ts';
import { compile, type Expr, fieldParts, rootScope, walk } from '../expression.ts';
import { compilePipeline, type Pipeline } from '../pipeline.ts';
import { BATCH, type MakeStage } from '../stage.ts';
import { leadingFilter } from './leading-filter.ts';
import { compileAddFieldsAt } from './set-path.ts';

/** Joins another collection. Conditions go to `find` as a filter, so that its indexes serve them. */
export const lookup: MakeStage = (spec, context) => {
  if (!isDoc(spec)) throw fault('FailedToParse', 'the $lookup specification must be an Object');
  for (const key of spec.keys())
    if (!['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'].includes(key))
      throw fault('FailedToParse', `unknown argument to $lookup: ${key}`);
  const text = (key: string): string | undefined => {
    const v = spec.get(key);
    if (v !== undefined && typeof v !== 'string')
      throw fault('FailedToParse', `$lookup argument '${key}' must be a string`);
    return v;
  };
  const as = text('as');
  if (as === undefined) throw fault('FailedToParse', "must specify 'as' field for a $lookup");
  const local = text('localField');
  const foreign = text('foreignField');
  if ((local === undefined) !== (foreign === undefined))
    throw fault(
      'FailedToParse',
      "$lookup requires both or neither of 'localField' and 'foreignField' to be specified",
    );
  const stages = spec.get('pipeline');
  if (stages === undefined && local === undefined)
    throw fault(
      'FailedToParse',
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  if (stages !== undefined && !Array.isArray(stages))
    throw fault('TypeMismatch', "'pipeline' option must be specified as an array");
  if (spec.has('let') && stages === undefined)
    throw fault('FailedToParse', "$lookup with a 'let' argument requires a 'pipeline'");
  const source = openSource(spec.get('from'), stages, context, '$lookup');
  const sub = stages && new SubPipeline(stages as Doc[], spec.get('let'), context);
  const localParts = local === undefined ? undefined : fieldParts(local);
  const put = compileAddFieldsAt(as);
  return async function* (input) {
    let known: Value[] | undefined;
    for await (const batch of input) {
      const out: Doc[] = [];
      for (const doc of batch) {
        let found = known;
        if (!found) {
          const filter: Doc = localParts ? foreignFilter(foreign!, localValues(doc, localParts)) : new Map();
          found = sub ? await sub.run(doc, source, filter) : await collect(source.find(filter));
          // Without local values or variables the answer is the same for every document.
          if (!localParts && sub && !sub.hasVariables) known = found;
        }
        out.push(put(doc, found));
      }
      for (let i = 0; i < out.length; i += BATCH) yield out.slice(i, i + BATCH);
    }
  };
};

class SubPipeline {
  readonly hasVariables: boolean;
  private readonly bindings: [string, Expr][];
  private readonly values: Doc;
  private readonly outer: Doc | undefined;
  private readonly run_: Pipeline;
  private readonly filter: () => { filter: Doc };

  constructor(stages: Doc[], variables: Value | undefined, context: PipelineContext) {
    if (variables !== undefined && !isDoc(variables))
      throw fault('TypeMismatch', "$lookup argument 'let: ' must be an object");
    const scope = rootScope(context);
    this.bindings = [...(variables ?? [])].map(([name, e]) => {
      if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name))
        throw fault('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
      return [name, compile(e, scope)];
    });
    this.outer = context.let;
    this.hasVariables = this.bindings.length > 0 || (context.let?.size ?? 0) > 0;
    // The names must be there when the stages are compiled; the values are put in for each document.
    this.values = new Map([
      ...(context.let ?? []),
      ...this.bindings.map(([name]): [string, Value] => [name, null]),
    ]);
    const inner = { ...context, let: this.values };
    for (const stage of stages)
      if (isDoc(stage) && (stage.has('$out') || stage.has('$merge')))
        throw fault(51047, `${stage.keys().next().value} is not allowed within a $lookup's sub-pipeline`);
    const { rest, prefilter } = leadingFilter(stages, inner);
    this.filter = () => ({ filter: prefilter() });
    this.run_ = compilePipeline(rest, inner);
  }

  async run(doc: Doc, source: CollectionSource, condition: Doc): Promise<Value[]> {
    const values = this.bindings.map(([name, e]): [string, Value | undefined] => [
      name,
      e({ root: doc, vars: [] }),
    ]);
    for (const [name, value] of this.outer ?? []) this.values.set(name, value);
    for (const [name, value] of values) this.values.set(name, value as Value);
    const { filter } = this.filter();
    return collect(this.run_(source.find(and(condition, filter))));
  }
}

/** An `$and` of the filters that are not empty. */
function and(a: Doc, b: Doc): Doc {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  return new Map([['$and', [a, b]]]);
}

export function openSource(
  from: Value | undefined,
  stages: Value | undefined,
  context: PipelineContext,
  stage: string,
): CollectionSource {
  if (from === undefined) {
    const first = Array.isArray(stages) ? stages[0] : undefined;
    if (isDoc(first) && first.has('$documents')) return { find: () => [] };
    throw fault('FailedToParse', `must specify 'from' field for a ${stage}`);
  }
  if (!context.collection)
    throw fault('CommandNotSupported', `${stage} cannot reach other collections here.`);
  if (isDoc(from)) {
    const [db, coll] = [from.get('db'), from.get('coll')];
    if (typeof db !== 'string' || typeof coll !== 'string')
      throw fault('FailedToParse', `${stage} 'from' must be a string or {db, coll}`);
    return context.collection(coll, db);
  }
  if (typeof from !== 'string') throw fault('FailedToParse', `${stage} argument 'from' must be a string`);
  return context.collection(from);
}

export async function collect(docs: AsyncIterable<Doc> | Iterable<Doc>): Promise<Doc[]> {
  if (Symbol.iterator in docs) return [...docs];
  const out: Doc[] = [];
  for await (const doc of docs) out.push(doc);
  return out;
}

/** An array stands for its elements; a missing field looks for null or missing. */
function localValues(doc: Doc, parts: string[]): Value[] {
  const v = walk(doc, parts, 0);
  if (Array.isArray(v)) return v;
  return [v ?? null];
}

function foreignFilter(field: string, values: Value[]): Doc {
  if (values.length === 1) return new Map([[field, new Map([['$eq', values[0]!]])]]);
  if (!values.some((v) => v instanceof BsonRegExp)) return new Map([[field, new Map([['$in', values]])]]);
  return new Map([['$or', values.map((v): Doc => new Map([[field, new Map([['$eq', v]])]]))]]);
}
