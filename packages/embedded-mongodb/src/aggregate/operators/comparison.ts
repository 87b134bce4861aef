import { compare } from '../../bson/compare.ts';
import { BSON_UNDEFINED, int, type Value } from '../../bson/values.ts';
import { fixed2, type OperatorTable } from './support.ts';

const ordered = (accept: (order: number) => Value) =>
  fixed2((a, b, scope) => accept(compareOrMissing(a, b, scope.options.collation)));

/** Over all types, in MongoDB's order; missing comes before null. */
export const comparison: OperatorTable = {
  $cmp: ordered((order) => int(order)),
  $eq: ordered((order) => order === 0),
  $ne: ordered((order) => order !== 0),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
};

/** Missing counts as undefined, below null. */
export function compareOrMissing(
  a: Value | undefined,
  b: Value | undefined,
  collation?: Parameters<typeof compare>[2],
): number {
  return compare(
    a ?? (a === null ? null : BSON_UNDEFINED),
    b ?? (b === null ? null : BSON_UNDEFINED),
    collation,
  );
}
