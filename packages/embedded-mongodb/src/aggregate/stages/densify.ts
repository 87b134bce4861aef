import { add } from '../../bson/arithmetic.ts';
import { compare } from '../../bson/compare.ts';
import { compareNumbers, type Numeric, toNumber } from '../../bson/numbers.ts';
import { BsonDate, type Doc, isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { addToDate, unitOf } from '../dates/math.ts';
import { UTC } from '../dates/zone.ts';
import { fieldParts, walk } from '../expression.ts';
import { isNullish, nameOf } from '../operators/support.ts';
import { blocking, type MakeStage } from '../stage.ts';
import { groupKey } from './grouping.ts';
import { compileAddFieldsAt } from './set-path.ts';

/** MongoDB's limit on documents made. */
const MAX_MADE = 500_000;

/** Puts documents where a sequence of numbers or dates has gaps. */
export const densify: MakeStage = (spec, context) => {
  if (!isDoc(spec))
    throw fault('FailedToParse', `The $densify stage specification must be an object, found ${nameOf(spec)}`);
  for (const key of spec.keys())
    if (!['field', 'partitionByFields', 'range'].includes(key))
      throw fault(40415, `BSON field '$densify.${key}' is an unknown field.`);
  const field = spec.get('field');
  const range = spec.get('range');
  if (typeof field !== 'string')
    throw fault(40414, "BSON field '$densify.field' is missing but a required field");
  if (!isDoc(range)) throw fault(40414, "BSON field '$densify.range' is missing but a required field");
  const partitions = spec.get('partitionByFields') ?? [];
  if (!Array.isArray(partitions) || !partitions.every((p) => typeof p === 'string'))
    throw fault('TypeMismatch', "'$densify.partitionByFields' must be an array of strings");
  const step = range.get('step');
  const bounds = range.get('bounds');
  const unit = range.get('unit');
  if (!isNumber(step) || compareNumbers(step, 0) <= 0)
    throw fault(5733401, 'the step parameter in a range statement must be a strictly positive numeric value');
  if (unit !== undefined && !Number.isInteger(toNumber(step)))
    throw fault(
      6586400,
      'The step parameter in a range statement must be a whole number when densifying a date range',
    );
  const isFull = bounds === 'full';
  const isPartition = bounds === 'partition';
  if (!isFull && !isPartition && !(Array.isArray(bounds) && bounds.length === 2))
    throw fault(
      5946801,
      "the bounds in a range statement must be the string 'full', 'partition', or an ascending array of two numbers or dates",
    );
  if (isPartition && partitions.length === 0)
    throw fault(
      5733408,
      "one may not specify the bounds as 'partition' without specifying a non-empty array of partition fields",
    );
  const u = typeof unit === 'string' ? unitOf(unit) : undefined;
  if (Array.isArray(bounds))
    for (const b of bounds)
      if (u ? !(b instanceof BsonDate) : !isNumber(b))
        throw fault(
          u ? 5733409 : 5733406,
          'a bounding array must be of numbers, or of dates when there is a unit',
        );
  // Dates are counted from the start, so that the 31st stays the last day of each month.
  const after = (start: Value, last: Value, n: number): Value =>
    start instanceof BsonDate
      ? new BsonDate(addToDate(start.ms, u!, toNumber(step) * n, UTC))
      : (add(last as Numeric, step) ?? toNumber(last as Numeric) + toNumber(step));
  const parts = fieldParts(field);
  const put = compileAddFieldsAt(field);
  const putters = (partitions as string[]).map((p) => [fieldParts(p), compileAddFieldsAt(p)] as const);
  return blocking('$densify', context, (docs) => {
    let made = 0;
    const groups = new Map<string | number, { ids: (Value | undefined)[]; rows: { v: Value; doc: Doc }[] }>();
    const out: Doc[] = [];
    let low: Value | undefined;
    let high: Value | undefined;
    for (const doc of docs) {
      const v = walk(doc, parts, 0);
      if (isNullish(v)) {
        out.push(doc);
        continue;
      }
      if (u ? !(v instanceof BsonDate) : !isNumber(v))
        throw fault(
          u ? 6053600 : 5733201,
          `PlanExecutor error during aggregation :: caused by :: Densify field type must be ${u ? 'a date' : 'numeric'}`,
        );
      const ids = putters.map(([p]) => walk(doc, p, 0));
      const key = groupKey(
        ids.map((x) => x ?? null),
        context.collation,
      );
      let group = groups.get(key);
      if (!group) {
        group = { ids, rows: [] };
        groups.set(key, group);
      }
      group.rows.push({ v, doc });
      if (low === undefined || compare(v, low) < 0) low = v;
      if (high === undefined || compare(v, high) > 0) high = v;
    }
    for (const { ids, rows } of groups.values()) {
      rows.sort((a, b) => compare(a.v, b.v));
      const start = Array.isArray(bounds) ? bounds[0]! : isFull ? low! : rows[0]!.v;
      const end = Array.isArray(bounds) ? bounds[1]! : isFull ? high! : rows.at(-1)!.v;
      let n = 0;
      let next = start;
      const isBefore = (limit: Value) => compare(next, limit) < 0;
      const make = () => {
        if (++made > MAX_MADE)
          throw fault(5897900, `Generated ${MAX_MADE} documents in $densify, which is over the limit`);
        let doc: Doc = new Map();
        putters.forEach(([, p], i) => {
          if (ids[i] !== undefined) doc = p(doc, ids[i]!);
        });
        out.push(put(doc, next));
        n++;
        next = after(start, next, n);
      };
      for (const { v, doc } of rows) {
        while (isBefore(v) && isBefore(end)) make();
        out.push(doc);
        if (compare(next, v) === 0) {
          n++;
          next = after(start, next, n);
        }
      }
      // The upper bound of an explicit range is not itself included; of the data it is there already.
      while (isBefore(end)) make();
    }
    return out;
  });
};
