import { BsonDate, type Doc, intValue, type Value } from '../bson/index.ts';
import { collStats } from '../commands/collections.ts';
import { type Context, doc, findCollection } from '../commands/context.ts';
import { fault } from '../errors.ts';

/** `{$collStats: {storageStats: {scale}, count: {}}}`: one document about a collection; the shell's stats() asks for it. */
export function collStatsStage(ctx: Context, spec: Value): Doc[] {
  if (!(spec instanceof Map)) throw fault(5447000, '$collStats must take a nested object');
  const target = ctx.body.get('aggregate');
  if (typeof target !== 'string') throw fault('InvalidNamespace', '$collStats needs a collection');
  const result = doc(
    ['ns', `${ctx.db}.${target}`],
    ['host', ctx.client.me],
    ['localTime', new BsonDate(ctx.server.now())],
  );
  for (const [field, options] of spec) {
    if (field === 'count') {
      const collection = findCollection(ctx);
      if (collection === undefined) throw missing(ctx, target);
      result.set('count', stats(ctx, target, undefined).get('count')!);
    } else if (field === 'storageStats') {
      const scale = options instanceof Map ? intValue(options.get('scale')) : undefined;
      const { ns: _, ...rest } = Object.fromEntries(stats(ctx, target, scale)) as Record<string, Value>;
      result.set('storageStats', new Map(Object.entries(rest)));
    } else if (field === 'latencyStats' || field === 'queryExecStats' || field === 'operationStats') {
      throw fault('CommandNotSupported', `$collStats has no ${field} here: it is not counted.`);
    } else throw fault(40415, `BSON field '$collStats.${field}' is an unknown field.`);
  }
  return [result];
}

function stats(ctx: Context, target: string, scale: number | undefined): Doc {
  const body: Doc = new Map<string, Value>([['collStats', target]]);
  if (scale !== undefined) body.set('scale', scale);
  return collStats({ ...ctx, name: 'collStats', body });
}

function missing(ctx: Context, target: string): Error {
  return fault(
    'NamespaceNotFound',
    `Unable to retrieve count in $collStats stage :: Collection [${ctx.db}.${target}] not found.`,
  );
}

/** `profile`: nothing is recorded here, and level 0 says so; another level cannot be had. */
export function profile(ctx: Context): Doc {
  const level = intValue(ctx.body.get('profile'));
  if (level !== -1 && level !== 0) {
    throw fault('CommandNotSupported', 'Profiling is not supported by embedded-mongodb: use explain.');
  }
  return doc(['was', 0], ['slowms', 100], ['sampleRate', 1]);
}
