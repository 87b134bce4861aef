import type { CollectionSource, PipelineContext, WriteTarget } from '../aggregate/pipeline.ts';
import type { Collator, Doc } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import { readIndex } from '../storage/index-spec.ts';
import type { Stored } from '../storage/records.ts';
import { isCapped } from './capped.ts';
import { dropCollection } from './collections.ts';
import { boolField, type Context, doc, docField, ensureCollection } from './context.ts';
import { ordered } from './find.ts';
import { findFirst, locate } from './locate.ts';
import { variablesOf } from './variables.ts';
import { documentsOfView, isView, notOnView } from './views.ts';
import { untilUnheld } from './wait.ts';
import { attempt, insertOne, replaceStored } from './write.ts';

/** A pipeline ready to run over documents, which come and go in batches. */
export type RunStages = (source: AsyncIterable<Doc[]>) => AsyncIterable<Doc[]>;

/** Compiles stages with what they need of the server: other collections to read from and to write to. */
export async function compileStages(ctx: Context, stages: Doc[], collator?: Collator): Promise<RunStages> {
  // Loaded with the first pipeline: many applications start without one.
  const { compilePipeline } = await import('../aggregate/pipeline.ts');
  const collation = docField(ctx.body, 'collation');
  const context: PipelineContext = {
    collation: collator,
    let: variablesOf(ctx),
    now: ctx.server.now(),
    allowDiskUse: !ctx.body.has('allowDiskUse') || boolField(ctx.body, 'allowDiskUse'),
    collection: (name, db = ctx.db) => source(ctx, `${db}.${name}`, collation),
    target: (name, db = ctx.db) => {
      if (ctx.transaction !== undefined) {
        throw fault('OperationNotSupportedInTransaction', '$out and $merge cannot be used in a transaction');
      }
      return target(ctx, `${db}.${name}`);
    },
  };
  return compilePipeline(stages, context).batches;
}

/** Another collection, read by its indexes. */
function source(ctx: Context, ns: string, collation: Doc | undefined): CollectionSource {
  return {
    async *find(filter) {
      const collection = ctx.server.catalog.get(ns, ctx.transaction);
      if (collection === undefined) return;
      if (isView(collection)) {
        yield* documentsOfView(ctx, collection, filter);
        return;
      }
      const located = locate(ctx, collection, { filter, collation });
      for await (const batch of ordered(ctx, collection, located, 0))
        for (const stored of batch) yield stored.doc;
    },
  };
}

/** What `$merge` and `$out` write to. */
function target(ctx: Context, ns: string): WriteTarget {
  const open = (): Collection => ensureCollection(ctx, ns);
  const find = async (collection: Collection, filter: Doc): Promise<Stored | undefined> =>
    findFirst(ctx, collection, locate(ctx, collection, { filter }));
  return {
    findByKey: async (key) => {
      const collection = ctx.server.catalog.get(ns);
      return collection && (await find(collection, key))?.doc;
    },
    insert: (document) =>
      attempt(ctx, () => {
        insertOne(ctx, open(), document);
      }),
    replace: (old, document) =>
      attempt(ctx, async () => {
        const collection = open();
        const found = await find(collection, doc(['_id', old.get('_id') ?? null]));
        if (found !== undefined) replaceStored(ctx, collection, found, document, true);
      }),
    replaceAll: (documents) => replaceAll(ctx, ns, documents),
    hasUniqueIndex: (fields) => {
      const wanted = [...fields].sort().join('\0');
      const { indexes } = open();
      return indexes.some(
        (index) => index.unique && !index.partial && [...index.fields].sort().join('\0') === wanted,
      );
    },
  };
}

/** Writes a new collection with the indexes of the old one, and puts it in its place at the end. */
async function replaceAll(ctx: Context, ns: string, documents: AsyncIterable<Doc>): Promise<void> {
  const { catalog, changes } = ctx.server;
  const [db, name] = [ns.slice(0, ns.indexOf('.')), ns.slice(ns.indexOf('.') + 1)];
  const old = catalog.get(ns);
  if (isView(old)) throw notOnView(ns);
  if (old !== undefined && isCapped(old)) {
    throw fault(17152, `namespace '${ns}' is capped so it can't be used for $out`);
  }
  const fresh = catalog.create(db, `tmp.agg_out.${crypto.randomUUID()}`, old?.options);
  for (const index of old?.indexes.slice(1) ?? []) {
    fresh.indexes.push(Object.assign(readIndex(index.spec, fresh.id, fresh.nextIndex++), { isReady: true }));
  }
  try {
    for await (const document of documents) insertOne(ctx, fresh, document);
    await untilUnheld(ctx);
  } catch (error) {
    dropCollection(ctx, fresh);
    throw error;
  }
  // One turn of the event loop, so one commit: nobody sees the collection missing.
  const now = catalog.get(ns);
  if (now !== undefined) catalog.drop(now);
  const from = fresh.ns;
  catalog.rename(fresh, db, name);
  changes.renamed(from, fresh, now);
}
