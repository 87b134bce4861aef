import fc from 'fast-check';
import { fromParts } from '../../src/bson/decimal.ts';
import {
  Binary,
  BSON_UNDEFINED,
  BsonDate,
  BsonRegExp,
  BsonSymbol,
  Code,
  DBPointer,
  type Doc,
  int,
  MAX_KEY,
  MIN_KEY,
  ObjectId,
  Timestamp,
  type Value,
} from '../../src/bson/values.ts';

/** Numbers near the places where types meet: 2^53, 2^63, halves, and decimals that are nearly doubles. */
const interesting = fc.constantFrom<Value>(
  0,
  -0,
  Number.NaN,
  Infinity,
  -Infinity,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  0.1,
  0.5,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  fromParts(false, 1n, -1),
  fromParts(false, 5n, -1),
  fromParts(true, 1n, -6176),
  fromParts(false, 1n, -400),
  fromParts(false, 9n, 6111),
  fromParts(true, 9n, 400),
  fromParts(false, 2n ** 53n + 1n, 0),
);

export const anyNumber: fc.Arbitrary<Value> = fc.oneof(
  interesting,
  fc.integer({ min: -3, max: 3 }).map(int),
  fc.integer().map(int),
  fc.double(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 34n - 1n }), fc.integer({ min: -6176, max: 6111 }))
    .map(([negative, coefficient, exponent]) => fromParts(negative, coefficient, exponent)),
  fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 999n }), fc.integer({ min: -3, max: 3 }))
    .map(([negative, coefficient, exponent]) => fromParts(negative, coefficient, exponent)),
);

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ maxLength: 3 }),
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'ab'),
);
const cstring = text.map((s) => s.replaceAll('\0', ''));
const name = fc.oneof(cstring, fc.constantFrom('a', 'b', '0', '10', '2', '__proto__', 'constructor'));
const objectId = fc.uint8Array({ minLength: 12, maxLength: 12 }).map((b) => ObjectId.fromBytes(b));
const date = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((ms) => {
  const n = Number(ms);
  return Number.isSafeInteger(n) ? new BsonDate(n) : new BsonDate(n, ms);
});

/** Values of every BSON type. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value; doc: Doc }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    anyNumber,
    text,
    fc.boolean(),
    fc.constant(null),
    objectId,
    date,
    fc.integer({ min: -5, max: 5 }).map((n) => new BsonDate(n)),
    fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp(t, i)),
    fc.tuple(fc.uint8Array({ maxLength: 4 }), fc.constantFrom(0, 4, 128)).map(([b, s]) => new Binary(b, s)),
    fc.tuple(cstring, fc.constantFrom('', 'i', 'm')).map(([p, o]) => new BsonRegExp(p, o)),
    text.map((s) => new BsonSymbol(s)),
    text.map((s) => new Code(s)),
    fc.tuple(text, tie('doc')).map(([s, d]) => new Code(s, d)),
    fc.tuple(text, objectId).map(([ns, id]) => new DBPointer(ns, id)),
    fc.constantFrom<Value>(BSON_UNDEFINED, MIN_KEY, MAX_KEY),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('doc'),
  ),
  doc: fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
})).value;

export const anyDoc: fc.Arbitrary<Doc> = fc
  .array(fc.tuple(name, anyValue), { maxLength: 5 })
  .map((e) => new Map(e));

/** Small documents over few names and values, so that random filters meet them. */
export const smallValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.integer({ min: 0, max: 3 }).map(int),
    fc.constantFrom<Value>(1, 2.5, 2n, null, 'a', 'b', true, fromParts(false, 20n, -1)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .dictionary(fc.constantFrom('x', 'y', '0'), tie('value'), { maxKeys: 2 })
      .map((o) => new Map(Object.entries(o))),
  ),
})).value;

export const smallDoc: fc.Arbitrary<Doc> = fc
  .dictionary(fc.constantFrom('a', 'b', 'c'), smallValue, { maxKeys: 3 })
  .map((o) => new Map(Object.entries(o)));
