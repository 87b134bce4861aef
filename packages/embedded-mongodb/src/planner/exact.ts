import { BsonRegExp, BsonUndefined, type Doc, type Value } from '../bson/index.ts';

const COMPARISONS = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte']);

/** The paths a filter compares, and by how many conditions. */
export interface Compared {
  paths: Set<string>;
  conditions: number;
}

/**
 * Set when a filter consists of nothing but comparisons with plain values: then an index's ranges say exactly
 * what matches, provided that each condition has given a range.
 */
export function comparedPaths(filter: Doc): Compared | undefined {
  const paths = new Set<string>();
  let conditions = 0;
  for (const [path, condition] of filter) {
    if (path.startsWith('$') || !isPlainCondition(condition)) return undefined;
    paths.add(path);
    conditions += isOperators(condition) ? condition.size : 1;
  }
  return { paths, conditions };
}

function isOperators(condition: Value): condition is Doc {
  return condition instanceof Map && condition.keys().next().value?.startsWith('$') === true;
}

function isPlainCondition(condition: Value): boolean {
  if (isOperators(condition)) {
    return [...condition].every(([operator, operand]) => {
      if (!COMPARISONS.has(operator)) return false;
      return operator === '$in' ? Array.isArray(operand) && operand.every(isPlain) : isPlain(operand);
    });
  }
  return isPlain(condition);
}

/** Null also stands for what is missing; arrays and expressions are looked up in more than one way. */
function isPlain(value: Value): boolean {
  if (value === null || Array.isArray(value)) return false;
  return !(value instanceof BsonRegExp || value instanceof BsonUndefined);
}
