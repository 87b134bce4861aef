import type { Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import type { Expr, Scope } from '../expression.ts';
import { isNullish, named, nameOf, type OperatorTable } from './support.ts';

const TRIM_CODES = { notObject: 50696, unknown: 50694, missing: 50695 };
const REPLACE_CODES = { notObject: 51751, unknown: 51750, missing: 51749 };

/** Trimming and replacing. */
export const text: OperatorTable = {
  $trim: (operand, scope, name) => trim(operand, scope, name, true, true),
  $ltrim: (operand, scope, name) => trim(operand, scope, name, true, false),
  $rtrim: (operand, scope, name) => trim(operand, scope, name, false, true),
  $replaceOne: (operand, scope, name) =>
    replace(operand, scope, name, (input, find, replacement) => {
      const at = input.indexOf(find);
      return at < 0 ? input : input.slice(0, at) + replacement + input.slice(at + find.length);
    }),
  $replaceAll: (operand, scope, name) =>
    replace(operand, scope, name, (input, find, replacement) =>
      find === '' ? spread(input, replacement) : input.split(find).join(replacement),
    ),
};

/** What `$trim` takes for white space. */
const SPACES = [
  '\0',
  ' ',
  '\t',
  '\n',
  '\v',
  '\f',
  '\r',
  '\u00a0',
  '\u1680',
  '\u2000',
  '\u2001',
  '\u2002',
  '\u2003',
  '\u2004',
  '\u2005',
  '\u2006',
  '\u2007',
  '\u2008',
  '\u2009',
  '\u200a',
];

function trim(operand: Value, scope: Scope, name: string, isLeft: boolean, isRight: boolean): Expr {
  const { input, chars } = named(operand, scope, name, ['input'], ['chars'], TRIM_CODES);
  return (env) => {
    const v = input!(env);
    if (isNullish(v)) return null;
    if (typeof v !== 'string')
      throw fault(50699, `${name} requires its input to be a string, got ${nameOf(v)} instead.`);
    const c = chars?.(env);
    if (chars && isNullish(c)) return null;
    if (chars && typeof c !== 'string')
      throw fault(50700, `${name} requires 'chars' to be a string, got ${nameOf(c)} instead.`);
    const wanted = new Set(chars ? Array.from(c as string) : SPACES);
    const points = Array.from(v);
    let from = 0;
    let to = points.length;
    if (isLeft) while (from < to && wanted.has(points[from]!)) from++;
    if (isRight) while (to > from && wanted.has(points[to - 1]!)) to--;
    return points.slice(from, to).join('');
  };
}

function replace(
  operand: Value,
  scope: Scope,
  name: string,
  change: (input: string, find: string, replacement: string) => string,
): Expr {
  const { input, find, replacement } = named(
    operand,
    scope,
    name,
    ['input', 'find', 'replacement'],
    [],
    REPLACE_CODES,
  );
  return (env) => {
    const values = [input!(env), find!(env), replacement!(env)];
    const names = ['input', 'find', 'replacement'];
    values.forEach((v, i) => {
      if (!isNullish(v) && typeof v !== 'string')
        throw fault(51746 - i, `${name} requires that '${names[i]}' be a string, found: ${nameOf(v)}`);
    });
    if (values.some(isNullish)) return null;
    return change(...(values as [string, string, string]));
  };
}

function spread(input: string, replacement: string): string {
  return replacement + Array.from(input, (c) => c + replacement).join('');
}
