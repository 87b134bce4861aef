import { add, intOrLong, multiply } from '../bson/arithmetic.ts';
import { compare } from '../bson/compare.ts';
import { show } from '../bson/ejson.ts';
import type { Numeric } from '../bson/numbers.ts';
import {
  BsonDate,
  type Doc,
  Int32,
  int,
  isDoc,
  isNumber,
  Timestamp,
  typeName,
  type Value,
} from '../bson/values.ts';
import { fault } from '../errors.ts';
import { type Place, REMOVE } from './tree.ts';
import type { UpdateContext, UpdateOptions } from './update.ts';

export interface ModifierPlace extends Place {
  context: UpdateContext;
  /** The document before the update, for messages and `$rename`. */
  original: Doc;
}

/** One operator with its operand. `apply` gives the new value, the same value for "no change", or REMOVE. */
export interface Modifier {
  creates: boolean;
  onlyOnInsert?: boolean;
  apply(value: Value | undefined, place: ModifierPlace): Value | undefined | typeof REMOVE;
}

export type ModifierFactory = (operand: Value, at: { field: string; options: UpdateOptions }) => Modifier;

/** The operators on single values. To add one: a factory from operand to modifier. */
export const modifiers: ReadonlyMap<string, ModifierFactory> = new Map<string, ModifierFactory>([
  ['$set', (operand) => ({ creates: true, apply: () => operand })],
  ['$setOnInsert', (operand) => ({ creates: true, onlyOnInsert: true, apply: () => operand })],
  ['$unset', () => ({ creates: false, apply: () => REMOVE })],
  ['$inc', (operand, { field }) => arithmetic('$inc', 'increment', operand, field, add)],
  ['$mul', (operand, { field }) => arithmetic('$mul', 'multiply', operand, field, multiply)],
  ['$min', (operand, { options }) => extreme(operand, -1, options)],
  ['$max', (operand, { options }) => extreme(operand, 1, options)],
  ['$currentDate', currentDate],
  ['$bit', bit],
]);

function arithmetic(
  name: string,
  verb: string,
  operand: Value,
  field: string,
  combine: (a: Numeric, b: Numeric) => Numeric | undefined,
): Modifier {
  if (!isNumber(operand))
    throw fault('TypeMismatch', `Cannot ${verb} with non-numeric argument: {${field}: ${show(operand)}}`);
  return {
    creates: true,
    apply: (value, place) => {
      if (value === undefined) return name === '$inc' ? operand : combine(int(0), operand);
      if (!isNumber(value))
        throw fault(
          'TypeMismatch',
          `Cannot apply ${name} to a value of non-numeric type. {_id: ${show(place.original.get('_id'))}} has the field '${lastPart(place)}' of non-numeric type ${typeName(value)}`,
        );
      const result = combine(value, operand);
      if (result === undefined)
        throw fault(
          'BadValue',
          `Failed to apply ${name} operations to current value (${show(value)}) for document {_id: ${show(place.original.get('_id'))}}`,
        );
      return result;
    },
  };
}

function extreme(operand: Value, sign: 1 | -1, { collation }: UpdateOptions): Modifier {
  return {
    creates: true,
    apply: (value) =>
      value === undefined || compare(operand, value, collation) * sign > 0 ? operand : value,
  };
}

function currentDate(operand: Value, { field }: { field: string }): Modifier {
  const wanted = isDoc(operand) ? operand.get('$type') : operand;
  if (isDoc(operand)) {
    for (const key of operand.keys())
      if (key !== '$type') throw fault('BadValue', `Unrecognized $currentDate option: ${key}`);
    if (wanted !== 'date' && wanted !== 'timestamp')
      throw fault(
        'BadValue',
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
  } else if (typeof operand !== 'boolean')
    throw fault(
      'BadValue',
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}). Field: ${field}`,
    );
  return {
    creates: true,
    apply: (_value, { context }) => {
      const now = context.now ?? Date.now();
      if (wanted !== 'timestamp') return new BsonDate(now);
      return context.timestamp?.() ?? new Timestamp(Math.floor(now / 1000), 1);
    },
  };
}

function bit(operand: Value, { field }: { field: string }): Modifier {
  if (!isDoc(operand))
    throw fault(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  if (operand.size === 0)
    throw fault(
      'BadValue',
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
    );
  const steps = [...operand].map(([name, n]) => {
    if (name !== 'and' && name !== 'or' && name !== 'xor')
      throw fault(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(n)}}`,
      );
    if (!(n instanceof Int32) && typeof n !== 'bigint')
      throw fault(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(n)}' is not supported here: {${field}: ${show(operand)}}`,
      );
    return { name, n: whole(n), isLong: typeof n === 'bigint' };
  });
  return {
    creates: true,
    apply: (value, place) => {
      if (value !== undefined && !(value instanceof Int32) && typeof value !== 'bigint')
        throw fault(
          'BadValue',
          `Cannot apply $bit to a value of non-integral type.{_id: ${show(place.original.get('_id'))}} has the field ${lastPart(place)} of non-integer type ${typeName(value)}`,
        );
      let n = value === undefined ? 0n : whole(value);
      let isLong = typeof value === 'bigint';
      for (const step of steps) {
        n = step.name === 'and' ? n & step.n : step.name === 'or' ? n | step.n : n ^ step.n;
        isLong ||= step.isLong;
      }
      return isLong ? BigInt.asIntN(64, n) : intOrLong(n);
    },
  };
}

const whole = (v: Int32 | bigint): bigint => (typeof v === 'bigint' ? v : BigInt(v.value));
const lastPart = (place: Place): string => place.path.split('.').at(-1)!;
