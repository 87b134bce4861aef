import { show } from '../bson/ejson.ts';
import { toExactBigInt } from '../bson/numbers.ts';
import { bsonType, isNumber, T, type TypeName, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { Leaf } from './match.ts';

/** `$type`: an alias, a number, 'number' for all four numeric types, or a list of these. */
export function typeLeaf(operand: Value): Leaf {
  const wanted = typeSet(operand, '$type');
  return (v) => v !== undefined && wanted.has(bsonType(v));
}

/** The type bytes that are meant. */
export function typeSet(operand: Value, where: string): ReadonlySet<number> {
  const out = new Set<number>();
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw fault('FailedToParse', `${where} must match at least one type`);
  for (const item of list) for (const type of typesOf(item)) out.add(type);
  return out;
}

function typesOf(v: Value): number[] {
  if (typeof v === 'string') {
    if (v === 'number') return [T.double, T.int, T.long, T.decimal];
    const type = T[v as TypeName];
    if (type === undefined) throw fault('BadValue', `Unknown type name alias: ${v}`);
    return [type];
  }
  if (!isNumber(v)) throw fault('TypeMismatch', 'type must be represented as a number or a string');
  const code = toExactBigInt(v);
  const type = code === -1n ? T.minKey : Number(code ?? -2n);
  if (!(Object.values(T) as number[]).includes(type) || code === 255n)
    throw fault('BadValue', `Invalid numerical type code: ${show(v)}`);
  return [type];
}
