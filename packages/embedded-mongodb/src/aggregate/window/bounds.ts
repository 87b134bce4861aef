import { toExactBigInt, toNumber } from '../../bson/numbers.ts';
import { BsonDate, isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import type { SortKey } from '../../query/sort.ts';
import { addToDate, type Unit, unitOf } from '../dates/math.ts';
import { UTC } from '../dates/zone.ts';
import type { Row } from './functions.ts';

/** The rows of each window: from the first index up to, not including, the second. */
export interface Bounds {
  of(i: number): [number, number];
  /** All windows begin at the partition's start, and their ends never go back. */
  isGrowing: boolean;
}

type Bound = 'unbounded' | 'current' | number;

/** Reads `{documents: [a, b]}` or `{range: [a, b], unit}`; without a window it is the whole partition. */
export function boundsOf(window: Value | undefined, keys: SortKey[]): (rows: Row[]) => Bounds {
  if (window === undefined) return whole;
  if (!isDoc(window)) throw fault('FailedToParse', "'window' field must be an object");
  for (const key of window.keys())
    if (!['documents', 'range', 'unit'].includes(key))
      throw fault(
        'FailedToParse',
        `'window' field can only contain 'documents' or 'range' and 'unit', found: ${key}`,
      );
  const documents = window.get('documents');
  const range = window.get('range');
  const unit = window.get('unit');
  if (documents !== undefined && range !== undefined)
    throw fault('FailedToParse', "'window' field can only specify one of 'documents' or 'range'");
  if (documents !== undefined) {
    if (unit !== undefined)
      throw fault('FailedToParse', "Window bounds can only specify 'unit' with range-based bounds.");
    const [low, high] = pair(documents, true);
    if (keys.length === 0 && !(low === 'unbounded' && high === 'unbounded'))
      throw fault(5339901, 'Document-based bounds require a sortBy');
    return (rows) => byPosition(rows.length, low, high);
  }
  if (range === undefined) return whole;
  const [low, high] = pair(range, false);
  if (keys.length !== 1 || keys[0]!.direction !== 1)
    throw fault(5339902, 'Range-based bounds require sortBy a single field, and in ascending order');
  if (unit !== undefined && typeof unit !== 'string') throw fault('FailedToParse', "'unit' must be a string");
  return (rows) => byRange(rows, low, high, unit === undefined ? undefined : unitOf(unit));
}

const whole = (rows: Row[]): Bounds => ({ of: () => [0, rows.length], isGrowing: true });

function pair(v: Value, isWhole: boolean): [Bound, Bound] {
  if (!Array.isArray(v) || v.length !== 2)
    throw fault('FailedToParse', 'Window bounds must be a 2-element array');
  const [low, high] = v.map((b): Bound => {
    if (b === 'unbounded' || b === 'current') return b;
    if (!isNumber(b) || (isWhole && toExactBigInt(b) === undefined))
      throw fault(
        'FailedToParse',
        `Window bounds must be ${isWhole ? 'an integer' : 'a number'}, 'unbounded' or 'current'`,
      );
    return toNumber(b);
  }) as [Bound, Bound];
  const number = (b: Bound) => (b === 'current' ? 0 : b);
  if (low !== 'unbounded' && high !== 'unbounded' && (number(low) as number) > (number(high) as number))
    throw fault(5339900, 'Lower bound must not exceed upper bound');
  return [low, high];
}

function byPosition(length: number, low: Bound, high: Bound): Bounds {
  const clamp = (n: number) => Math.max(0, Math.min(length, n));
  const offset = (b: Bound) => (b === 'current' ? 0 : (b as number));
  return {
    isGrowing: low === 'unbounded',
    of: (i) => {
      const from = low === 'unbounded' ? 0 : clamp(i + offset(low));
      const to = high === 'unbounded' ? length : clamp(i + offset(high) + 1);
      return [from, Math.max(from, to)];
    },
  };
}

/** By the value of the sort field: numbers, or dates when there is a unit. */
function byRange(rows: Row[], low: Bound, high: Bound, unit: Unit | undefined): Bounds {
  const values = rows.map(({ key }) => {
    const v = key[0]!;
    if (unit) {
      if (!(v instanceof BsonDate))
        throw fault(5429513, 'Invalid range: Expected the sortBy field to be a Date, but it was not');
      return v.ms;
    }
    if (!isNumber(v))
      throw fault(5429414, 'Invalid range: Expected the sortBy field to be a number, but it was not');
    return toNumber(v);
  });
  const shifted = (v: number, b: Bound) => {
    const by = b === 'current' ? 0 : (b as number);
    return unit ? addToDate(v, unit, by, UTC) : v + by;
  };
  const firstAt = (test: (v: number) => boolean) => {
    let from = 0;
    let to = values.length;
    while (from < to) {
      const mid = (from + to) >> 1;
      if (test(values[mid]!)) to = mid;
      else from = mid + 1;
    }
    return from;
  };
  return {
    isGrowing: low === 'unbounded',
    of: (i) => {
      const from = low === 'unbounded' ? 0 : firstAt((v) => v >= shifted(values[i]!, low));
      const to = high === 'unbounded' ? rows.length : firstAt((v) => v > shifted(values[i]!, high));
      return [from, Math.max(from, to)];
    },
  };
}
