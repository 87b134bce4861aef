import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compileExpression } from '../expression.ts';
import { compilePipeline } from '../pipeline.ts';
import { chunks, inBatches, type MakeStage } from '../stage.ts';
import { leadingFilter } from './leading-filter.ts';
import { openSource } from './lookup.ts';

/** What comes in, then the documents of another collection. */
export const unionWith: MakeStage = (spec, context) => {
  const options: Doc = isDoc(spec) ? spec : new Map<string, Value>([['coll', spec]]);
  if (!isDoc(spec) && typeof spec !== 'string')
    throw fault('FailedToParse', 'the $unionWith stage specification must be an object or string');
  for (const key of options.keys())
    if (!['coll', 'pipeline', 'db'].includes(key))
      throw fault(40415, `BSON field '$unionWith.${key}' is an unknown field.`);
  const stages = options.get('pipeline') ?? [];
  if (!Array.isArray(stages))
    throw fault('TypeMismatch', "BSON field '$unionWith.pipeline' is the wrong type, expected type 'array'");
  for (const stage of stages)
    if (isDoc(stage) && (stage.has('$out') || stage.has('$merge')))
      throw fault(31441, `${stage.keys().next().value} is not allowed within a $unionWith's sub-pipeline`);
  const source = openSource(options.get('coll'), stages, context, '$unionWith');
  const { rest, prefilter } = leadingFilter(stages as Doc[], context);
  const run = compilePipeline(rest, context);
  return async function* (input) {
    yield* input;
    yield* run.batches(inBatches(source.find(prefilter())));
  };
};

/** Documents written in the pipeline itself; only as its first stage. */
export const documents: MakeStage = (spec, context, position) => {
  if (position !== 0) throw fault(40602, '$documents is only valid as the first stage in a pipeline');
  const value = compileExpression(spec, context)(new Map());
  if (!Array.isArray(value) || !value.every(isDoc)) throw fault(5858203, 'an array of documents is expected');
  return async function* () {
    yield* chunks(value as Doc[]);
  };
};
