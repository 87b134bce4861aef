import { type Doc, show, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Context } from './context.ts';
import { compileStages } from './pipeline.ts';
import { isView } from './views.ts';

/** Stages that a view cannot have. */
const NOT_IN_VIEWS = ['$out', '$merge', '$changeStream', '$indexStats', '$collStats'];

/** Checks `viewOn` and `pipeline`, as they are given to `create` and `collMod`. Returns the options to keep. */
export async function viewDefinition(ctx: Context, name: string, given: Doc): Promise<Doc> {
  const viewOn = given.get('viewOn');
  const pipeline = given.get('pipeline') ?? [];
  if (typeof viewOn !== 'string') throw fault('TypeMismatch', "BSON field 'create.viewOn' must be a string");
  if (viewOn === '') throw fault('BadValue', "'viewOn' cannot be empty");
  if (!Array.isArray(pipeline) || pipeline.some((stage) => !(stage instanceof Map))) {
    throw fault('TypeMismatch', "BSON field 'create.pipeline' must be an array of objects");
  }
  for (const stage of pipeline as Doc[]) {
    for (const refused of NOT_IN_VIEWS) {
      if (stage.has(refused)) {
        throw fault('OptionNotSupportedOnView', `The stage ${refused} cannot be used in a view's pipeline`);
      }
    }
  }
  await compileStages(ctx, pipeline as Doc[]);
  refuseCycle(ctx, name, viewOn);
  const options: Doc = new Map<string, Value>([
    ['viewOn', viewOn],
    ['pipeline', pipeline],
  ]);
  const collation = given.get('collation');
  if (collation instanceof Map) options.set('collation', collation);
  const below = ctx.server.catalog.get(`${ctx.db}.${viewOn}`);
  if (
    below !== undefined &&
    isView(below) &&
    show(below.options.get('collation') ?? null) !== show(collation ?? null)
  ) {
    throw fault(
      'OptionNotSupportedOnView',
      `View ${ctx.db}.${name} has a collation that does not match the collation of the view ${below.ns} it is on.`,
    );
  }
  return options;
}

function refuseCycle(ctx: Context, name: string, viewOn: string): void {
  let at: string | undefined = viewOn;
  for (let depth = 0; at !== undefined; depth++) {
    if (at === name)
      throw fault('GraphContainsCycle', `View cycle detected: ${ctx.db}.${name} would depend on itself`);
    if (depth > 20) throw fault('ViewDepthLimitExceeded', 'View depth limit exceeded; maximum depth is 20');
    const below = ctx.server.catalog.get(`${ctx.db}.${at}`);
    at = below?.options.get('viewOn') as string | undefined;
  }
}
