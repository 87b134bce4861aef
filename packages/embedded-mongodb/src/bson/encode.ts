import { fault } from '../errors.ts';
import {
  Binary,
  BsonDate,
  BsonRegExp,
  BsonSymbol,
  Code,
  DBPointer,
  Decimal128,
  type Doc,
  Int32,
  ObjectId,
  T,
  Timestamp,
  type Value,
} from './values.ts';

/** MongoDB's limit on one document, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Writes a document as BSON into fresh bytes. It does not hold documents to the 16 MB limit, because replies may
 * be larger: `assertDocumentSize` does that for what is stored.
 */
export function encode(doc: Doc): Uint8Array {
  pos = 0;
  writeDoc(doc);
  const out = Buffer.allocUnsafe(pos);
  buf.copy(out, 0, 0, pos);
  if (buf.length > KEEP) buf = Buffer.allocUnsafeSlow(KEEP);
  return out;
}

/** Throws BSONObjectTooLarge (10334) above 16 MB. */
export function assertDocumentSize(bytes: Uint8Array): void {
  if (bytes.length > MAX_DOCUMENT_BYTES)
    throw fault(
      'BSONObjectTooLarge',
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}(16MB)`,
    );
}

/** A document that lies there as BSON already; may stand in a reply in the place of a document, and is copied into it. */
export class EncodedDoc {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

const KEEP = 1024 * 1024;
let buf = Buffer.allocUnsafeSlow(64 * 1024);
let pos = 0;

function room(bytes: number): void {
  if (pos + bytes <= buf.length) return;
  const bigger = Buffer.allocUnsafeSlow(Math.max(buf.length * 2, pos + bytes));
  buf.copy(bigger, 0, 0, pos);
  buf = bigger;
}

function writeDoc(doc: Doc): void {
  const start = pos;
  room(5);
  pos += 4;
  for (const [name, value] of doc) writeElement(name, value);
  room(1);
  buf[pos++] = 0;
  buf.writeInt32LE(pos - start, start);
}

function writeArray(values: Value[]): void {
  const start = pos;
  room(5);
  pos += 4;
  for (let i = 0; i < values.length; i++) writeElement(INDEX[i] ?? String(i), values[i]!);
  room(1);
  buf[pos++] = 0;
  buf.writeInt32LE(pos - start, start);
}

const INDEX = Array.from({ length: 256 }, (_, i) => String(i));

function writeElement(name: string, value: Value): void {
  const typeAt = pos;
  room(name.length * 3 + 2 + 16);
  pos++;
  writeCString(name);
  switch (typeof value) {
    case 'string':
      buf[typeAt] = T.string;
      writeString(value);
      return;
    case 'number':
      buf[typeAt] = T.double;
      pos = buf.writeDoubleLE(value, pos);
      return;
    case 'boolean':
      buf[typeAt] = T.bool;
      buf[pos++] = value ? 1 : 0;
      return;
    case 'bigint':
      buf[typeAt] = T.long;
      pos = buf.writeBigInt64LE(value, pos);
      return;
    default:
      if (value === null) buf[typeAt] = T.null;
      else if (value instanceof Int32) {
        buf[typeAt] = T.int;
        pos = buf.writeInt32LE(value.value, pos);
      } else if (value instanceof ObjectId) {
        buf[typeAt] = T.objectId;
        pos += buf.latin1Write(value.raw, pos, 12);
      } else if (value instanceof Map) {
        buf[typeAt] = T.object;
        writeDoc(value);
      } else if (Array.isArray(value)) {
        buf[typeAt] = T.array;
        writeArray(value);
      } else writeRare(typeAt, value);
  }
}

function writeRare(typeAt: number, value: Value): void {
  if (value === undefined) throw fault('InternalError', 'A missing value cannot be written.');
  if ((value as unknown) instanceof EncodedDoc) {
    const { bytes } = value as unknown as EncodedDoc;
    buf[typeAt] = T.object;
    room(bytes.length);
    buf.set(bytes, pos);
    pos += bytes.length;
    return;
  }
  const type = (value as { bsonType: number }).bsonType;
  buf[typeAt] = type;
  if (value instanceof BsonDate) pos = buf.writeBigInt64LE(value.exact ?? BigInt(Math.trunc(value.ms)), pos);
  else if (value instanceof Binary) {
    const { bytes, subtype } = value;
    room(bytes.length + 5);
    pos = buf.writeInt32LE(bytes.length, pos);
    buf[pos++] = subtype;
    buf.set(bytes, pos);
    pos += bytes.length;
  } else if (value instanceof Decimal128) {
    buf.set(value.bytes, pos);
    pos += 16;
  } else if (value instanceof Timestamp) {
    pos = buf.writeUInt32LE(value.i, pos);
    pos = buf.writeUInt32LE(value.t, pos);
  } else if (value instanceof BsonRegExp) {
    room((value.pattern.length + value.options.length) * 3 + 2);
    writeCString(value.pattern);
    writeCString(value.options);
  } else if (value instanceof Code) {
    if (!value.scope) {
      writeString(value.code);
      return;
    }
    const start = pos;
    room(4);
    pos += 4;
    writeString(value.code);
    writeDoc(value.scope);
    buf.writeInt32LE(pos - start, start);
  } else if (value instanceof BsonSymbol) writeString(value.value);
  else if (value instanceof DBPointer) {
    writeString(value.ns);
    room(12);
    pos += buf.latin1Write(value.id.raw, pos, 12);
  } // undefined, minKey and maxKey have no body
}

function writeString(text: string): void {
  room(text.length * 3 + 5 + 16);
  const written = buf.utf8Write(text, pos + 4);
  buf.writeInt32LE(written + 1, pos);
  pos += 4 + written;
  buf[pos++] = 0;
}

function writeCString(text: string): void {
  const length = text.length;
  if (length > 32) {
    if (text.includes('\0')) throw nulInName(text);
    pos += buf.utf8Write(text, pos);
  } else {
    const start = pos;
    for (let i = 0; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c === 0) throw nulInName(text);
      if (c > 127) {
        pos = start + buf.utf8Write(text, start);
        break;
      }
      buf[pos++] = c;
    }
  }
  buf[pos++] = 0;
}

function nulInName(text: string) {
  return fault('BadValue', `A field name or pattern may not contain a null byte: ${JSON.stringify(text)}`);
}
