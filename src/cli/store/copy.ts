import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { StartOptions } from 'embedded-mongodb';
import { type OnProgress, Pace } from 'embedded-mongodb/operations';
import { MongoClient } from 'mongodb';
import { beginCopy, type Copied, copyAll } from './copy/run.ts';
import { addressOf, CopyFiles, type CopyState } from './copy/state.ts';
import { counted, working } from './operations.ts';

export interface CopyOptions {
  to?: string;
  from?: string;
  replace?: boolean;
}

/** Moves everything to a MongoDB, or from one. Goes on where an earlier run to or from the same address ended. */
export async function copyCommand(dataDir: string, options: CopyOptions): Promise<void> {
  await working(async ({ OperationError }, onProgress) => {
    const { replace = false } = options;
    const [to, from] = [await uriOf(options.to), await uriOf(options.from)];
    if ((to === undefined) === (from === undefined)) {
      throw new OperationError('Say either --to URI or --from URI.');
    }
    const copied =
      to === undefined
        ? await copyFrom(dataDir, from!, replace, onProgress)
        : await copyTo(dataDir, to, replace, onProgress);
    return summary(copied);
  });
}

/** Arguments are seen by everybody on the machine, and a URI may have a password in it. */
async function uriOf(given: string | undefined): Promise<string | undefined> {
  return given === '-' ? (await text(process.stdin)).trim() : given;
}

/** What is copied is the state of one moment, kept beside the data until all of it has arrived. */
async function copyTo(
  dataDir: string,
  uri: string,
  replace: boolean,
  onProgress: OnProgress,
): Promise<Copied> {
  const { snapshot } = await import('embedded-mongodb/operations');
  const files = new CopyFiles(dataDir, 'to', addressOf(uri));
  const begun = unfinished(files, replace);
  return await using(await open(uri), async (target) => {
    if (begun === undefined) {
      files.remove();
      mkdirSync(files.snapshot, { recursive: true, mode: 0o700 });
      await snapshot(dataDir, join(files.snapshot, 'embedded.db'), new Pace(onProgress));
    }
    try {
      return await withEmbedded({ dataDir: files.snapshot, isStill: true }, async (source) => {
        const state = begun ?? (await beginCopy(source, target, stateOf('to', uri), files, replace));
        return await copyAll(source, target, state, files, onProgress);
      });
    } finally {
      // Refused before it began: nothing is left over.
      if (files.read() === undefined) files.remove();
    }
  }).then((copied) => done(files, copied));
}

async function copyFrom(
  dataDir: string,
  uri: string,
  replace: boolean,
  onProgress: OnProgress,
): Promise<Copied> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const files = new CopyFiles(dataDir, 'from', addressOf(uri));
  const begun = unfinished(files, replace);
  return await using(await open(uri), (source) =>
    withEmbedded({ dataDir }, async (target) => {
      const state = begun ?? (await beginCopy(source, target, stateOf('from', uri), files, replace));
      return await copyAll(source, target, state, files, onProgress);
    }),
  ).then((copied) => done(files, copied));
}

/** An earlier run that goes on; with --replace it begins anew. */
function unfinished(files: CopyFiles, replace: boolean): CopyState | undefined {
  if (replace) return undefined;
  const begun = files.read();
  if (begun === undefined) return undefined;
  if (begun.emptying.length > 0) {
    throw new Error(
      'An earlier run with --replace was cut off while it emptied the target. Give --replace again.',
    );
  }
  process.stderr.write(`Goes on with the copy begun at ${begun.begunAt}.\n`);
  return begun;
}

function stateOf(direction: CopyState['direction'], uri: string): Omit<CopyState, 'emptying'> {
  return { direction, address: addressOf(uri), begunAt: new Date().toISOString() };
}

function done(files: CopyFiles, copied: Copied): Copied {
  files.remove();
  return copied;
}

async function open(uri: string): Promise<MongoClient> {
  const options = /[?&]serverSelectionTimeoutMS=/i.test(uri) ? {} : { serverSelectionTimeoutMS: 15_000 };
  return await MongoClient.connect(uri, { appName: 'parley store copy', ...options });
}

async function using<T>(client: MongoClient, work: (client: MongoClient) => Promise<T>): Promise<T> {
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function withEmbedded<T>(options: StartOptions, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const { startEmbedded } = await import('embedded-mongodb');
  const server = await startEmbedded(options);
  try {
    return await using(await open(server.uri), work);
  } finally {
    await server.close();
  }
}

function summary({ databases, collections, documents, indexes, contents }: Copied): string {
  const width = Math.max(0, ...contents.map(({ ns }) => ns.length));
  return [
    ...contents.map(({ ns, count, hash }) => `${ns.padEnd(width)}  ${String(count).padStart(9)}  ${hash}`),
    `${counted(documents, 'document')} in ${counted(collections, 'collection')} of ${counted(databases, 'database')}, ${counted(indexes, 'index', 'indexes')}: the same on both sides.`,
  ].join('\n');
}
