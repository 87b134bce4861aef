import { compareUtf8 } from '../../bson/compare.ts';
import { type Numeric, toNumber } from '../../bson/numbers.ts';
import { int, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import {
  args,
  fixed1,
  fixed2,
  isNullish,
  nameOf,
  type OperatorTable,
  variadic,
  wantString,
} from './support.ts';
import { toText } from './to-text.ts';

const CONTINUATION = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

export const strings: OperatorTable = {
  $concat: variadic((values) => {
    let out = '';
    for (const v of values) {
      if (isNullish(v)) return null;
      out += wantString(v, 16702, '$concat only supports strings, not ');
    }
    return out;
  }),
  // MongoDB's toLower, toUpper and strcasecmp know the 26 letters only.
  $toLower: fixed1((v) => toText(v).replace(/[A-Z]+/g, (s) => s.toLowerCase())),
  $toUpper: fixed1((v) => toText(v).replace(/[a-z]+/g, (s) => s.toUpperCase())),
  $strcasecmp: fixed2((a, b) => {
    const upper = (v: Value | undefined) => toText(v).replace(/[a-z]+/g, (s) => s.toUpperCase());
    return int(compareUtf8(upper(a), upper(b)));
  }),
  $strLenBytes: fixed1((v) =>
    int(Buffer.byteLength(wantString(v, 34473, '$strLenBytes requires a string argument, found: '))),
  ),
  $strLenCP: fixed1((v) =>
    int(codePoints(wantString(v, 34471, '$strLenCP requires a string argument, found: ')).length),
  ),
  $substr: bytesPart,
  $substrBytes: bytesPart,
  $substrCP: (operand, scope, name) => {
    const [text, start, length] = args(operand, scope, name, 3);
    return (env) => {
      const s = toText(text!(env));
      const from = wholeArg(start!(env), 34450, 34451, `${name}: starting index must be a numeric type`);
      const count = wholeArg(length!(env), 34452, 34453, `${name}: length must be a numeric type`);
      if (from < 0) throw fault(34455, `${name}: the starting index must be nonnegative integer.`);
      if (count < 0) throw fault(34454, `${name}: length must be a nonnegative integer.`);
      return codePoints(s)
        .slice(from, from + count)
        .join('');
    };
  },
  $split: fixed2((a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    const text = wantString(
      a,
      40085,
      '$split requires an expression that evaluates to a string as a first argument, found: ',
    );
    const separator = wantString(
      b,
      40086,
      '$split requires an expression that evaluates to a string as a second argument, found: ',
    );
    if (separator === '') throw fault(40087, '$split requires a non-empty separator');
    return text.split(separator);
  }),
  $indexOfBytes: (operand, scope, name) =>
    indexOf(args(operand, scope, name, 2, 4), name, (text) => {
      const bytes = Buffer.from(text);
      return {
        length: bytes.length,
        find: (part, from, to) => {
          const at = bytes.subarray(0, to).indexOf(part, from);
          return part === '' && from <= to ? from : at;
        },
      };
    }),
  $indexOfCP: (operand, scope, name) =>
    indexOf(args(operand, scope, name, 2, 4), name, (text) => {
      const points = codePoints(text);
      return {
        length: points.length,
        find: (part, from, to) => {
          const wanted = codePoints(part);
          for (let i = from; i + wanted.length <= to; i++)
            if (wanted.every((c, n) => points[i + n] === c)) return i;
          return -1;
        },
      };
    }),
};

/** Code points as strings; a plain ASCII text is its own list. */
export function codePoints(text: string): string[] {
  return Array.from(text);
}

function bytesPart(operand: Value, scope: Parameters<typeof args>[1], name: string) {
  const [text, start, length] = args(operand, scope, name, 3);
  return (env: Parameters<NonNullable<typeof text>>[0]) => {
    const bytes = Buffer.from(toText(text!(env)));
    const from = wholeArg(
      start!(env),
      16034,
      16034,
      `${name}: starting index must be a numeric type (is BSON type ${nameOf(start!(env))})`,
    );
    const count = wholeArg(
      length!(env),
      16035,
      16035,
      `${name}: length must be a numeric type (is BSON type ${nameOf(length!(env))})`,
    );
    if (from < 0) throw fault(50752, `${name}: starting index must be non-negative (got: ${from})`);
    if (CONTINUATION(bytes[from]))
      throw fault(28656, `${name}: Invalid range, starting index is a UTF-8 continuation byte.`);
    const end = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
    if (CONTINUATION(bytes[end]))
      throw fault(28657, `${name}: Invalid range, ending index is in the middle of a UTF-8 character.`);
    return bytes.toString('utf8', Math.min(from, bytes.length), end);
  };
}

function wholeArg(v: Value | undefined, typeCode: number, valueCode: number, message: string): number {
  if (!isNumber(v)) throw fault(typeCode, message);
  const n = Math.trunc(toNumber(v as Numeric));
  if (valueCode !== typeCode && n !== toNumber(v as Numeric)) throw fault(valueCode, message);
  return n;
}

interface Searchable {
  length: number;
  find(part: string, from: number, to: number): number;
}

function indexOf(list: ReturnType<typeof args>, name: string, open: (text: string) => Searchable) {
  const [text, part, start, end] = list;
  return (env: Parameters<NonNullable<typeof text>>[0]) => {
    const s = text!(env);
    if (isNullish(s)) return null;
    const subject = open(
      wantString(
        s,
        name === '$indexOfCP' ? 40093 : 40091,
        `${name} requires a string as the first argument, found: `,
      ),
    );
    const wanted = wantString(
      part!(env),
      name === '$indexOfCP' ? 40094 : 40092,
      `${name} requires a string as the second argument, found: `,
    );
    const position = (e: typeof start, which: string, fallback: number): number => {
      if (!e) return fallback;
      const v = e(env);
      const n = isNumber(v) ? toNumber(v) : Number.NaN;
      if (!Number.isInteger(n))
        throw fault(
          40096,
          `${name} requires an integral ${which} index, found a value of type: ${nameOf(v)}`,
        );
      if (n < 0) throw fault(40097, `${name} requires a nonnegative ${which} index, found: ${n}`);
      return n;
    };
    const from = position(start, 'starting', 0);
    const to = Math.min(position(end, 'ending', subject.length), subject.length);
    if (from > subject.length || to < from) return int(-1);
    return int(subject.find(wanted, from, to));
  };
}
