/**
 * Where everything lies in the one ordered key space:
 *
 *     01 name                          settings of the file
 *     02 collection                    catalogue entry (BSON)
 *     03 collection                    number of documents
 *     04 session                       last transaction number and its results
 *     05 timestamp index               change log
 *     06 collection [index]            dropped, still to be purged
 *     10 collection record             document (BSON)
 *     20 collection index key [record] index entry; unique indexes hold the record in the value
 *
 * Collection and index numbers are never used twice, so a purge can go on while new data is written.
 */
export const Space = {
  setting: 0x01,
  catalog: 0x02,
  count: 0x03,
  session: 0x04,
  log: 0x05,
  purge: 0x06,
  record: 0x10,
  index: 0x20,
} as const;

export function settingKey(name: string): Uint8Array {
  return Buffer.concat([Buffer.of(Space.setting), Buffer.from(name)]);
}

/** `space` and a collection's number: 5 bytes. */
export function collectionKey(space: number, collection: number): Uint8Array {
  const key = Buffer.allocUnsafe(5);
  key[0] = space;
  key.writeUInt32BE(collection, 1);
  return key;
}

export const RECORD_KEY_BYTES = 13;

export function recordKey(collection: number, record: number): Uint8Array {
  const key = Buffer.allocUnsafe(RECORD_KEY_BYTES);
  key[0] = Space.record;
  key.writeUInt32BE(collection, 1);
  writeRecord(key, record, 5);
  return key;
}

/** The keys of several documents behind one another. */
export function recordKeys(collection: number, records: number[]): Buffer {
  const keys = Buffer.allocUnsafe(records.length * RECORD_KEY_BYTES);
  let at = 0;
  for (const record of records) {
    keys[at] = Space.record;
    keys.writeUInt32BE(collection, at + 1);
    writeRecord(keys, record, at + 5);
    at += RECORD_KEY_BYTES;
  }
  return keys;
}

/** The prefix of all entries of one index: 9 bytes. */
export function indexPrefix(collection: number, index: number): Uint8Array {
  const key = Buffer.allocUnsafe(9);
  key[0] = Space.index;
  key.writeUInt32BE(collection, 1);
  key.writeUInt32BE(index, 5);
  return key;
}

export function entryKey(prefix: Uint8Array, key: Uint8Array, record?: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(prefix.length + key.length + (record === undefined ? 0 : 8));
  bytes.set(prefix);
  bytes.set(key, prefix.length);
  if (record !== undefined) writeRecord(bytes, record, prefix.length + key.length);
  return bytes;
}

/** A record number as 8 bytes, big endian (numbers stay below 2^53). */
export function recordBytes(record: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(8);
  writeRecord(bytes, record, 0);
  return bytes;
}

export function readRecord(bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(offset) * 0x1_0000_0000 + view.getUint32(offset + 4);
}

function writeRecord(target: Buffer, record: number, offset: number): void {
  target.writeUInt32BE(Math.floor(record / 0x1_0000_0000), offset);
  target.writeUInt32BE(record >>> 0, offset + 4);
}
