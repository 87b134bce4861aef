/**
 * An uploaded file as pages of rows. It is read in a thread of its own with a bound on its memory and time: what a
 * stranger's file does there, it does to nobody else.
 */
import { Worker } from 'node:worker_threads';
import type { RawRow } from './csv.ts';
import { limits, Unreadable } from './limits.ts';
import type { About, Told } from './worker.ts';

export type { RawRow } from './csv.ts';
export type { About } from './worker.ts';

/** `take` is given page after page, and waited for. @throws Unreadable with the reason in words. */
export async function readFile(path: string, take: (rows: RawRow[]) => Promise<void>): Promise<About> {
  await turn();
  try {
    return await readNow(path, take);
  } finally {
    reading -= 1;
    waiting.shift()?.();
  }
}

/** So many files are read at once: each may take the memory that it is allowed. */
const most = 2;
let reading = 0;
const waiting: (() => void)[] = [];

async function turn(): Promise<void> {
  while (reading >= most) await new Promise<void>((resolve) => waiting.push(resolve));
  reading += 1;
}

function readNow(path: string, take: (rows: RawRow[]) => Promise<void>): Promise<About> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { path },
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
  });
  const done = new Promise<About>((resolve, reject) => {
    worker.on('message', (told: Told) => {
      if (told.kind === 'end') return resolve(told.about);
      if (told.kind === 'refused') return reject(new Unreadable(told.why));
      take(told.rows).then(() => worker.postMessage('next'), reject);
    });
    worker.on('error', (error: Error & { code?: string }) =>
      reject(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new Unreadable('The file unpacks to more than can be held. Save the sheet as CSV, or in parts.')
          : error,
      ),
    );
    worker.on('exit', () => reject(new Unreadable('The file could not be read to its end.')));
  });
  const late = setTimeout(() => void worker.terminate(), limits.seconds * 1000);
  return done.finally(() => {
    clearTimeout(late);
    return worker.terminate();
  });
}
