import { fault } from '../errors.ts';
import {
  Binary,
  BSON_UNDEFINED,
  BsonDate,
  BsonRegExp,
  BsonSymbol,
  Code,
  DBPointer,
  Decimal128,
  type Doc,
  int,
  MAX_KEY,
  MIN_KEY,
  ObjectId,
  Timestamp,
  type Value,
} from './values.ts';

/** MongoDB's limit on nested documents. */
export const MAX_DEPTH = 180;

/**
 * Reads one BSON document. Strings and binary data are copied, so the bytes may be reused afterwards.
 * Throws InvalidBSON (22) on anything malformed.
 */
export function decode(bytes: Uint8Array): Doc {
  const r = new Reader(bytes);
  const doc = r.document(0, r.buf.length);
  if (r.pos !== bytes.length) throw invalid('the document is followed by other bytes');
  return doc;
}

/**
 * Reads only the named top-level fields: everything else is skipped over. With the fields that a filter
 * needs, the filter gives the answer that it would give on the whole document.
 */
export function decodeFields(
  bytes: Uint8Array,
  wanted: ReadonlySet<string>,
  at = 0,
  limit: number = bytes.length,
): Doc {
  const r = new Reader(bytes);
  r.pos = at;
  const end = r.open(limit);
  const doc: Doc = new Map();
  let left = wanted.size;
  while (left > 0) {
    const type = r.buf[r.pos++]!;
    if (type === 0) return doc;
    const name = r.name(end);
    if (wanted.has(name)) {
      doc.set(name, r.value(type, end, 0));
      left--;
    } else r.skip(type, end);
  }
  return doc;
}

const invalid = (what: string) => fault('InvalidBSON', `Invalid BSON: ${what}.`);

const SLOTS = 2048;
const interned: ({ text: string; bytes: Uint8Array } | undefined)[] = new Array(SLOTS);

class Reader {
  readonly buf: Buffer;
  pos = 0;

  constructor(bytes: Uint8Array) {
    this.buf = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads a document's length and gives the offset of its end. */
  open(limit: number): number {
    const start = this.pos;
    const size = this.int32();
    const end = start + size;
    if (size < 5 || end > limit || this.buf[end - 1] !== 0) throw invalid('a document has a wrong length');
    return end;
  }

  document(depth: number, limit: number): Doc {
    if (depth > MAX_DEPTH) throw fault('Overflow', `Documents nest at most ${MAX_DEPTH} deep.`);
    const end = this.open(limit);
    const doc: Doc = new Map();
    for (;;) {
      const type = this.buf[this.pos++]!;
      if (type === 0) break;
      const name = this.name(end);
      doc.set(name, this.value(type, end, depth));
    }
    if (this.pos !== end) throw invalid('a document ends before its length');
    return doc;
  }

  array(depth: number, limit: number): Value[] {
    if (depth > MAX_DEPTH) throw fault('Overflow', `Documents nest at most ${MAX_DEPTH} deep.`);
    const end = this.open(limit);
    const out: Value[] = [];
    for (;;) {
      const type = this.buf[this.pos++]!;
      if (type === 0) break;
      this.skipName(end);
      out.push(this.value(type, end, depth));
    }
    if (this.pos !== end) throw invalid('an array ends before its length');
    return out;
  }

  value(type: number, end: number, depth: number): Value {
    const buf = this.buf;
    const at = this.pos;
    switch (type) {
      case 1:
        this.need(8, end);
        return buf.readDoubleLE(at);
      case 2:
        return this.string(end);
      case 3:
        return this.document(depth + 1, end);
      case 4:
        return this.array(depth + 1, end);
      case 5:
        return this.binary(end);
      case 6:
        return BSON_UNDEFINED;
      case 7:
        this.need(12, end);
        return new ObjectId(buf.latin1Slice(at, at + 12));
      case 8:
        this.need(1, end);
        if (buf[at]! > 1) throw invalid('a boolean is neither 0 nor 1');
        return buf[at] === 1;
      case 9: {
        this.need(8, end);
        const ms = buf.readInt32LE(at + 4) * 4294967296 + buf.readUInt32LE(at);
        return Number.isSafeInteger(ms) ? new BsonDate(ms) : new BsonDate(ms, buf.readBigInt64LE(at));
      }
      case 10:
        return null;
      case 11:
        return new BsonRegExp(this.cstring(end), this.cstring(end));
      case 12: {
        const ns = this.string(end);
        this.need(12, end);
        return new DBPointer(ns, new ObjectId(buf.latin1Slice(this.pos - 12, this.pos)));
      }
      case 13:
        return new Code(this.string(end));
      case 14:
        return new BsonSymbol(this.string(end));
      case 15:
        this.need(4, end);
        return new Code(this.string(end), this.document(depth + 1, end));
      case 16:
        this.need(4, end);
        return int(buf.readInt32LE(at));
      case 17:
        this.need(8, end);
        return new Timestamp(buf.readUInt32LE(at + 4), buf.readUInt32LE(at));
      case 18:
        this.need(8, end);
        return buf.readBigInt64LE(at);
      case 19:
        this.need(16, end);
        return new Decimal128(Uint8Array.prototype.slice.call(buf, at, at + 16));
      case 255:
        return MIN_KEY;
      case 127:
        return MAX_KEY;
      default:
        throw invalid(`unknown element type ${type}`);
    }
  }

  /** Steps over a value without looking at it. */
  skip(type: number, end: number): void {
    switch (type) {
      case 1:
      case 9:
      case 17:
      case 18:
        this.need(8, end);
        return;
      case 2:
      case 13:
      case 14:
        this.need(4 + this.lengthAt(end), end);
        return;
      case 3:
      case 4:
      case 15:
        this.need(this.lengthAt(end), end);
        return;
      case 5:
        this.need(5 + this.lengthAt(end), end);
        return;
      case 7:
        this.need(12, end);
        return;
      case 8:
        this.need(1, end);
        return;
      case 16:
        this.need(4, end);
        return;
      case 19:
        this.need(16, end);
        return;
      case 11:
        this.skipName(end);
        this.skipName(end);
        return;
      case 12:
        this.need(4 + this.lengthAt(end) + 12, end);
        return;
      default:
        this.value(type, end, 0);
    }
  }

  /** A field's name. Names repeat over and over, so they are looked up by hash before they are made. */
  name(end: number): string {
    const buf = this.buf;
    const start = this.pos;
    let hash = 0;
    let at = start;
    // The document's own last byte is 0, so the search ends there at the latest.
    for (let b = buf[at]!; b !== 0; b = buf[++at]!) hash = (hash * 31 + b) | 0;
    if (at >= end - 1) throw invalid('a field name has no end');
    this.pos = at + 1;
    const slot = hash & (SLOTS - 1);
    const known = interned[slot];
    const length = at - start;
    if (known && known.bytes.length === length) {
      let i = 0;
      while (i < length && known.bytes[i] === buf[start + i]) i++;
      if (i === length) return known.text;
    }
    const text = buf.utf8Slice(start, at);
    if (length < 64) interned[slot] = { text, bytes: new Uint8Array(buf.subarray(start, at)) };
    return text;
  }

  skipName(end: number): void {
    const at = this.buf.indexOf(0, this.pos);
    if (at < 0 || at >= end - 1) throw invalid('a name has no end');
    this.pos = at + 1;
  }

  private need(bytes: number, end: number): void {
    this.pos += bytes;
    if (bytes < 0 || this.pos > end - 1) throw invalid('a value reaches over its document');
  }

  private lengthAt(end: number): number {
    if (this.pos + 4 > end) throw invalid('a length reaches over its document');
    return this.buf.readInt32LE(this.pos);
  }

  private int32(): number {
    if (this.pos + 4 > this.buf.length) throw invalid('a length is cut off');
    const n = this.buf.readInt32LE(this.pos);
    this.pos += 4;
    return n;
  }

  private string(end: number): string {
    const length = this.lengthAt(end);
    const start = this.pos + 4;
    if (length < 1 || start + length > end || this.buf[start + length - 1] !== 0)
      throw invalid('a string has a wrong length');
    this.pos = start + length;
    return this.buf.utf8Slice(start, start + length - 1);
  }

  private cstring(end: number): string {
    const start = this.pos;
    this.skipName(end);
    return this.buf.utf8Slice(start, this.pos - 1);
  }

  private binary(end: number): Binary {
    const length = this.lengthAt(end);
    const subtype = this.buf[this.pos + 4]!;
    this.need(5 + length, end);
    if (length < 0) throw invalid('binary data has a wrong length');
    // A copy of its own: not a view into a pooled or reused buffer.
    return new Binary(Uint8Array.prototype.slice.call(this.buf, this.pos - length, this.pos), subtype);
  }
}
