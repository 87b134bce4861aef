import { type Doc, intValue, type Value } from '../bson/index.ts';
import { filterFields } from '../query/index.ts';

/**
 * The top-level fields that a pipeline looks at before it makes documents of its own (by `$group`, an including
 * `$project` and the like), so that only these are decoded; undefined when it may look at any.
 */
export function neededFields(stages: readonly Doc[]): Set<string> | undefined {
  const needed = new Set<string>();
  for (const stage of stages) {
    const [name, spec] = stage.entries().next().value!;
    switch (name) {
      case '$skip':
      case '$limit':
        continue;
      case '$match': {
        const fields = spec instanceof Map ? filterFields(spec) : undefined;
        if (fields === undefined) return undefined;
        for (const field of fields) needed.add(field);
        continue;
      }
      case '$sort':
        if (!(spec instanceof Map)) return undefined;
        for (const path of spec.keys()) needed.add(head(path));
        continue;
      case '$unwind':
      case '$addFields':
      case '$set':
        // What is set within a document keeps the rest of it.
        if (spec instanceof Map) for (const path of spec.keys()) needed.add(head(path));
        if (!addReferences(spec, needed)) return undefined;
        continue;
      case '$count':
        return needed;
      case '$group':
      case '$sortByCount':
      case '$bucket':
        return addReferences(spec, needed) ? needed : undefined;
      case '$project':
        return addProjection(spec, needed) ? needed : undefined;
      case '$facet':
        return addBranches(spec, needed) ? needed : undefined;
      default:
        return undefined;
    }
  }
  return undefined;
}

const head = (path: string): string => path.split('.', 1)[0]!;

/** Operators that name fields other than by `$path`. */
const BY_NAME = new Set(['$getField', '$setField', '$unsetField', '$expr', '$function', '$accumulator']);

/** False when an expression may look at the whole document. */
function addReferences(expression: Value, needed: Set<string>): boolean {
  if (typeof expression === 'string') {
    if (!expression.startsWith('$')) return true;
    if (expression.startsWith('$$')) return !/^\$\$(ROOT|CURRENT)\b/.test(expression);
    needed.add(head(expression.slice(1)));
    return true;
  }
  if (Array.isArray(expression)) return expression.every((item) => addReferences(item, needed));
  if (!(expression instanceof Map)) return true;
  return [...expression].every(([name, item]) => {
    // `$top` and its like name the fields of their order without a dollar.
    if (name === 'sortBy' && item instanceof Map) for (const path of item.keys()) needed.add(head(path));
    return !BY_NAME.has(name) && addReferences(item, needed);
  });
}

function addProjection(spec: Value, needed: Set<string>): boolean {
  if (!(spec instanceof Map)) return false;
  needed.add('_id');
  let isIncluding = false;
  for (const [path, value] of spec) {
    const isExcluded = excludes(value);
    if (isExcluded && path !== '_id') return false;
    if (!isExcluded) isIncluding ||= path !== '_id';
    needed.add(head(path));
    if (!addReferences(value, needed)) return false;
  }
  return isIncluding;
}

/** 0 and false leave a field out, also within `{a: {b: 0}}`, and keep all the others. */
function excludes(value: Value): boolean {
  if (value instanceof Map) return [...value].some(([name, item]) => !name.startsWith('$') && excludes(item));
  return value === false || intValue(value) === 0;
}

function addBranches(spec: Value, needed: Set<string>): boolean {
  if (!(spec instanceof Map)) return false;
  for (const stages of spec.values()) {
    const fields =
      Array.isArray(stages) && stages.every((s) => s instanceof Map && s.size === 1)
        ? neededFields(stages as Doc[])
        : undefined;
    if (fields === undefined) return false;
    for (const field of fields) needed.add(field);
  }
  return true;
}
