import { compare, equals } from '../bson/compare.ts';
import { show } from '../bson/ejson.ts';
import { toExactBigInt } from '../bson/numbers.ts';
import { BsonRegExp, type Doc, isDoc, isNumber, typeName, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { isOperators, parseCondition, parseFilter } from '../query/filter.ts';
import { toLeaf, toPredicate } from '../query/match.ts';
import { operators } from '../query/operators.ts';
import { compileSort } from '../query/sort.ts';
import type { ModifierFactory, ModifierPlace } from './modifiers.ts';
import type { UpdateOptions } from './update.ts';

/** The operators on arrays. */
export const arrayModifiers: ReadonlyMap<string, ModifierFactory> = new Map<string, ModifierFactory>([
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pop', pop],
  ['$pull', pull],
  ['$pullAll', pullAll],
]);

interface PushPlan {
  each: Value[];
  slice?: number;
  position?: number;
  sort?: (a: Value, b: Value) => number;
}

function push(operand: Value, { options }: { options: UpdateOptions }): ReturnType<ModifierFactory> {
  const plan = pushPlan(operand, options);
  return {
    creates: true,
    apply: (value, place) => {
      if (value !== undefined && !Array.isArray(value))
        throw fault(
          'BadValue',
          `The field '${place.path}' must be an array but is of type ${typeName(value)} in document {_id: ${show(place.original.get('_id'))}}`,
        );
      const old = (value as Value[] | undefined) ?? [];
      const { position, slice, sort, each } = plan;
      const at =
        position === undefined
          ? old.length
          : position < 0
            ? Math.max(0, old.length + position)
            : Math.min(position, old.length);
      let next = [...old.slice(0, at), ...each, ...old.slice(at)];
      if (sort) next = next.toSorted(sort);
      if (slice !== undefined) next = slice === 0 ? [] : slice > 0 ? next.slice(0, slice) : next.slice(slice);
      return next;
    },
  };
}

function pushPlan(operand: Value, options: UpdateOptions): PushPlan {
  if (!isDoc(operand) || !operand.has('$each')) {
    return { each: [operand] };
  }
  const each = operand.get('$each')!;
  if (!Array.isArray(each))
    throw fault(
      'BadValue',
      `The argument to $each in $push must be an array but it was of type: ${typeName(each)}`,
    );
  const plan: PushPlan = { each };
  for (const [name, value] of operand) {
    if (name === '$each') continue;
    if (name === '$slice') plan.slice = wholeNumber('$slice', value);
    else if (name === '$position') plan.position = wholeNumber('$position', value);
    else if (name === '$sort') plan.sort = elementOrder(value, options);
    else throw fault('BadValue', `Unrecognized clause in $push: ${name}`);
  }
  return plan;
}

function elementOrder(spec: Value, { collation }: UpdateOptions): (a: Value, b: Value) => number {
  if (isNumber(spec)) {
    const direction = toExactBigInt(spec);
    if (direction !== 1n && direction !== -1n)
      throw fault('BadValue', 'The $sort element value must be either 1 or -1');
    return (a, b) => compare(a, b, collation) * Number(direction);
  }
  if (!isDoc(spec))
    throw fault(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  if (spec.size === 0)
    throw fault('BadValue', 'The $sort pattern is empty when it should be a set of fields.');
  for (const direction of spec.values())
    if (!isNumber(direction) || (toExactBigInt(direction) !== 1n && toExactBigInt(direction) !== -1n))
      throw fault('BadValue', 'The $sort element value must be either 1 or -1');
  const order = compileSort(spec, collation);
  return (a, b) => order(isDoc(a) ? a : new Map(), isDoc(b) ? b : new Map());
}

function wholeNumber(name: string, value: Value): number {
  const n = isNumber(value) ? toExactBigInt(value) : undefined;
  if (n === undefined)
    throw fault(
      'BadValue',
      `The value for ${name} must be an integer value but was given type: ${typeName(value)}`,
    );
  return Number(n);
}

function addToSet(operand: Value, { options }: { options: UpdateOptions }): ReturnType<ModifierFactory> {
  let candidates = [operand];
  if (isDoc(operand) && operand.keys().next().value === '$each') {
    const each = operand.get('$each')!;
    if (!Array.isArray(each))
      throw fault(
        'TypeMismatch',
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
      );
    for (const name of operand.keys())
      if (name !== '$each')
        throw fault('BadValue', `Found unexpected fields after $each in $addToSet: ${show(operand)}`);
    candidates = each;
  }
  return {
    creates: true,
    apply: (value, place) => {
      if (value !== undefined && !Array.isArray(value))
        throw fault(
          'BadValue',
          `Cannot apply $addToSet to non-array field. Field named '${place.path.split('.').at(-1)}' has non-array type ${typeName(value)}`,
        );
      const next: Value[] = value ? [...value] : [];
      for (const item of candidates)
        if (!next.some((old) => equals(old, item, options.collation))) next.push(item);
      return value && next.length === value.length ? value : next;
    },
  };
}

function pop(operand: Value, { field }: { field: string }): ReturnType<ModifierFactory> {
  const n = isNumber(operand) ? toExactBigInt(operand) : undefined;
  if (!isNumber(operand)) throw fault('FailedToParse', `Expected a number in: ${field}: ${show(operand)}`);
  if (n !== 1n && n !== -1n) throw fault('FailedToParse', `$pop expects 1 or -1, found: ${show(operand)}`);
  return {
    creates: false,
    apply: (value, place) => {
      if (!Array.isArray(value))
        throw fault(
          'TypeMismatch',
          `Path '${place.path}' contains an element of non-array type '${typeName(value!)}'`,
        );
      if (value.length === 0) return value;
      return n === 1n ? value.slice(0, -1) : value.slice(1);
    },
  };
}

function pull(
  operand: Value,
  { field, options }: { field: string; options: UpdateOptions },
): ReturnType<ModifierFactory> {
  return removing(pullTest(operand, field, options));
}

/** A document of conditions is asked of elements that are documents; operators and values of the element itself. */
function pullTest(operand: Value, field: string, options: UpdateOptions): (item: Value) => boolean {
  if (isDoc(operand) && !isAskedOfValues(operand)) {
    const matches = toPredicate(parseFilter(operand, options));
    return (item) => isDoc(item) && matches(item);
  }
  if (isDoc(operand) || operand instanceof BsonRegExp) return toLeaf(parseCondition(operand, options, field));
  return (item) => equals(item, operand, options.collation);
}

/** `$or` and its like are asked of documents, `$gt` and its like of values. */
function isAskedOfValues(operand: Doc): boolean {
  return isOperators(operand) && operators.has(operand.keys().next().value!);
}

function pullAll(operand: Value, { options }: { options: UpdateOptions }): ReturnType<ModifierFactory> {
  if (!Array.isArray(operand))
    throw fault('BadValue', `$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return removing((item) => operand.some((value) => equals(item, value, options.collation)));
}

function removing(test: (item: Value) => boolean): ReturnType<ModifierFactory> {
  return {
    creates: false,
    apply: (value: Value | undefined, _place: ModifierPlace) => {
      if (!Array.isArray(value)) throw fault('BadValue', 'Cannot apply $pull to a non-array value');
      const next = value.filter((item) => !test(item));
      return next.length === value.length ? value : next;
    },
  };
}
