import type { Collator } from '../bson/collation.ts';
import { compare, compareUtf8, equals, rankOf } from '../bson/compare.ts';
import { show } from '../bson/ejson.ts';
import { compareNumbers, isNaNValue, type Numeric, toExactBigInt, toNumber } from '../bson/numbers.ts';
import { BsonRegExp, type Doc, isDoc, isNumber, MaxKey, MinKey, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { intersectsTest, isNearEnough, parseNear, withinTest } from '../geo/operators.ts';
import { bitsLeaf } from './bits.ts';
import { isOperators, parseCondition, parseElemMatch, parseNot } from './filter.ts';
import { inSet } from './in-set.ts';
import type { Leaf, Node } from './match.ts';
import { regexLeaf } from './regex.ts';
import { typeLeaf } from './type.ts';

export interface FilterOptions {
  collation?: Collator | undefined;
  /** Variables for `$expr`, as a command's `let` gives them: values, already evaluated. */
  let?: Doc | undefined;
  /** The command's one moment, for `$$NOW`; milliseconds since 1970. */
  now?: number | undefined;
}

export interface OperatorContext {
  options: FilterOptions;
  field: string;
  /** The whole operator document, because `$regex` looks at its neighbour `$options`. */
  spec: Doc;
  name: string;
}

type ParseOperator = (operand: Value, context: OperatorContext) => Node;

const leaf = (test: Leaf): Node => ({ kind: 'leaf', leaf: 'expand', test });
const whole = (test: Leaf): Node => ({ kind: 'leaf', leaf: 'whole', test });
const not = (node: Node): Node => ({ kind: 'not', node });

/** The operators that may stand at a field. To add one: a function from operand to what is asked of the values. */
export const operators: ReadonlyMap<string, ParseOperator> = new Map<string, ParseOperator>([
  [
    '$eq',
    (v, c) =>
      v instanceof BsonRegExp
        ? leaf((x) => x instanceof BsonRegExp && equals(x, v))
        : leaf(equalTo(v, c.options.collation)),
  ],
  ['$ne', (v, c) => not(leaf(equalTo(refuseRegex(v, c), c.options.collation)))],
  ['$gt', ordered((order) => order > 0, false)],
  ['$gte', ordered((order) => order >= 0, true)],
  ['$lt', ordered((order) => order < 0, false)],
  ['$lte', ordered((order) => order <= 0, true)],
  ['$in', (v, c) => leaf(inList(v, c))],
  ['$nin', (v, c) => not(leaf(inList(v, c)))],
  ['$not', (v, c) => parseNot(v, c.options, c.field)],
  ['$exists', (v) => (truthy(v) ? leaf(isPresent) : not(leaf(isPresent)))],
  ['$type', (v) => leaf(typeLeaf(v))],
  ['$regex', parseRegex],
  ['$mod', (v) => leaf(modLeaf(v))],
  ['$all', parseAll],
  ['$size', (v) => whole(sizeLeaf(v))],
  ['$elemMatch', (v, c) => parseElemMatch(v, c.options, c.field)],
  ...(['$bitsAllSet', '$bitsAllClear', '$bitsAnySet', '$bitsAnyClear'] as const).map(
    (name): [string, ParseOperator] => [name, (v) => leaf(bitsLeaf(name, v))],
  ),
  ...['$geoWithin', '$within'].map((name): [string, ParseOperator] => [name, (v) => leaf(withinTest(v))]),
  ['$geoIntersects', (v) => leaf(intersectsTest(v))],
  ...['$near', '$nearSphere'].map((name): [string, ParseOperator] => [
    name,
    (v, { spec }) => {
      const near = parseNear(name, v, spec);
      return leaf((value) => isNearEnough(near, value));
    },
  ]),
]);

/** Equality with one value. `null` also matches a missing field. */
export function equalTo(value: Value, collation: Collator | undefined): Leaf {
  if (value === null) return (v) => v === null || v === undefined;
  if (typeof value === 'string' && !collation)
    return (v) => v === value || (v !== undefined && typeof v === 'object' && v !== null && equals(v, value));
  if (isNumber(value)) {
    const n = toNumber(value);
    // Small whole numbers and doubles are equal exactly when their doubles are; the rest takes the exact way.
    if (Number.isSafeInteger(n) && compareNumbers(n, value) === 0)
      return (v) => v === n || (isNumber(v) && typeof v !== 'number' && compareNumbers(v, n) === 0);
  }
  return (v) => v !== undefined && equals(v, value, collation);
}

function ordered(accept: (order: number) => boolean, orEqual: boolean): ParseOperator {
  return (operand, context) => {
    refuseRegex(operand, context);
    const { collation } = context.options;
    if (operand === null) return leaf((v) => orEqual && (v === null || v === undefined));
    if (operand instanceof MinKey || operand instanceof MaxKey)
      return leaf((v) =>
        accept(v === undefined ? (operand instanceof MinKey ? 1 : -1) : compare(v, operand)),
      );
    if (isNaNValue(operand)) return leaf((v) => orEqual && isNaNValue(v));
    if (isNumber(operand)) {
      const n = toNumber(operand);
      if (compareNumbers(n, operand) === 0)
        return leaf((v) => {
          if (typeof v === 'number') return !Number.isNaN(v) && accept(v < n ? -1 : v > n ? 1 : 0);
          return isNumber(v) && !isNaNValue(v) && accept(compareNumbers(v, n));
        });
      return leaf((v) => isNumber(v) && !isNaNValue(v) && accept(compareNumbers(v, operand as Numeric)));
    }
    if (typeof operand === 'string' && !collation)
      return leaf((v) =>
        typeof v === 'string' ? accept(compareUtf8(v, operand)) : isRank15(v) && accept(compare(v, operand)),
      );
    const rank = rankOf(operand);
    return leaf((v) => v !== undefined && rankOf(v) === rank && accept(compare(v, operand, collation)));
  };
}

const isRank15 = (v: Value | undefined): v is Value => v !== undefined && rankOf(v) === 15;
const isPresent: Leaf = (v) => v !== undefined;

function refuseRegex(operand: Value, { name, field }: OperatorContext): Value {
  if (operand instanceof BsonRegExp)
    throw fault(
      'BadValue',
      name === '$ne'
        ? "Can't have regex as arg to $ne."
        : `Can't have RegEx as arg to predicate over field '${field}'.`,
    );
  return operand;
}

function inList(operand: Value, { options }: OperatorContext): Leaf {
  if (!Array.isArray(operand)) throw fault('BadValue', '$in needs an array');
  for (const item of operand) if (isOperators(item)) throw fault('BadValue', 'cannot nest $ under $in');
  return inSet(operand, options.collation);
}

function parseRegex(operand: Value, { spec }: OperatorContext): Node {
  const options = spec.get('$options');
  if (options !== undefined && typeof options !== 'string')
    throw fault('BadValue', '$options has to be a string');
  if (operand instanceof BsonRegExp) {
    if (options !== undefined && operand.options !== '')
      throw fault(51075, 'options set in both $regex and $options');
    return leaf(regexLeaf(operand.pattern, options ?? operand.options));
  }
  if (typeof operand !== 'string') throw fault('BadValue', '$regex has to be a string');
  return leaf(regexLeaf(operand, options ?? ''));
}

function modLeaf(operand: Value): Leaf {
  if (!Array.isArray(operand)) throw fault('BadValue', 'malformed mod, needs to be an array');
  if (operand.length < 2) throw fault('BadValue', 'malformed mod, not enough elements');
  if (operand.length > 2) throw fault('BadValue', 'malformed mod, too many elements');
  const [divisor, remainder] = operand.map((v, i) => {
    if (!isNumber(v)) throw fault('BadValue', `malformed mod, ${i ? 'remainder' : 'divisor'} not a number`);
    const whole = truncated(v);
    if (whole === undefined)
      throw fault(
        'BadValue',
        `malformed mod, ${i ? 'remainder' : 'divisor'} value is invalid :: caused by :: Unable to coerce NaN/Inf to integral type`,
      );
    return whole;
  }) as [bigint, bigint];
  if (divisor === 0n) throw fault('BadValue', 'divisor cannot be 0');
  return (v) => {
    if (!isNumber(v)) return false;
    const n = truncated(v);
    return n !== undefined && n % divisor === remainder;
  };
}

/** Towards zero, as MongoDB's conversion to a long; undefined outside 64 bits. */
function truncated(v: Numeric): bigint | undefined {
  const exact =
    toExactBigInt(v) ?? (Number.isFinite(toNumber(v)) ? BigInt(Math.trunc(toNumber(v))) : undefined);
  return exact !== undefined && BigInt.asIntN(64, exact) === exact ? exact : undefined;
}

function sizeLeaf(operand: Value): Leaf {
  if (!isNumber(operand))
    throw fault('BadValue', `Failed to parse $size. Expected a number in: $size: ${show(operand)}`);
  const size = toExactBigInt(operand);
  if (size === undefined)
    throw fault('BadValue', `Failed to parse $size. Expected an integer: $size: ${show(operand)}`);
  if (size < 0n)
    throw fault(
      'BadValue',
      `Failed to parse $size. Expected a non-negative number in: $size: ${show(operand)}`,
    );
  return (v) => Array.isArray(v) && v.length === Number(size);
}

function parseAll(operand: Value, context: OperatorContext): Node {
  if (!Array.isArray(operand)) throw fault('BadValue', '$all needs an array');
  if (operand.length === 0) return leaf(() => false);
  const isElemMatch = (v: Value | undefined) => isDoc(v) && v.keys().next().value === '$elemMatch';
  const first = isElemMatch(operand[0]);
  const nodes = operand.map((item) => {
    if (isElemMatch(item) !== first)
      throw fault('BadValue', first ? '$all/$elemMatch has to be consistent' : 'no $ expressions in $all');
    if (first) return parseElemMatch((item as Doc).get('$elemMatch')!, context.options, context.field);
    if (isOperators(item)) throw fault('BadValue', 'no $ expressions in $all');
    return parseCondition(item, context.options, context.field);
  });
  return nodes.length === 1 ? nodes[0]! : { kind: 'and', nodes };
}

/** Whether a value counts as true where an operator takes a switch. */
export function truthy(v: Value | undefined): boolean {
  if (v === undefined || v === null || v === false) return false;
  if (isNumber(v)) return isNaNValue(v) || compareNumbers(v, 0) !== 0;
  return true;
}
