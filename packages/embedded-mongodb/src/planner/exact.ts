import { BsonRegExp, BsonUndefined, type Doc, type Value } from '../bson/index.ts';

const COMPARISONS = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte']);

/**
 * The paths of a filter that consists of nothing but comparisons with plain values, so that an index's ranges
 * say exactly what matches; undefined when there is more to it.
 */
export function comparedPaths(filter: Doc): Set<string> | undefined {
  const paths = new Set<string>();
  for (const [path, condition] of filter) {
    if (path.startsWith('$') || !isPlainCondition(condition)) return undefined;
    paths.add(path);
  }
  return paths;
}

function isPlainCondition(condition: Value): boolean {
  if (condition instanceof Map && condition.keys().next().value?.startsWith('$')) {
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
