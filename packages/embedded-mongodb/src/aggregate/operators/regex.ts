import { BsonRegExp, type Doc, int, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import type { BoundedRegExp } from '../../query/bounded-regex.ts';
import { toRegExp } from '../../query/regex.ts';
import type { Env, Expr, Scope } from '../expression.ts';
import { isNullish, named, nameOf, type OperatorTable } from './support.ts';

const CODES = { notObject: 51103, unknown: 31024, missing: 31022 };

export const regex: OperatorTable = {
  $regexMatch: (operand, scope, name) => {
    const read = reader(operand, scope, name);
    return (env) => {
      const found = read(env);
      return found ? found.regex.test(found.input) : false;
    };
  },
  $regexFind: (operand, scope, name) => {
    const read = reader(operand, scope, name);
    return (env) => {
      const found = read(env);
      const m = found?.regex.exec(found.input);
      return m ? describe(m) : null;
    };
  },
  $regexFindAll: (operand, scope, name) => {
    const read = reader(operand, scope, name, 'g');
    return (env) => {
      const found = read(env);
      return found ? found.regex.execAll(found.input).map(describe) : [];
    };
  },
};

function reader(
  operand: Value,
  scope: Scope,
  name: string,
  flags = '',
): (env: Env) => { input: string; regex: BoundedRegExp } | undefined {
  const {
    input,
    regex: pattern,
    options,
  } = named(operand, scope, name, ['input', 'regex'], ['options'], CODES);
  let known: { source: string; flags: string; regex: BoundedRegExp } | undefined;
  return (env) => {
    const text = input!(env);
    const p = (pattern as Expr)(env);
    const o = options?.(env);
    if (!isNullish(text) && typeof text !== 'string')
      throw fault(51104, `${name} needs 'input' to be of type string`);
    if (!isNullish(p) && typeof p !== 'string' && !(p instanceof BsonRegExp))
      throw fault(51105, `${name} needs 'regex' to be of type string or regex`);
    if (!isNullish(o) && typeof o !== 'string')
      throw fault(51106, `${name} needs 'options' to be of type string, not ${nameOf(o)}`);
    if (isNullish(text) || isNullish(p)) return undefined;
    if (p instanceof BsonRegExp && p.options !== '' && typeof o === 'string' && o !== '')
      throw fault(51107, `${name}: found regex options specified in both 'regex' and 'options' fields`);
    const source = p instanceof BsonRegExp ? p.pattern : p;
    const wanted = typeof o === 'string' && o !== '' ? o : p instanceof BsonRegExp ? p.options : '';
    if (known?.source !== source || known.flags !== wanted)
      known = { source, flags: wanted, regex: toRegExp(source, wanted, flags) };
    return { input: text, regex: known.regex };
  };
}

/** The place is counted in code points. */
function describe(m: RegExpMatchArray): Doc {
  const before = m.input!.slice(0, m.index);
  return new Map<string, Value>([
    ['match', m[0]],
    ['idx', int(Array.from(before).length)],
    ['captures', m.slice(1).map((c) => c ?? null)],
  ]);
}
