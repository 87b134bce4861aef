import { fault } from '../errors.ts';
import type { Doc, Value } from '../bson/values.ts';
export function compileExpression(_expr: Value, _options: object): (root: Doc) => Value | undefined {
  throw fault('NotImplemented', 'Expressions are not available yet.');
}
