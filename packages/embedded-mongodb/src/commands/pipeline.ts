import type { Collator, Doc } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Context } from './context.ts';

/** A pipeline ready to run over documents. */
export type RunStages = (source: AsyncIterable<Doc> | Doc[]) => AsyncIterable<Doc>;

/** Compiles stages with what they need of the server: other collections to read from and to write to. */
export async function compileStages(_ctx: Context, _stages: Doc[], _collator?: Collator): Promise<RunStages> {
  throw fault('CommandNotSupported', 'This pipeline is not supported yet.');
}

/** Stages that need what this server does not have. */
const REFUSED = new Set([
  '$geoNear',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$rankFusion',
  '$listSessions',
  '$listLocalSessions',
  '$currentOp',
  '$planCacheStats',
  '$shardedDataDistribution',
  '$listSearchIndexes',
  '$queryStats',
]);

export function refuseStages(stages: Doc[]): void {
  for (const stage of stages) {
    const name = stage.keys().next().value!;
    if (REFUSED.has(name)) {
      throw fault('CommandNotSupported', `The stage ${name} is not supported by embedded-mongodb.`);
    }
  }
}
