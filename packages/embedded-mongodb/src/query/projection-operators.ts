import { show } from '../bson/ejson.ts';
import { toNumber } from '../bson/numbers.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { compilePositional, parseElemMatch } from './filter.ts';
import { toLeaf, toPredicate } from './match.ts';
import type { ProjectionOptions } from './projection.ts';

/** Changes the projected document, looking at the original one. */
export type Step = (out: Doc, original: Doc) => Doc;

/** The operators that only find's projections know; undefined for anything else (an expression). */
export function findOperator(
  path: string,
  name: string,
  operand: Value,
  options: ProjectionOptions,
): { step: Step; includes: boolean } | undefined {
  switch (name) {
    case '$slice': {
      const slice = sliceOf(operand);
      return slice && { step: (out) => atPath(out, path.split('.'), slice), includes: false };
    }
    case '$elemMatch':
      return { step: elemMatchStep(path, operand, options), includes: true };
    case '$':
      return { step: positionalStep(path, options), includes: true };
    case '$meta':
      throw fault(
        'NotImplemented',
        `$meta: ${show(operand)} is not available here: it needs text or vector search.`,
      );
    default:
      return undefined;
  }
}

/** `$slice: n`, `$slice: [skip, limit]`; undefined when it must be the expression of that name. */
function sliceOf(operand: Value): ((array: Value[]) => Value[]) | undefined {
  if (isNumber(operand)) {
    const n = Math.trunc(toNumber(operand));
    return (array) => (n < 0 ? array.slice(n) : array.slice(0, n));
  }
  if (!Array.isArray(operand))
    throw fault(
      28667,
      `Invalid $slice syntax. The given syntax ${show(operand)} did not match the find() syntax because :: Location31273: $slice only supports numbers and [skip, limit] arrays`,
    );
  if (operand.length !== 2 || !operand.every(isNumber)) return undefined;
  const [skip, limit] = operand.map((v) => Math.trunc(toNumber(v as number))) as [number, number];
  if (limit <= 0) throw fault(28667, 'Invalid $slice syntax: $slice limit must be positive');
  return (array) => {
    const start = skip < 0 ? Math.max(0, array.length + skip) : skip;
    return array.slice(start, start + limit);
  };
}

function atPath(doc: Doc, parts: string[], change: (array: Value[]) => Value[]): Doc {
  const [name, ...rest] = parts as [string, ...string[]];
  const value = doc.get(name);
  if (value === undefined) return doc;
  const changed = within(value, rest, change);
  return changed === value ? doc : new Map(doc).set(name, changed);
}

function within(value: Value, rest: string[], change: (array: Value[]) => Value[]): Value {
  if (rest.length === 0) return Array.isArray(value) ? change(value) : value;
  if (isDoc(value)) return atPath(value, rest, change);
  return Array.isArray(value) ? value.map((item) => within(item, rest, change)) : value;
}

function elemMatchStep(path: string, operand: Value, options: ProjectionOptions): Step {
  if (path.includes('.')) throw fault(31275, 'Cannot use $elemMatch projection on a nested field');
  if (!isDoc(operand))
    throw fault(31274, `elemMatch: Invalid argument, object required, but got ${show(operand)}`);
  const node = parseElemMatch(operand, options, path);
  const test =
    node.kind === 'elemDoc'
      ? (
          (matches) => (v: Value) =>
            isDoc(v) && matches(v)
        )(toPredicate(node.match))
      : toLeaf((node as { node: Parameters<typeof toLeaf>[0] }).node);
  return (out, original) => {
    const array = original.get(path);
    const found = Array.isArray(array) ? array.find((item) => test(item)) : undefined;
    const next = new Map(out);
    next.delete(path);
    return found === undefined ? next : next.set(path, [found]);
  };
}

function positionalStep(path: string, options: ProjectionOptions): Step {
  const indexOf = compilePositional(options.filter ?? new Map(), options);
  const step: Step = (out, original) => {
    const index = indexOf(original);
    if (index === undefined)
      throw fault(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    return atPath(out, path.split('.'), (array) => {
      const found = array[index];
      if (found === undefined)
        throw fault(
          51247,
          "Executor error during find command :: caused by :: positional operator '.$' element mismatch",
        );
      return [found];
    });
  };
  Object.defineProperty(step, 'name', { value: 'positional' });
  return step;
}
