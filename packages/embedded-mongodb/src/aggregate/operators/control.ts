import { isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, type Expr, type Scope, withVariable } from '../expression.ts';
import { args, fixed1, isNullish, isTrue, type OperatorTable } from './support.ts';

/** Logic and flow. `$and`, `$or`, `$cond`, `$switch` and `$ifNull` evaluate no more than they need. */
export const control: OperatorTable = {
  $and: (operand, scope) => {
    const list = all(operand, scope);
    return (env) => list.every((e) => isTrue(e(env)));
  },
  $or: (operand, scope) => {
    const list = all(operand, scope);
    return (env) => list.some((e) => isTrue(e(env)));
  },
  $not: fixed1((v) => !isTrue(v)),
  $cond: (operand, scope, name) => {
    const [test, then, otherwise] = isDoc(operand)
      ? condDoc(operand, scope)
      : (args(operand, scope, name, 3) as [Expr, Expr, Expr]);
    return (env) => (isTrue(test(env)) ? then(env) : otherwise(env));
  },
  $ifNull: (operand, scope) => {
    const list = all(operand, scope);
    if (list.length < 2) throw fault(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
    const last = list.at(-1)!;
    return (env) => {
      for (let i = 0; i < list.length - 1; i++) {
        const v = list[i]!(env);
        if (!isNullish(v)) return v;
      }
      return last(env);
    };
  },
  $switch: makeSwitch,
  $let: (operand, scope) => {
    if (!isDoc(operand)) throw fault(16874, '$let only supports an object as its argument');
    for (const key of operand.keys())
      if (key !== 'vars' && key !== 'in') throw fault(16875, `Unrecognized parameter to $let: ${key}`);
    const vars = operand.get('vars');
    const body = operand.get('in');
    if (vars === undefined) throw fault(16876, "Missing 'vars' parameter to $let");
    if (body === undefined) throw fault(16877, "Missing 'in' parameter to $let");
    if (!isDoc(vars)) throw fault(16874, 'invalid parameter: expected an object (vars)');
    let inner = scope;
    const places: [number, Expr][] = [];
    for (const [name, value] of vars) {
      checkVariableName(name);
      const next = withVariable(inner, name);
      inner = next.scope;
      places.push([next.slot, compile(value, scope)]);
    }
    const run = compile(body, inner);
    return (env) => {
      // All values first: they see the outer variables, not each other.
      const values = places.map(([, value]) => value(env));
      places.forEach(([slot], i) => {
        env.vars[slot] = values[i];
      });
      return run(env);
    };
  },
  $literal: (operand) => () => operand,
  $const: (operand) => () => operand,
  $expr: (operand, scope) => compile(operand, scope),
};

export function checkVariableName(name: string): void {
  if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name) && name !== 'CURRENT')
    throw fault('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
  if (name === 'CURRENT')
    throw fault(
      'NotImplemented',
      'Setting CURRENT in $let is not available here: use a variable of your own.',
    );
}

function all(operand: Value, scope: Scope): Expr[] {
  return (Array.isArray(operand) ? operand : [operand]).map((item) => compile(item, scope));
}

function condDoc(operand: Map<string, Value>, scope: Scope): [Expr, Expr, Expr] {
  for (const key of operand.keys())
    if (!['if', 'then', 'else'].includes(key)) throw fault(17083, `Unrecognized parameter to $cond: ${key}`);
  const pick = (key: string, code: number): Expr => {
    const v = operand.get(key);
    if (v === undefined) throw fault(code, `Missing '${key}' parameter to $cond`);
    return compile(v, scope);
  };
  return [pick('if', 17080), pick('then', 17081), pick('else', 17082)];
}

function makeSwitch(operand: Value, scope: Scope): Expr {
  if (!isDoc(operand)) throw fault(40060, '$switch requires an object as an argument, found: not an object');
  for (const key of operand.keys())
    if (key !== 'branches' && key !== 'default')
      throw fault(40067, `$switch found an unknown argument: ${key}`);
  const branches = operand.get('branches');
  if (!Array.isArray(branches))
    throw fault(branches === undefined ? 40068 : 40061, "$switch expected an array for 'branches'");
  if (branches.length === 0) throw fault(40068, '$switch requires at least one branch.');
  const list = branches.map((b): [Expr, Expr] => {
    if (!isDoc(b)) throw fault(40062, '$switch expected each branch to be an object');
    for (const key of b.keys())
      if (key !== 'case' && key !== 'then')
        throw fault(40063, `$switch found an unknown argument to a branch: ${key}`);
    if (!b.has('case')) throw fault(40064, "$switch requires each branch have a 'case' expression");
    if (!b.has('then')) throw fault(40065, "$switch requires each branch have a 'then' expression.");
    return [compile(b.get('case')!, scope), compile(b.get('then')!, scope)];
  });
  const otherwise = operand.has('default') ? compile(operand.get('default')!, scope) : undefined;
  return (env) => {
    for (const [test, then] of list) if (isTrue(test(env))) return then(env);
    if (otherwise) return otherwise(env);
    throw fault(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
}
