import { compileExpression } from '../aggregate/expression.ts';
import type { Doc } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { type Context, docField } from './context.ts';

/** The variables of a command's `let`, evaluated: expressions that see no document. */
export function variablesOf(ctx: Context, body = ctx.body): Doc | undefined {
  const given = docField(body, 'let');
  if (given === undefined || given.size === 0) return given;
  const values: Doc = new Map();
  for (const [name, expression] of given) {
    if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) {
      throw fault('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
    }
    const value = compileExpression(expression, { now: ctx.server.now(), let: values })(new Map());
    values.set(name, value ?? null);
  }
  return values;
}
