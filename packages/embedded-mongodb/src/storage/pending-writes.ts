import { toText } from './bytes.ts';
import type { Table } from './commit-log.ts';
import {
  DELETED,
  eachWrite,
  HEAD_BYTES,
  WRITE_HEAD_BYTES,
  writeKey,
  writePair,
  writeValue,
} from './redo-record.ts';

const USUAL_BYTES = 1024 * 1024;

/**
 * What has been written since SQLite's last commit: record behind record, as the redo log has them, the last of them
 * open. Of each key that SQLite's transaction does not have in its latest state it knows where that lies.
 * Bytes are copied in and out: nobody else holds any of them.
 */
export class PendingWrites {
  #bytes = Buffer.allocUnsafe(USUAL_BYTES);
  /** Begin of the open record, and the end of everything. */
  #open = 0;
  #end = HEAD_BYTES;
  readonly #unapplied = new Map<string, number>();
  /** Closed records. */
  commits = 0;

  /** How many keys {@link apply} has to write. */
  get unapplied(): number {
    return this.#unapplied.size;
  }

  /** Length of the open record. */
  get openBytes(): number {
    return this.#end - this.#open;
  }

  /** Of the closed records. */
  get closedBytes(): number {
    return this.#open;
  }

  /** Into the open record; `text` is the key as text, an undefined value is a deletion. */
  add(text: string, key: Uint8Array, value: Uint8Array | undefined): void {
    const at = this.#end;
    const keyAt = at + WRITE_HEAD_BYTES;
    const valueAt = keyAt + key.length;
    const end = valueAt + (value === undefined ? 0 : value.length);
    if (end + HEAD_BYTES > this.#bytes.length) this.#grow(end);
    const bytes = this.#bytes;
    bytes.writeUInt32LE(key.length, at);
    bytes.writeUInt32LE(value === undefined ? DELETED : value.length, at + 4);
    bytes.set(key, keyAt);
    if (value !== undefined) bytes.set(value, valueAt);
    this.#end = end;
    this.#unapplied.set(text, at);
  }

  /** The key's latest value, null when it is deleted; undefined when SQLite knows. */
  get(key: string): Uint8Array | null | undefined {
    const at = this.#unapplied.get(key);
    if (at === undefined) return undefined;
    const value = writeValue(this.#bytes, at);
    return value === undefined ? null : Buffer.from(value);
  }

  /** Hands over the latest value of each key, valid during the call; when that throws, all of it is still to be done. */
  apply(table: Pick<Table, 'put' | 'delete'>): void {
    const bytes = this.#bytes;
    for (const at of this.#unapplied.values()) {
      const pair = writePair(bytes, at);
      if (pair === undefined) table.delete(writeKey(bytes, at));
      else table.put(pair, bytes.readUInt32LE(at));
    }
    this.#unapplied.clear();
  }

  /** The bytes that the open record lies in, for the redo log to fill in the head, and where. */
  get record(): { bytes: Buffer; from: number; end: number } {
    return { bytes: this.#bytes, from: this.#open, end: this.#end };
  }

  /** The open record is acknowledged, and the next one begins. */
  close(): void {
    this.commits++;
    this.#open = this.#end;
    this.#end += HEAD_BYTES;
  }

  /** SQLite has gone back to its last commit: everything is to be applied again, without the open record. */
  abandonOpen(): void {
    this.#end = this.#open + HEAD_BYTES;
    this.requeue();
  }

  /** As before, with the open record. */
  requeue(): void {
    this.#unapplied.clear();
    const bytes = this.#bytes;
    bytes.writeUInt32LE(this.#end - this.#open, this.#open);
    for (let from = 0; from < this.#end; from += bytes.readUInt32LE(from)) {
      eachWrite(bytes, from, from + bytes.readUInt32LE(from), (at) => {
        this.#unapplied.set(toText(writeKey(bytes, at)), at);
      });
    }
  }

  /** SQLite has committed all of it. */
  clear(): void {
    this.#unapplied.clear();
    this.commits = 0;
    this.#open = 0;
    this.#end = HEAD_BYTES;
    if (this.#bytes.length > USUAL_BYTES) this.#bytes = Buffer.allocUnsafe(USUAL_BYTES);
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(needed * 2);
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}
