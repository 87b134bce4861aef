import type { Doc } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { UpdateContext, UpdateOptions } from './update.ts';

/** An update given as a pipeline. */
export function compilePipelineUpdate(
  _stages: Doc[],
  _options: UpdateOptions,
): (doc: Doc, context: UpdateContext) => Doc {
  throw fault('NotImplemented', 'Updates by pipeline are not available yet.');
}
