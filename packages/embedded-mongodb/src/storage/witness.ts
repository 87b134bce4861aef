import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { LogicalTime } from './clock.ts';
import { forgetRedo } from './redo-log.ts';

const BYTES = 12;

/**
 * Remembers, beside the data, up to when writes have been acknowledged. SQLite takes the end of a log that was cut
 * short or damaged for the end of what was written; only something outside of the log can tell that there was more.
 * It is written after each commit and never waited for: after a power cut it may be behind, but never ahead.
 */
export class Witness {
  readonly path: string;
  readonly #bytes = Buffer.alloc(BYTES);
  readonly #time = this.#bytes.subarray(0, 8);
  #file: number | undefined;

  constructor(dataFile: string) {
    this.path = `${dataFile}-last`;
  }

  /** Undefined when there is none, or it is not whole. */
  read(): LogicalTime | undefined {
    const bytes = Buffer.alloc(BYTES);
    try {
      const file = openSync(this.path, 'r');
      const length = readSync(file, bytes, 0, BYTES, 0);
      closeSync(file);
      if (length < BYTES || crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8)) return undefined;
    } catch {
      return undefined;
    }
    return { seconds: bytes.readUInt32BE(0), increment: bytes.readUInt32BE(4) };
  }

  write({ seconds, increment }: LogicalTime): void {
    this.#bytes.writeUInt32BE(seconds, 0);
    this.#bytes.writeUInt32BE(increment, 4);
    this.#bytes.writeUInt32BE(crc32(this.#time), 8);
    try {
      this.#file ??= openSync(this.path, 'w', 0o600);
      writeSync(this.#file, this.#bytes, 0, BYTES, 0);
    } catch {
      // A full disk: the witness then knows less, which does no harm.
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** Whoever puts other data in the place of a data file takes its witness and its redo log away. */
export function forgetTraces(dataFile: string): void {
  rmSync(new Witness(dataFile).path, { force: true });
  forgetRedo(dataFile);
}
