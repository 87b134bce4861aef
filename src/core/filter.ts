type Condition = Record<string, unknown>;

/**
 * All of these conditions as one filter. Conditions on different fields become one flat object, which every planner
 * counts from the index alone; where two speak of the same field, or one is a choice, they stay apart under `$and`.
 * What only one condition says can never replace what another says: rights cannot be overwritten by a criterion.
 */
export function all(conditions: Condition[]): Condition {
  const filled = conditions.filter((condition) => Object.keys(condition).length);
  const fields = filled.flatMap((condition) => Object.keys(condition));
  const isFlat = new Set(fields).size === fields.length && !fields.some((field) => field.startsWith('$'));
  if (isFlat) return Object.assign({}, ...filled);
  return filled.length === 1 ? filled[0]! : { $and: filled };
}
