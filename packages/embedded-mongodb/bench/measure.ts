import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A few hundred bytes, as a lead or a message has. */
export const RECORD_BYTES = 256;

/** Operations a second of `clients` loops that each wait for the one before. */
export async function rate(
  ms: number,
  clients: number,
  work: (client: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  const end = start + ms;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        await work(client);
        done++;
      }
    }),
  );
  return (done / (performance.now() - start)) * 1000;
}

/** What the disk gives at best for one writer: appending a record to a file and waiting until it is there. */
export function rawRate(folder: string, ms: number): number {
  const file = join(folder, 'raw');
  const handle = openSync(file, 'w');
  const record = Buffer.alloc(RECORD_BYTES, 7);
  const start = performance.now();
  let done = 0;
  while (performance.now() < start + ms) {
    writeSync(handle, record);
    fdatasyncSync(handle);
    done++;
  }
  const elapsed = performance.now() - start;
  closeSync(handle);
  rmSync(file);
  return (done / elapsed) * 1000;
}

/** Milliseconds that each of `runs` calls took. */
export async function timings(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work(run);
    all.push(performance.now() - start);
  }
  return all;
}

export function percentile(values: number[], p: number): number {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]!;
}

export const median = (values: number[]): number => percentile(values, 0.5);

export function freshFolder(): string {
  return mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'embedded-mongodb-bench-'));
}
