import { closeSync, constants, fdatasyncSync, openSync, writeSync } from 'node:fs';

const BLOCK = 4096;
/** What memory may be aligned to. */
const STEP = 16;

/**
 * A file that is written from its beginning to its end, over and over, and whose writes return when the disk has them.
 * Where the system allows it they go past its cache, which costs less than to bring a page there and wait for it: as
 * whole blocks, of which the last one is written once more with what comes next.
 */
export class LogFile {
  readonly #path: string;
  readonly #maxLength: number;
  #file: number | undefined;
  #direct: number | undefined;
  /** Whole blocks on their way; begins with what the current block holds already. */
  #blocks: Buffer | undefined;

  /** Nothing longer than `maxLength` is written at a time. */
  constructor(path: string, maxLength: number) {
    this.#path = path;
    this.#maxLength = maxLength;
  }

  /** Settles the file's length beforehand, in whole blocks; the first call empties it. */
  extend(from: number, to: number): void {
    this.#file ??= openSync(this.#path, 'w', 0o600);
    writeAll(this.#file, Buffer.alloc(to - from), 0, to - from, from);
    fdatasyncSync(this.#file);
    if (from === 0) this.#openDirect();
  }

  /** `at` is the end of what was written before, or the file's beginning. */
  write(bytes: Buffer, from: number, length: number, at: number): void {
    const blocks = this.#blocks;
    if (blocks === undefined) {
      writeAll(this.#file!, bytes, from, length, at);
      fdatasyncSync(this.#file!);
      return;
    }
    const before = at % BLOCK;
    const end = before + length;
    const whole = Math.ceil(end / BLOCK) * BLOCK;
    bytes.copy(blocks, before, from, from + length);
    blocks.fill(0, end, whole);
    writeAll(this.#direct!, blocks, 0, whole, at - before);
    const left = end % BLOCK;
    if (end >= BLOCK) blocks.copyWithin(0, end - left, end);
  }

  close(): void {
    for (const file of [this.#file, this.#direct]) if (file !== undefined) closeSync(file);
    this.#file = undefined;
    this.#direct = undefined;
    this.#blocks = undefined;
  }

  /** Tries it with an empty block; what is refused then, as memory at the wrong address, is done through the cache. */
  #openDirect(): void {
    if (constants.O_DIRECT === undefined) return;
    let direct: number | undefined;
    try {
      direct = openSync(this.#path, constants.O_RDWR | constants.O_DIRECT | constants.O_DSYNC);
      const memory = Buffer.alloc(this.#maxLength + 3 * BLOCK);
      for (let shift = 0; shift < BLOCK; shift += STEP) {
        const blocks = memory.subarray(shift, shift + this.#maxLength + 2 * BLOCK);
        if (!takes(direct, blocks)) continue;
        this.#direct = direct;
        this.#blocks = blocks;
        return;
      }
    } catch {}
    if (direct !== undefined) closeSync(direct);
  }
}

function takes(file: number, blocks: Buffer): boolean {
  try {
    return writeSync(file, blocks, 0, BLOCK, 0) === BLOCK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EINVAL') return false;
    throw error;
  }
}

function writeAll(file: number, bytes: Buffer, from: number, length: number, at: number): void {
  const written = writeSync(file, bytes, from, length, at);
  if (written < length) throw new Error(`only ${written} of ${length} bytes were written`);
}
