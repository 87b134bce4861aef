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

/** The shortest digits that give the same double; an exponent below 1e-4 and from 1e21, as MongoDB prints. */
function doubleText(n: number): string {
  if (Number.isNaN(n)) return 'NaN';
  if (!Number.isFinite(n)) return n > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(n, -0)) return '-0';
  const magnitude = Math.abs(n);
  if (magnitude !== 0 && magnitude < 1e-4) return n.toExponential().replace(/e-(\d)$/, 'e-0$1');
  return String(n);
}
