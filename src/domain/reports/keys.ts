/** Which values a field has, and what an index can count, found out without reading records. */
import type { Model } from 'mongoose';

type Condition = Record<string, unknown>;

/**
 * Whether an index begins with exactly these fields, in any order, and goes on with the moment: then what is counted
 * lies there in one piece for each combination of values.
 * @param always what else is asked of the records: each field equal to something, or to one of a few
 */
export function indexHas(model: Model<any>, always: Condition, fields: string[], at: string): boolean {
  if (!Object.values(always).every(isEquality)) return false;
  return indexesOf(model).some(
    ({ keys, partial }) =>
      keys[fields.length] === at &&
      keys.slice(0, fields.length).every((key) => fields.includes(key)) &&
      partial.every((field) => field === at),
  );
}

/**
 * Each text that the field has among what is in the scope: one step of an index a value.
 * @returns undefined where no index serves it, or where there are more than `most`
 */
export async function keysOf(
  model: Model<any>,
  scope: Condition,
  field: string,
  most: number,
): Promise<string[] | undefined> {
  const fixed = Object.keys(scope);
  const serves = indexesOf(model).some(
    ({ keys, partial }) =>
      !partial.length &&
      keys[fixed.length] === field &&
      keys.slice(0, fixed.length).every((key) => fixed.includes(key)),
  );
  // A choice of several values would be gone through anew at each step.
  if (!serves || !Object.values(scope).every((value) => typeof value === 'string')) return undefined;
  const found: string[] = [];
  for (let step: Condition = { $gte: '' }; found.length <= most; step = { $gt: found.at(-1) }) {
    const next = await model
      .findOne({ ...scope, [field]: step }, { [field]: 1 })
      .sort({ [field]: 1 })
      .lean<Record<string, string>>();
    if (!next) return found;
    found.push(next[field]!);
  }
  return undefined;
}

function indexesOf(model: Model<any>): { keys: string[]; partial: string[] }[] {
  return model.schema.indexes().map(([keys, options]) => ({
    keys: Object.keys(keys),
    partial: Object.keys((options as { partialFilterExpression?: object }).partialFilterExpression ?? {}),
  }));
}

const isEquality = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.keys(value).join() === '$in' && isShort(value));
const isShort = (value: object): boolean => ((value as { $in?: unknown[] }).$in?.length ?? 0) <= 5;
