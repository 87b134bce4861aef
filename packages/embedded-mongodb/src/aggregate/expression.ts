import { show } from '../bson/ejson.ts';
import { BsonDate, type Doc, isDoc, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { FilterOptions } from '../query/operators.ts';
import { expressionOperators } from './operators/index.ts';

/** What an expression sees while it is evaluated: the document, and the variables in numbered places. */
export interface Env {
  root: Value | undefined;
  vars: (Value | undefined)[];
}

/** A compiled expression. `undefined` is "missing". */
export type Expr = (env: Env) => Value | undefined;

export type ExpressionOptions = FilterOptions;

/** What is known while compiling: the options and which variable lives where. */
export interface Scope {
  readonly options: ExpressionOptions;
  readonly names: ReadonlyMap<string, number>;
  /** Shared by all scopes of one expression: the number of places in use. */
  readonly counter: { used: number };
}

/** Compiles an expression for use on documents. The result keeps no state from one call to the next. */
export function compileExpression(
  expr: Value,
  options: ExpressionOptions = {},
): (root: Value | undefined) => Value | undefined {
  const scope = rootScope(options);
  const run = compile(expr, scope);
  const env: Env = { root: undefined, vars: [] };
  return (root) => {
    env.root = root;
    return run(env);
  };
}

export function rootScope(options: ExpressionOptions, names: readonly string[] = []): Scope {
  const counter = { used: 0 };
  return { options, counter, names: new Map(names.map((name) => [name, counter.used++])) };
}

/** A scope with one more variable, and its place. */
export function withVariable(scope: Scope, name: string): { scope: Scope; slot: number } {
  const slot = scope.counter.used++;
  return { scope: { ...scope, names: new Map(scope.names).set(name, slot) }, slot };
}

export function compile(expr: Value, scope: Scope): Expr {
  if (typeof expr === 'string') return expr.startsWith('$') ? compilePath(expr, scope) : () => expr;
  if (Array.isArray(expr)) {
    const items = expr.map((item) => compile(item, scope));
    return (env) => items.map((item) => item(env) ?? null);
  }
  if (!isDoc(expr)) return () => expr;
  const first = expr.keys().next().value;
  if (first?.startsWith('$')) {
    if (expr.size !== 1)
      throw fault(15983, `an object representing an expression must have exactly one field: ${show(expr)}`);
    return compileOperator(first, expr.get(first)!, scope);
  }
  return compileObject(expr, scope);
}

/** Is the expression the same for every document? Then it is worth evaluating once. */
export function isConstant(expr: Value): boolean {
  if (typeof expr === 'string') return !expr.startsWith('$');
  if (Array.isArray(expr)) return expr.every(isConstant);
  return !isDoc(expr) || (expr.size === 1 && expr.has('$literal')) || expr.size === 0;
}

export function compileOperator(name: string, operand: Value, scope: Scope): Expr {
  const make = expressionOperators.get(name);
  if (!make) throw fault('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  return make(operand, scope, name);
}

function compileObject(expr: Doc, scope: Scope): Expr {
  const fields = [...expr].map(([name, value]): [string, Expr] => {
    if (name.startsWith('$'))
      throw fault(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    if (name.includes('.'))
      throw fault(16412, `FieldPath field names may not contain '.'. Consider using $getField or $setField.`);
    return [name, compile(value, scope)];
  });
  return (env) => {
    const out: Doc = new Map();
    for (const [name, value] of fields) {
      const v = value(env);
      if (v !== undefined) out.set(name, v);
    }
    return out;
  };
}

/** `$a.b`, `$$variable`, `$$variable.a.b`. */
export function compilePath(text: string, scope: Scope): Expr {
  if (!text.startsWith('$$')) {
    const parts = fieldParts(text.slice(1));
    if (parts.length === 1) {
      const name = parts[0]!;
      return ({ root }) => (isDoc(root) ? root.get(name) : undefined);
    }
    return ({ root }) => walk(root, parts, 0);
  }
  const [name, ...rest] = text.slice(2).split('.') as [string, ...string[]];
  const base = variable(name, scope);
  if (rest.length === 0) return base;
  fieldParts(rest.join('.'));
  return (env) => walk(base(env), rest, 0);
}

export function fieldParts(path: string): string[] {
  if (path === '') throw fault(16872, "'$' by itself is not a valid FieldPath");
  const parts = path.split('.');
  for (const part of parts) {
    if (part === '')
      throw fault(
        path.endsWith('.') ? 40353 : 15998,
        path.endsWith('.')
          ? "FieldPath must not end with a '.'."
          : 'FieldPath field names may not be empty strings.',
      );
    if (part.startsWith('$'))
      throw fault(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
  }
  if (path.includes('\0')) throw fault(16411, 'FieldPath field names may not contain null bytes.');
  return parts;
}

function variable(name: string, scope: Scope): Expr {
  const slot = scope.names.get(name);
  if (slot !== undefined) return ({ vars }) => vars[slot];
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return ({ root }) => root;
    case 'REMOVE':
      return () => undefined;
    case 'NOW': {
      const now = new BsonDate(scope.options.now ?? Date.now());
      return () => now;
    }
    default: {
      // Looked up at each use: $lookup compiles its pipeline once and changes the values from document to document.
      const given = scope.options.let;
      if (given?.has(name)) return () => given.get(name);
      if (
        /^[A-Z_]+$/.test(name) &&
        ['CLUSTER_TIME', 'USER_ROLES', 'SEARCH_META', 'JS_SCOPE', 'IS_MR'].includes(name)
      )
        throw fault(51144, `Builtin variable '$$${name}' is not available`);
      if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name))
        throw fault('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
      throw fault(17276, `Use of undefined variable: ${name}`);
    }
  }
}

/** Through an array a path gives the list of what its documents have; there are no array indexes in expressions. */
export function walk(value: Value | undefined, parts: readonly string[], from: number): Value | undefined {
  let at = value;
  for (let i = from; i < parts.length; i++) {
    if (isDoc(at)) at = at.get(parts[i]!);
    else if (Array.isArray(at)) {
      const out: Value[] = [];
      for (const item of at) {
        if (!isDoc(item)) continue;
        const v = walk(item, parts, i);
        if (v !== undefined) out.push(v);
      }
      return out;
    } else return undefined;
  }
  return at;
}
