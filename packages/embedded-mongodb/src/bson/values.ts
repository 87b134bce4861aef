/**
 * How BSON values are held in memory. Nothing is promoted: what was stored as an int is an int when it comes back.
 *
 *   double      number               string     string            bool   boolean        null   null
 *   long        bigint               object     Doc (a Map)       array  Value[]
 *   int         Int32 {value}        date       BsonDate {ms}     objectId  ObjectId {raw}
 *   decimal     Decimal128 {bytes}   timestamp  Timestamp {t,i}   binData   Binary {bytes, subtype}
 *   regex       BsonRegExp           javascript Code              symbol    BsonSymbol
 *   dbPointer   DBPointer            undefined  BSON_UNDEFINED    minKey/maxKey  MIN_KEY/MAX_KEY
 *
 * JavaScript's `undefined` is never a value: it means "missing". Values are immutable; documents and arrays that
 * came from `decode` are shared freely, so whoever changes one copies it first.
 */
export type Doc = Map<string, Value>;
export type Value =
  | number
  | string
  | boolean
  | null
  | bigint
  | Doc
  | Value[]
  | Int32
  | BsonDate
  | ObjectId
  | Decimal128
  | Timestamp
  | Binary
  | BsonRegExp
  | Code
  | BsonSymbol
  | DBPointer
  | BsonUndefined
  | MinKey
  | MaxKey;

/** The type bytes of the BSON specification. */
export const T = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 255,
  maxKey: 127,
} as const;

export type TypeName = keyof typeof T;

export class Int32 {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  get bsonType(): number {
    return T.int;
  }
}

/** Milliseconds since 1970. `exact` is set when they do not fit a double (beyond 2^53), and then rules. */
export class BsonDate {
  readonly ms: number;
  readonly exact: bigint | undefined;
  constructor(ms: number, exact?: bigint) {
    this.ms = ms;
    this.exact = exact;
  }
  get bsonType(): number {
    return T.date;
  }
}

/** `raw` holds the 12 bytes as a 12-character latin1 string: equality and order are the string's own. */
export class ObjectId {
  readonly raw: string;
  constructor(raw: string) {
    this.raw = raw;
  }
  get bsonType(): number {
    return T.objectId;
  }
  get hex(): string {
    return Buffer.from(this.raw, 'latin1').toString('hex');
  }
  /** Milliseconds since 1970, from the first four bytes. */
  get ms(): number {
    return Buffer.from(this.raw, 'latin1').readUInt32BE(0) * 1000;
  }
  toString(): string {
    return this.hex;
  }
  static fromHex(hex: string): ObjectId {
    return new ObjectId(Buffer.from(hex, 'hex').toString('latin1'));
  }
  static fromBytes(bytes: Uint8Array): ObjectId {
    return new ObjectId(Buffer.from(bytes).toString('latin1'));
  }
  static generate(nowMs: number = Date.now()): ObjectId {
    const bytes = Buffer.allocUnsafe(12);
    bytes.writeUInt32BE(Math.floor(nowMs / 1000) >>> 0, 0);
    PROCESS_UNIQUE.copy(bytes, 4);
    counter = (counter + 1) & 0xffffff;
    bytes.writeUIntBE(counter, 9, 3);
    return ObjectId.fromBytes(bytes);
  }
}

const PROCESS_UNIQUE = Buffer.from(crypto.getRandomValues(new Uint8Array(5)));
let counter = Math.floor(Math.random() * 0xffffff);

/** The 16 bytes as stored; see decimal.ts for what they mean. */
export class Decimal128 {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  get bsonType(): number {
    return T.decimal;
  }
}

/** Seconds and increment, both unsigned 32 bits. */
export class Timestamp {
  readonly t: number;
  readonly i: number;
  constructor(t: number, i: number) {
    this.t = t;
    this.i = i;
  }
  get bsonType(): number {
    return T.timestamp;
  }
}

export class Binary {
  readonly bytes: Uint8Array;
  readonly subtype: number;
  constructor(bytes: Uint8Array, subtype = 0) {
    this.bytes = bytes;
    this.subtype = subtype;
  }
  get bsonType(): number {
    return T.binData;
  }
}

export class BsonRegExp {
  readonly pattern: string;
  readonly options: string;
  constructor(pattern: string, options = '') {
    this.pattern = pattern;
    this.options = options;
  }
  get bsonType(): number {
    return T.regex;
  }
}

/** JavaScript code, with a scope or without. Never run. */
export class Code {
  readonly code: string;
  readonly scope: Doc | undefined;
  constructor(code: string, scope?: Doc) {
    this.code = code;
    this.scope = scope;
  }
  get bsonType(): number {
    return this.scope ? T.javascriptWithScope : T.javascript;
  }
}

export class BsonSymbol {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
  get bsonType(): number {
    return T.symbol;
  }
}

export class DBPointer {
  readonly ns: string;
  readonly id: ObjectId;
  constructor(ns: string, id: ObjectId) {
    this.ns = ns;
    this.id = id;
  }
  get bsonType(): number {
    return T.dbPointer;
  }
}

export class BsonUndefined {
  get bsonType(): number {
    return T.undefined;
  }
}
export class MinKey {
  get bsonType(): number {
    return T.minKey;
  }
}
export class MaxKey {
  get bsonType(): number {
    return T.maxKey;
  }
}
export const BSON_UNDEFINED = new BsonUndefined();
export const MIN_KEY = new MinKey();
export const MAX_KEY = new MaxKey();

const SMALL_INTS = Array.from({ length: 1280 }, (_, i) => new Int32(i - 256));

/** An Int32; small ones are shared. */
export function int(value: number): Int32 {
  return value >= -256 && value < 1024 ? SMALL_INTS[value + 256]! : new Int32(value);
}

/** The type byte of a value. */
export function bsonType(v: Value): number {
  switch (typeof v) {
    case 'number':
      return T.double;
    case 'string':
      return T.string;
    case 'boolean':
      return T.bool;
    case 'bigint':
      return T.long;
    default:
      if (v === null) return T.null;
      if (v instanceof Map) return T.object;
      if (Array.isArray(v)) return T.array;
      return v.bsonType;
  }
}

const NAMES = new Map<number, TypeName>((Object.keys(T) as TypeName[]).map((name) => [T[name], name]));

/** MongoDB's alias of the value's type, as `$type` takes and returns it. */
export function typeName(v: Value): TypeName {
  return NAMES.get(bsonType(v))!;
}

export function isDoc(v: Value | undefined): v is Doc {
  return v instanceof Map;
}

export function isNumber(v: Value | undefined): v is number | bigint | Int32 | Decimal128 {
  return typeof v === 'number' || typeof v === 'bigint' || v instanceof Int32 || v instanceof Decimal128;
}

/** The nearest JavaScript number (a Long beyond 2^53 is rounded; a Decimal128 too, see decimal.ts). */
export function intValue(v: Value | undefined): number | undefined {
  if (typeof v === 'number') return v;
  if (v instanceof Int32) return v.value;
  if (typeof v === 'bigint') return Number(v);
  return undefined;
}
