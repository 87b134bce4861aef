import type { OnProgress } from 'embedded-mongodb/operations';
import type { MongoClient } from 'mongodb';
import {
  createCollections,
  createIndexes,
  createViews,
  listIndexes,
  listSources,
  occupied,
  type Source,
} from './collections.ts';
import { contentOf } from './compare.ts';
import { copyDocuments } from './documents.ts';
import type { CopyFiles, CopyState } from './state.ts';

export interface Copied {
  databases: number;
  collections: number;
  documents: number;
  indexes: number;
  /** By namespace: what both sides hold. */
  contents: { ns: string; count: number; hash: string }[];
}

/** Refuses a target that holds something, and remembers what is to be emptied when it was allowed. */
export async function beginCopy(
  source: MongoClient,
  target: MongoClient,
  state: Omit<CopyState, 'emptying'>,
  files: CopyFiles,
  isReplacing: boolean,
): Promise<CopyState> {
  const wanted = (await listSources(source)).map(({ db }) => db);
  const there = await occupied(target, wanted);
  if (there.length > 0 && !isReplacing) {
    throw new Error(
      `The target is not empty: it has ${there.join(', ')}. Nothing was copied. With --replace these databases are emptied first.`,
    );
  }
  const begun = { ...state, emptying: there };
  files.write(begun);
  return begun;
}

/** Copies everything, however far an earlier run came, and compares both sides. */
export async function copyAll(
  source: MongoClient,
  target: MongoClient,
  state: CopyState,
  files: CopyFiles,
  onProgress: OnProgress,
): Promise<Copied> {
  if (state.emptying.length > 0) {
    for (const db of state.emptying) await target.db(db).dropDatabase();
    files.write({ ...state, emptying: [] });
  }
  const sources = await listSources(source);
  const collections = sources.filter(({ isView }) => !isView);
  await createCollections(target, sources);
  const total = await estimate(source, collections);
  const count = counter(onProgress, total);
  for (const collection of collections) {
    await copyDocuments(source, target, collection, count('copying'));
  }
  const contents = await compare(source, target, collections, count('comparing'));
  let indexes = 0;
  for (const collection of collections) {
    onProgress({ phase: `indexes of ${collection.ns}`, done: 0, total: 0 });
    await createIndexes(source, target, collection);
    indexes += await compareIndexes(source, target, collection);
  }
  await createViews(target, sources);
  return {
    databases: new Set(sources.map(({ db }) => db)).size,
    collections: sources.length,
    documents: contents.reduce((sum, { count }) => sum + count, 0),
    indexes,
    contents,
  };
}

async function compare(
  source: MongoClient,
  target: MongoClient,
  collections: readonly Source[],
  onRead: (count: number) => void,
): Promise<Copied['contents']> {
  const contents: Copied['contents'] = [];
  const different: string[] = [];
  for (const collection of collections) {
    const [here, there] = await Promise.all([
      contentOf(source, collection, onRead),
      contentOf(target, collection),
    ]);
    contents.push({ ns: collection.ns, ...here });
    if (here.count === there.count && here.hash === there.hash) continue;
    different.push(
      here.count === there.count
        ? `${collection.ns}: ${here.count} documents on both sides, but not the same`
        : `${collection.ns}: ${here.count} documents in the source, ${there.count} in the target`,
    );
  }
  if (different.length > 0) {
    throw new Error(
      [
        'The two sides differ. Was one of them written to meanwhile? Copy again with --replace.',
        ...different,
      ].join('\n  '),
    );
  }
  return contents;
}

async function compareIndexes(
  source: MongoClient,
  target: MongoClient,
  { db, name, ns }: Source,
): Promise<number> {
  const keys = async (client: MongoClient) =>
    (await listIndexes(client, db, name)).map((index) => `${index.name} ${JSON.stringify(index.key)}`).sort();
  const [here, there] = [await keys(source), await keys(target)];
  if (here.join() !== there.join()) throw new Error(`${ns}: its indexes are not the same on both sides.`);
  return here.length;
}

async function estimate(client: MongoClient, collections: readonly Source[]): Promise<number> {
  let total = 0;
  for (const { db, name } of collections)
    total += await client.db(db).collection(name).estimatedDocumentCount();
  return total;
}

function counter(onProgress: OnProgress, total: number) {
  return (phase: string) => {
    let done = 0;
    return (count: number): void => {
      done += count;
      onProgress({ phase, done, total });
    };
  };
}
