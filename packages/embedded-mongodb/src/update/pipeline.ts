import { stageOf } from '../aggregate/pipeline.ts';
import { reshapers } from '../aggregate/stages/reshape.ts';
import { type Doc, isDoc } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { UpdateContext, UpdateOptions } from './update.ts';

/** An update given as a pipeline of `$set`, `$unset`, `$project` and `$replaceWith` stages. */
export function compilePipelineUpdate(
  stages: Doc[],
  options: UpdateOptions,
): (doc: Doc, context: UpdateContext) => Doc {
  const steps = stages.map((stage) => {
    const { name, spec } = stageOf(stage);
    const make = reshapers[name];
    if (!make) throw fault('InvalidOptions', `${name} is not allowed to be used within an update`);
    return make(spec, options);
  });
  return (doc) => {
    let out = doc;
    for (const step of steps) out = step(out);
    // Without an _id in the result the document keeps its own.
    const id = doc.get('_id');
    return id === undefined || out.has('_id') || !isDoc(out) ? out : new Map([['_id', id], ...out]);
  };
}
