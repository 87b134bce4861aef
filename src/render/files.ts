/**
 * A sheet as a file, made in a thread of its own: setting type and drawing takes the processor for a second, and the
 * conversations must not wait for it. The thread comes with the first file and goes when nothing was asked for a while.
 */
import { Worker } from 'node:worker_threads';
import type { ChartKind } from './chart.ts';
import type { Sheet } from './sheet.ts';

export type FileFormat = 'pdf' | 'xlsx' | 'csv' | 'png';
/** `chart` is drawn on the PDF and is what the PNG shows; without one a PNG cannot be made. */
export type FileRequest = { sheet: Sheet; chart?: ChartKind; format: FileFormat };
/** `bytes` is absent where there is nothing to draw. */
export type FileAnswer = { id: number; bytes?: Uint8Array; error?: string };

const restAfterMs = 30_000;
type Waiting = { resolve: (bytes: Buffer | undefined) => void; reject: (error: Error) => void };
let worker: Worker | undefined;
let rest: NodeJS.Timeout | undefined;
let count = 0;
const waiting = new Map<number, Waiting>();

export function renderFile(request: FileRequest): Promise<Buffer | undefined> {
  clearTimeout(rest);
  worker ??= begin();
  worker.ref();
  const id = ++count;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker!.postMessage({ id, ...request });
  });
}

function begin(): Worker {
  const made = new Worker(new URL('./files-worker.ts', import.meta.url));
  made.on('message', ({ id, bytes, error }: FileAnswer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error));
    else asked?.resolve(bytes && Buffer.from(bytes));
    if (waiting.size) return;
    made.unref();
    rest = setTimeout(end, restAfterMs);
    rest.unref();
  });
  made.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    worker = undefined;
  });
  return made;
}

function end(): void {
  void worker?.terminate();
  worker = undefined;
}
