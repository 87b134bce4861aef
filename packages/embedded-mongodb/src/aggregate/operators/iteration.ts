import { toExactBigInt } from '../../bson/numbers.ts';
import { isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, type Scope, withVariable } from '../expression.ts';
import { checkVariableName } from './control.ts';
import { isNullish, isTrue, nameOf, type OperatorTable } from './support.ts';

/** `$map`, `$filter` and `$reduce`. */
export const iteration: OperatorTable = {
  $map: (operand, scope) => {
    const spec = parts(operand, '$map', ['input', 'in'], ['as'], [16878, 16879, 16880]);
    const input = compile(spec.get('input')!, scope);
    const { inner, slot } = loopVariable(spec.get('as'), scope);
    const body = compile(spec.get('in')!, inner);
    return (env) => {
      const list = input(env);
      if (isNullish(list)) return null;
      if (!Array.isArray(list)) throw fault(16883, `input to $map must be an array not ${nameOf(list)}`);
      return list.map((item) => {
        env.vars[slot] = item;
        return body(env) ?? null;
      });
    };
  },
  $filter: (operand, scope) => {
    const spec = parts(operand, '$filter', ['input', 'cond'], ['as', 'limit'], [28646, 28647, 28648]);
    const input = compile(spec.get('input')!, scope);
    const { inner, slot } = loopVariable(spec.get('as'), scope);
    const cond = compile(spec.get('cond')!, inner);
    const limit = spec.has('limit') ? compile(spec.get('limit')!, scope) : undefined;
    return (env) => {
      const list = input(env);
      if (isNullish(list)) return null;
      if (!Array.isArray(list)) throw fault(28651, `input to $filter must be an array not ${nameOf(list)}`);
      const max = limitOf(limit?.(env));
      const out: Value[] = [];
      for (const item of list) {
        env.vars[slot] = item;
        if (isTrue(cond(env)) && out.push(item) >= max) break;
      }
      return out;
    };
  },
  $reduce: (operand, scope) => {
    const spec = parts(operand, '$reduce', ['input', 'initialValue', 'in'], [], [40075, 40076, 40077]);
    const input = compile(spec.get('input')!, scope);
    const initial = compile(spec.get('initialValue')!, scope);
    const withValue = withVariable(scope, 'value');
    const withThis = withVariable(withValue.scope, 'this');
    const body = compile(spec.get('in')!, withThis.scope);
    return (env) => {
      const list = input(env);
      if (isNullish(list)) return null;
      if (!Array.isArray(list))
        throw fault(40080, `$reduce requires that 'input' be an array, found: ${nameOf(list)}`);
      let value = initial(env);
      for (const item of list) {
        env.vars[withThis.slot] = item;
        env.vars[withValue.slot] = value;
        value = body(env);
      }
      return value;
    };
  },
};

function parts(
  operand: Value,
  name: string,
  required: readonly string[],
  optional: readonly string[],
  [notObject, unknown, missing]: readonly [number, number, number],
): Map<string, Value> {
  if (!isDoc(operand)) throw fault(notObject, `${name} only supports an object as its argument`);
  for (const key of operand.keys())
    if (!required.includes(key) && !optional.includes(key))
      throw fault(unknown, `Unrecognized parameter to ${name}: ${key}`);
  for (const key of required)
    if (!operand.has(key)) throw fault(missing, `Missing '${key}' parameter to ${name}`);
  return operand;
}

function loopVariable(as: Value | undefined, scope: Scope): { inner: Scope; slot: number } {
  const name = as ?? 'this';
  if (typeof name !== 'string') throw fault('FailedToParse', "'as' must be a string");
  if (name !== 'this') checkVariableName(name);
  const { scope: inner, slot } = withVariable(scope, name);
  return { inner, slot };
}

function limitOf(v: Value | undefined): number {
  if (isNullish(v)) return Number.POSITIVE_INFINITY;
  const n = isNumber(v) ? toExactBigInt(v) : undefined;
  if (n === undefined || BigInt.asIntN(32, n) !== n)
    throw fault(327391, `$filter: limit must be represented as a 32-bit integral value: ${nameOf(v)}`);
  if (n < 1n) throw fault(327392, `$filter: limit must be greater than 0: ${n}`);
  return Number(n);
}
