import type { Document, MongoClient } from 'mongodb';

/** A collection or a view as its database lists it. */
export interface Source {
  db: string;
  name: string;
  ns: string;
  isView: boolean;
  options: Document;
}

const OWN_DATABASES = new Set(['local', 'config']);

/** Everything that is copied: all databases but the server's own, all collections but the system's. */
export async function listSources(client: MongoClient): Promise<Source[]> {
  const sources: Source[] = [];
  for (const db of await databases(client)) {
    for (const { name, type, options } of await collections(client, db)) {
      const { uuid: _, ...kept } = options ?? {};
      sources.push({ db, name, ns: `${db}.${name}`, isView: type === 'view', options: kept });
    }
  }
  return sources.sort((a, b) => (a.ns < b.ns ? -1 : 1));
}

/** Those of these databases in which there is something. */
export async function occupied(client: MongoClient, wanted: Iterable<string>): Promise<string[]> {
  const found: string[] = [];
  for (const db of new Set(wanted)) if ((await collections(client, db)).length > 0) found.push(db);
  return found;
}

/** Collections before their documents, so that a kind that the target does not have is found at once. */
export async function createCollections(target: MongoClient, sources: readonly Source[]): Promise<void> {
  const there = new Set((await listSources(target)).map(({ ns }) => ns));
  for (const { db, name, ns, isView, options } of sources) {
    if (there.has(ns) || isView) continue;
    await during(`${ns} cannot be made`, () => target.db(db).command({ create: name, ...options }));
  }
}

/** After the documents: indexes that expire documents must not take any away before they have been counted. */
export async function createIndexes(
  source: MongoClient,
  target: MongoClient,
  { db, name, ns }: Source,
): Promise<void> {
  const wanted = await listIndexes(source, db, name);
  const there = new Set((await listIndexes(target, db, name)).map((index) => index.name));
  const indexes = wanted.filter((index) => !there.has(index.name)).map(({ v: _v, ns: _ns, ...spec }) => spec);
  if (indexes.length === 0) return;
  await during(`the indexes of ${ns} cannot be made`, () =>
    target.db(db).command({ createIndexes: name, indexes }),
  );
}

/** After everything that they look at. */
export async function createViews(target: MongoClient, sources: readonly Source[]): Promise<void> {
  const there = new Set((await listSources(target)).map(({ ns }) => ns));
  for (const { db, name, ns, isView, options } of sources) {
    if (!isView || there.has(ns)) continue;
    await during(`the view ${ns} cannot be made`, () => target.db(db).command({ create: name, ...options }));
  }
}

export async function listIndexes(client: MongoClient, db: string, name: string): Promise<Document[]> {
  return await client.db(db).collection(name).listIndexes().toArray();
}

async function databases(client: MongoClient): Promise<string[]> {
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  return databases.map(({ name }) => name).filter((name) => !OWN_DATABASES.has(name));
}

async function collections(client: MongoClient, db: string) {
  const all = await client.db(db).listCollections().toArray();
  return all.filter(({ name }) => !name.startsWith('system.')) as {
    name: string;
    type?: string;
    options?: Document;
  }[];
}

async function during<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}
