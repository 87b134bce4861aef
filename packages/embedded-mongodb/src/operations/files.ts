import { execFile } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Pace } from './progress.ts';

const CHUNK = 4 * 1024 * 1024;

/** Copies the first `bytes` of a file that may grow meanwhile, and syncs the copy. Never leaves half a copy as whole. */
export async function copyBytes(from: string, to: string, bytes: number, pace: Pace): Promise<void> {
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'wx', 0o600);
    try {
      const buffer = Buffer.allocUnsafe(CHUNK);
      for (let at = 0; at < bytes; ) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(CHUNK, bytes - at), at);
        if (bytesRead === 0) throw new Error(`${from} is shorter than it was.`);
        await target.write(buffer, 0, bytesRead, at);
        at += bytesRead;
        await pace.step('copying', at, bytes);
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/**
 * As {@link copyBytes}, in a process of its own. For a file that this process holds: to close a file gives up all
 * locks that the process has on it, whoever in it took them.
 */
export async function copyElsewhere(from: string, to: string, bytes: number, pace: Pace): Promise<void> {
  const script = fileURLToPath(new URL('./copy-file.ts', import.meta.url));
  const copying = promisify(execFile)(process.execPath, ['--no-warnings', script, from, to, String(bytes)]);
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  copying.then(over, over);
  while (!isOver) {
    await delay(100);
    await pace.step('copying', statSync(to, { throwIfNoEntry: false })?.size ?? 0, bytes);
  }
  await copying;
}

/** Makes a rename or a removal in this folder survive a crash of the machine. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  syncFolder(dirname(path));
}

/** A data file and what SQLite keeps beside it. */
export function removeDataFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal', '-redo']) rmSync(`${path}${suffix}`, { force: true });
}
