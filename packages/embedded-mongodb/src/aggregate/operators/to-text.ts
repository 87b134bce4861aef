import { formatDecimal } from '../../bson/decimal.ts';
import {
  BsonDate,
  BsonSymbol,
  Code,
  Decimal128,
  Int32,
  ObjectId,
  Timestamp,
  type Value,
} from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { isoText } from '../dates/format.ts';
import { isNullish, nameOf } from './support.ts';

/** The string that the string operators make of other types ("" for null); others are refused (16007). */
export function toText(v: Value | undefined): string {
  if (isNullish(v)) return '';
  if (typeof v === 'string') return v;
  const text = scalarText(v);
  if (text === undefined || typeof v === 'boolean' || v instanceof ObjectId)
    throw fault(16007, `can't convert from BSON type ${nameOf(v)} to String`);
  return text;
}

/** The text of a scalar, as `$toString` gives it; undefined when the type has none. */
export function scalarText(v: Value): string | undefined {
  if (typeof v === 'string') return v;
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  if (v instanceof Int32) return String(v.value);
  if (typeof v === 'bigint') return v.toString();
  if (typeof v === 'number') return doubleText(v);
  if (v instanceof Decimal128) return formatDecimal(v);
  if (v instanceof BsonDate) return isoText(v.ms);
  if (v instanceof ObjectId) return v.hex;
  if (v instanceof BsonSymbol) return v.value;
  if (v instanceof Code) return v.code;
  if (v instanceof Timestamp) return `Timestamp(${v.t}, ${v.i})`;
  return undefined;
}

/** 16 significant digits without trailing zeros; an exponent below 1e-4 and from 1e16: C's "%.16g", as MongoDB prints. */
function doubleText(n: number): string {
  if (Number.isNaN(n)) return 'nan';
  if (!Number.isFinite(n)) return n > 0 ? 'inf' : '-inf';
  if (n === 0) return Object.is(n, -0) ? '-0' : '0';
  const [digits, exponent] = n.toExponential(15).split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    const mantissa = digits.replace(/\.?0+$/, '');
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const fixed = n.toFixed(Math.max(0, 15 - power));
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}
