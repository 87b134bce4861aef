import { encode } from '../../bson/encode.ts';
import { Binary, type Doc, int, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, compilePath, type Expr, type Scope } from '../expression.ts';
import { fixed1, isNullish, nameOf, type OperatorTable, variadic } from './support.ts';

export const objects: OperatorTable = {
  $mergeObjects: variadic((values) => {
    const out: Doc = new Map();
    for (const v of values) {
      if (isNullish(v)) continue;
      if (!isDoc(v))
        throw fault(
          40400,
          `$mergeObjects requires object inputs, but input ${nameOf(v)} is of type ${nameOf(v)}`,
        );
      for (const [name, value] of v) out.set(name, value);
    }
    return out;
  }),
  $objectToArray: fixed1((v) => {
    if (isNullish(v)) return null;
    if (!isDoc(v)) throw fault(40390, `$objectToArray requires a document input, found: ${nameOf(v)}`);
    return [...v].map(
      ([k, value]): Doc =>
        new Map<string, Value>([
          ['k', k],
          ['v', value],
        ]),
    );
  }),
  $arrayToObject: fixed1((v) => {
    if (isNullish(v)) return null;
    if (!Array.isArray(v)) throw fault(40386, `$arrayToObject requires an array input, found: ${nameOf(v)}`);
    const out: Doc = new Map();
    for (const item of v) {
      const [key, value] = pairOf(item);
      if (key.includes('\0')) throw fault(4940400, 'Key field cannot contain an embedded null byte');
      out.set(key, value);
    }
    return out;
  }),
  $getField: (operand, scope, name) => {
    const spec = isDoc(operand) && !isOperator(operand) ? operand : undefined;
    if (spec) checkKeys(spec, ['field', 'input'], name);
    const field = fieldName(spec ? spec.get('field') : operand, scope, name);
    if (spec && !spec.has('input')) throw fault(3041703, `${name} requires 'input' to be specified`);
    const input = spec ? compile(spec.get('input')!, scope) : compilePath('$$CURRENT', scope);
    return (env) => {
      const v = input(env);
      if (isNullish(v)) return v === undefined ? undefined : null;
      return isDoc(v) ? v.get(field) : undefined;
    };
  },
  $setField: (operand, scope, name) => setField(operand, scope, name, true),
  $unsetField: (operand, scope, name) => setField(operand, scope, name, false),
  $bsonSize: fixed1((v) => {
    if (isNullish(v)) return null;
    if (!isDoc(v)) throw fault(31393, `$bsonSize requires a document input, found: ${nameOf(v)}`);
    return int(encode(v).length);
  }),
  $binarySize: fixed1((v) => {
    if (isNullish(v)) return null;
    if (typeof v === 'string') return int(Buffer.byteLength(v));
    if (v instanceof Binary) return int(v.bytes.length);
    throw fault(51276, `$binarySize requires a string or BinData argument, found: ${nameOf(v)}`);
  }),
};

const isOperator = (doc: Doc): boolean => doc.keys().next().value?.startsWith('$') ?? false;

function checkKeys(spec: Doc, allowed: readonly string[], name: string): void {
  for (const key of spec.keys())
    if (!allowed.includes(key)) throw fault(3041701, `${name} found an unknown argument: ${key}`);
}

/** A constant, so that it may contain dots and dollars. */
function fieldName(v: Value | undefined, scope: Scope, name: string): string {
  if (v === undefined) throw fault(3041702, `${name} requires 'field' to be specified`);
  const literal = isDoc(v) && v.size === 1 ? (v.get('$literal') ?? v.get('$const')) : v;
  if (typeof literal === 'string' && (literal !== v || !v.startsWith('$'))) return literal;
  const evaluated =
    isDoc(v) && v.has('$concat') ? compile(v, scope)({ root: undefined, vars: [] }) : undefined;
  if (typeof evaluated === 'string') return evaluated;
  throw fault(
    typeof literal === 'string' ? 5654600 : 5654602,
    `${name} requires 'field' to evaluate to a constant string`,
  );
}

function setField(operand: Value, scope: Scope, name: string, hasValue: boolean): Expr {
  if (!isDoc(operand)) throw fault(4161100, `${name} only supports an object as its argument`);
  const allowed = hasValue ? ['field', 'input', 'value'] : ['field', 'input'];
  for (const key of operand.keys())
    if (!allowed.includes(key)) throw fault(4161101, `${name} found an unknown argument: ${key}`);
  for (const key of allowed)
    if (!operand.has(key)) throw fault(4161102, `${name} requires '${key}' to be specified`);
  const field = fieldName(operand.get('field'), scope, name);
  const input = compile(operand.get('input')!, scope);
  const value = hasValue ? compile(operand.get('value')!, scope) : () => undefined;
  return (env) => {
    const v = input(env);
    if (isNullish(v)) return null;
    if (!isDoc(v)) throw fault(4161105, `${name} requires 'input' to evaluate to type Object`);
    const next = value(env);
    const out = new Map(v);
    if (next === undefined) out.delete(field);
    else out.set(field, next);
    return out;
  };
}

function pairOf(item: Value): [string, Value] {
  if (Array.isArray(item)) {
    if (item.length !== 2)
      throw fault(
        40397,
        `$arrayToObject requires an array of size 2 arrays,found array of size: ${item.length}`,
      );
    if (typeof item[0] !== 'string')
      throw fault(
        40395,
        `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${nameOf(item[0])}`,
      );
    return [item[0], item[1]!];
  }
  if (!isDoc(item)) throw fault(40398, `Unrecognised input type format for $arrayToObject: ${nameOf(item)}`);
  if (item.size !== 2 || !item.has('k') || !item.has('v'))
    throw fault(item.size !== 2 ? 40392 : 40393, "$arrayToObject requires an object keys of 'k' and 'v'.");
  const key = item.get('k')!;
  if (typeof key !== 'string')
    throw fault(
      40394,
      `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${nameOf(key)}`,
    );
  return [key, item.get('v')!];
}
