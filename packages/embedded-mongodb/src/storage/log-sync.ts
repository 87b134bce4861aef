import { closeSync, fdatasyncSync, openSync } from 'node:fs';

/**
 * Waits until SQLite's write-ahead log is on the disk. SQLite would do it itself (`synchronous=FULL`), but with
 * fsync, which also waits for the file's time stamps; a commit needs its data only.
 */
export class LogSync {
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = `${path}-wal`;
  }

  sync(): void {
    // The log keeps its file for as long as the data file is open.
    this.#file ??= openSync(this.#path, 'r+');
    fdatasyncSync(this.#file);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
