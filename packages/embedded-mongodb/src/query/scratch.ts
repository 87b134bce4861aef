import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Pieces written one after another, to be read in the same order. */
export interface ScratchRun {
  first: number;
  last: number;
}

const PAGE = 64;

/**
 * A file for what does not fit into memory, made with the first piece. It has no name, and is gone when it is closed
 * or the process ends.
 */
export class Scratch {
  #db: DatabaseSync | undefined;
  #insert!: StatementSync;
  #read!: StatementSync;
  #next = 1;

  /** Starts a run, which ends when the next one is started. */
  start(): ScratchRun {
    return { first: this.#next, last: this.#next - 1 };
  }

  append(run: ScratchRun, bytes: Uint8Array): void {
    if (this.#db === undefined) this.#open();
    this.#insert.run(this.#next, bytes);
    run.last = this.#next++;
  }

  *read(run: ScratchRun): Generator<Uint8Array[]> {
    for (let at = run.first; at <= run.last; at += PAGE) {
      const rows = this.#read.all(at, run.last) as unknown as [Uint8Array][];
      yield rows.map(([bytes]) => bytes);
    }
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  #open(): void {
    this.#db = new DatabaseSync('');
    this.#db.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA cache_size = -8000');
    this.#db.exec('CREATE TABLE piece (id INTEGER PRIMARY KEY, v BLOB NOT NULL); BEGIN');
    this.#insert = this.#db.prepare('INSERT INTO piece (id, v) VALUES (?, ?)');
    this.#read = this.#db.prepare(`SELECT v FROM piece WHERE id >= ? AND id <= ? ORDER BY id LIMIT ${PAGE}`);
    this.#read.setReturnArrays(true);
  }
}
