import { describe, expect, it } from '@jest/globals';
import { deserialize, serialize } from 'bson';
import fc from 'fast-check';
import { makeCollator } from '../../src/bson/collation.ts';
import { compare } from '../../src/bson/compare.ts';
import { formatDecimal, parseDecimal } from '../../src/bson/decimal.ts';
import { decode, decodeFields } from '../../src/bson/decode.ts';
import { docFromEjson } from '../../src/bson/ejson.ts';
import { encode } from '../../src/bson/encode.ts';
import { identical } from '../../src/bson/identical.ts';
import { keyBytes } from '../../src/bson/key.ts';
import type { Value } from '../../src/bson/values.ts';
import { anyDoc, anyNumber, anyValue } from './arbitrary.ts';

const RUNS = { numRuns: 2000 };
const sign = (n: number) => (n < 0 ? -1 : n > 0 ? 1 : 0);

function keyOrder(a: Value[], b: Value[], directions: (1 | -1)[]): number {
  const x = Buffer.from(keyBytes(a, directions));
  return sign(Buffer.compare(x, keyBytes(b, directions)));
}

describe('BSON', () => {
  it('gives back every document byte by byte after it was read', () => {
    fc.assert(
      fc.property(anyDoc, (doc) => {
        const bytes = encode(doc);
        const again = decode(bytes);
        expect(Buffer.compare(encode(again), bytes)).toBe(0);
        expect(identical(again, doc)).toBe(true);
      }),
      RUNS,
    );
  });

  it('is read by the official library, and what that writes is read here', () => {
    fc.assert(
      fc.property(fc.array(anyNumber, { maxLength: 4 }), fc.string(), (numbers, text) => {
        const bytes = encode(
          new Map<string, Value>([
            ['n', numbers],
            ['t', text],
          ]),
        );
        const options = { promoteValues: false, promoteLongs: false } as const;
        const theirs = serialize(deserialize(bytes, options));
        expect(identical(decode(theirs), decode(bytes))).toBe(true);
      }),
      RUNS,
    );
  });

  it('reads single fields as the whole document has them', () => {
    fc.assert(
      fc.property(anyDoc, fc.nat(), (doc, n) => {
        const names = [...doc.keys()].filter((_, i) => (n >> i) & 1);
        const part = decodeFields(encode(doc), new Set(names));
        expect([...part.keys()]).toEqual(names);
        for (const name of names) expect(identical(part.get(name), doc.get(name))).toBe(true);
      }),
      RUNS,
    );
  });

  it('never reads damaged bytes as something else than an error or a document', () => {
    fc.assert(
      fc.property(anyDoc, fc.nat(), fc.nat({ max: 255 }), (doc, at, byte) => {
        const bytes = Uint8Array.from(encode(doc));
        bytes[at % bytes.length] = byte;
        try {
          decode(bytes);
        } catch (error) {
          expect((error as { code?: number }).code).toBeDefined();
        }
      }),
      RUNS,
    );
  });
});

describe('Order', () => {
  it('of keys is the order of values, over all types', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(keyOrder([a], [b], [1])).toBe(compare(a, b));
        expect(keyOrder([a], [b], [-1])).toBe(0 - compare(a, b) || 0);
      }),
      { numRuns: 6000 },
    );
  });

  it('of keys is the order of numbers, over all numeric types', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (a, b) => {
        expect(keyOrder([a], [b], [1])).toBe(compare(a, b));
      }),
      { numRuns: 6000 },
    );
  });

  it('of compound keys goes by the first difference, in each direction', () => {
    const row = fc.tuple(anyValue, anyValue);
    fc.assert(
      fc.property(
        row,
        row,
        fc.constantFrom<1 | -1>(1, -1),
        fc.constantFrom<1 | -1>(1, -1),
        (a, b, d1, d2) => {
          const wanted = compare(a[0], b[0]) * d1 || compare(a[1], b[1]) * d2 || 0;
          expect(keyOrder(a, b, [d1, d2])).toBe(wanted);
        },
      ),
      { numRuns: 4000 },
    );
  });

  it('is total: it turns round, and it is transitive', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
        expect(compare(a, b) + compare(b, a)).toBe(0);
        const [x, y, z] = [a, b, c].sort((p, q) => compare(p, q)) as [Value, Value, Value];
        expect(compare(x, y) <= 0 && compare(y, z) <= 0 && compare(x, z) <= 0).toBe(true);
      }),
      RUNS,
    );
  });

  it.each(['en', 'de', 'sv', 'hi', 'ru', 'tr'])('under the collation %s is that of ICU', (locale) => {
    const letters = fc.constantFrom(
      ...'abcdefghijklmnoprstuvwxyzABEISZ 019-_.,éèäöüåñçßøæœıİşčđłÄÖÅабвгёжАБअआकखगाि्',
    );
    const word = fc.array(letters, { maxLength: 6 }).map((l) => l.join(''));
    const strengths = [
      [1, 'base'],
      [2, 'accent'],
      [3, 'variant'],
    ] as const;
    for (const [strength, sensitivity] of strengths) {
      const ours = makeCollator(docFromEjson({ locale, strength }))!;
      const icu = new Intl.Collator(locale, { sensitivity });
      fc.assert(
        fc.property(word, word, (a, b) => {
          expect(ours.compare(a, b)).toBe(sign(icu.compare(a, b)));
        }),
        { numRuns: 500 },
      );
    }
  });
});

describe('Decimals', () => {
  it('are the same after they were written as text', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 34n - 1n }),
        fc.integer({ min: -6176, max: 6111 }),
        (c, e) => {
          const parsed = parseDecimal(`${c}E${e}`)!;
          expect(identical(parseDecimal(formatDecimal(parsed)), parsed)).toBe(true);
        },
      ),
      RUNS,
    );
  });
});
