import type { Collator } from '../../bson/collation.ts';
import { equals } from '../../bson/compare.ts';
import type { Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { hashKey } from '../../query/in-set.ts';
import { fixed2, isNullish, nameOf, type OperatorTable, variadic } from './support.ts';

/** Arrays as sets: repeats count once, order does not count, and equality is across numeric types. */
export const sets: OperatorTable = {
  $setUnion: variadic((values, scope) => {
    const out = new ValueSet(scope.options.collation);
    for (const v of values) {
      if (isNullish(v)) return null;
      if (!Array.isArray(v))
        throw fault(17043, `All operands of $setUnion must be arrays. One argument is of type: ${nameOf(v)}`);
      for (const item of v) out.add(item);
    }
    return out.values;
  }),
  $setIntersection: variadic((values, scope) => {
    let out: ValueSet | undefined;
    for (const v of values) {
      if (isNullish(v)) return null;
      if (!Array.isArray(v))
        throw fault(
          17047,
          `All operands of $setIntersection must be arrays. One argument is of type: ${nameOf(v)}`,
        );
      const set = ValueSet.of(v, scope.options.collation);
      out = out
        ? ValueSet.of(
            out.values.filter((item) => set.has(item)),
            scope.options.collation,
          )
        : set;
    }
    return out?.values ?? [];
  }),
  $setDifference: fixed2((a, b, scope) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (!Array.isArray(a))
      throw fault(
        17048,
        `both operands of $setDifference must be arrays. First argument is of type: ${nameOf(a)}`,
      );
    if (!Array.isArray(b))
      throw fault(
        17049,
        `both operands of $setDifference must be arrays. Second argument is of type: ${nameOf(b)}`,
      );
    const without = ValueSet.of(b, scope.options.collation);
    return ValueSet.of(a, scope.options.collation).values.filter((item) => !without.has(item));
  }),
  $setEquals: variadic((values, scope) => {
    if (values.length < 2)
      throw fault(17045, `$setEquals needs at least two arguments had: ${values.length}`);
    const all = values.map((v) => {
      if (!Array.isArray(v))
        throw fault(
          17044,
          `All operands of $setEquals must be arrays. One argument is of type: ${nameOf(v)}`,
        );
      return ValueSet.of(v, scope.options.collation);
    });
    const first = all[0]!;
    return all.every(
      (s) => s.values.length === first.values.length && s.values.every((item) => first.has(item)),
    );
  }),
  $setIsSubset: fixed2((a, b, scope) => {
    if (!Array.isArray(a))
      throw fault(
        17046,
        `both operands of $setIsSubset must be arrays. First argument is of type: ${nameOf(a)}`,
      );
    if (!Array.isArray(b))
      throw fault(
        17042,
        `both operands of $setIsSubset must be arrays. Second argument is of type: ${nameOf(b)}`,
      );
    const within = ValueSet.of(b, scope.options.collation);
    return a.every((item) => within.has(item));
  }),
};

/** A set of values under MongoDB's equality, in the order of adding. */
export class ValueSet {
  readonly values: Value[] = [];
  private readonly hashed = new Set<string | number>();
  private readonly others: Value[] = [];
  private readonly collation: Collator | undefined;

  constructor(collation?: Collator) {
    this.collation = collation;
  }

  static of(values: readonly Value[], collation?: Collator): ValueSet {
    const set = new ValueSet(collation);
    for (const v of values) set.add(v);
    return set;
  }

  add(v: Value): boolean {
    if (this.has(v)) return false;
    const key = hashKey(v, this.collation);
    if (key === undefined) this.others.push(v);
    else this.hashed.add(key);
    this.values.push(v);
    return true;
  }

  has(v: Value): boolean {
    const key = hashKey(v, this.collation);
    return key !== undefined
      ? this.hashed.has(key)
      : this.others.some((item) => equals(item, v, this.collation));
  }
}
