import { isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { type Accumulator, accumulators } from '../accumulators.ts';
import { compile, type Expr, type Scope } from '../expression.ts';
import { percentiles } from '../percentile.ts';
import { isNullish, type MakeOperator, named, nameOf, type OperatorTable } from './support.ts';

/** Accumulators used as expressions: over their arguments, or over the array that is the only one. */
export const statistics: OperatorTable = {
  ...Object.fromEntries(
    ['$avg', '$sum', '$min', '$max', '$stdDevPop', '$stdDevSamp'].map((name): [string, MakeOperator] => [
      name,
      overArray,
    ]),
  ),
  $percentile: (operand, scope, name) => percentile(operand, scope, name, true),
  $median: (operand, scope, name) => percentile(operand, scope, name, false),
};

function overArray(operand: Value, scope: Scope, name: string): Expr {
  const list = Array.isArray(operand) ? operand.map((e) => compile(e, scope)) : undefined;
  const single = list ? undefined : compile(operand, scope);
  const only = list?.length === 1 ? list[0]! : single;
  const make = accumulators.get(name)!;
  return (env) => {
    const state: Accumulator = make(scope.options);
    const v = only?.(env);
    if (only && Array.isArray(v)) for (const item of v) state.add(item);
    else if (only) state.add(v);
    else for (const e of list!) state.add(e(env));
    return state.result();
  };
}

function percentile(operand: Value, scope: Scope, name: string, isList: boolean): Expr {
  if (!isDoc(operand)) throw fault(7436200, `specification must be an object; found ${nameOf(operand)}`);
  const { input, p, method } = named(
    operand,
    scope,
    name,
    isList ? ['input', 'p', 'method'] : ['input', 'method'],
    [],
    {
      notObject: 7436200,
      unknown: 40415,
      missing: 40414,
    },
  );
  return (env) => {
    if (method!(env) !== 'approximate')
      throw fault('BadValue', "Currently only 'approximate' can be used as percentile 'method'.");
    const v = input!(env);
    const values = Array.isArray(v) ? v : isNullish(v) ? [] : [v];
    const result = percentiles(values, isList ? p!(env) : [0.5]);
    return isList ? result : result[0]!;
  };
}
