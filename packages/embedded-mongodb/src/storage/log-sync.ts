import { closeSync, fdatasyncSync, openSync } from 'node:fs';

/** The disk could not say that it has what was written: nothing more is written until the file is opened anew. */
export class LostWriteError extends Error {}

/**
 * Waits until SQLite's write-ahead log is on the disk. SQLite would do it itself (`synchronous=FULL`), but with
 * fsync, which also waits for the file's time stamps; a commit needs its data only.
 */
export class LogSync {
  readonly #path: string;
  #file: number | undefined;
  #failure: LostWriteError | undefined;

  constructor(path: string) {
    this.#path = `${path}-wal`;
  }

  /** Throws once the disk has failed: what it then has of the log is unknown. */
  assertSound(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  sync(): void {
    try {
      // The log keeps its file for as long as the data file is open.
      this.#file ??= openSync(this.#path, 'r+');
      fdatasyncSync(this.#file);
    } catch (error) {
      this.#failure = new LostWriteError(
        `The disk did not confirm a write (${(error as Error).message}). Nothing more is written until a restart.`,
      );
      throw this.#failure;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
