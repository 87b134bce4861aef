import { compileExpression } from '../aggregate/expression.ts';
import { isTrue } from '../aggregate/operators/support.ts';
import { isNaNValue, toNumber } from '../bson/numbers.ts';
import { type Doc, isNumber, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { compileJsonSchema } from './json-schema.ts';
import type { FilterOptions } from './operators.ts';

type Test = (doc: Doc) => boolean;

/** Operators that stand beside the fields and look at the whole document. */
export function topLevel(name: string, operand: Value, options: FilterOptions): Test {
  switch (name) {
    case '$sampleRate': {
      if (!isNumber(operand)) throw fault('BadValue', '$sampleRate requires a numeric argument');
      const rate = toNumber(operand);
      if (isNaNValue(operand) || rate < 0 || rate > 1)
        throw fault('BadValue', '$sampleRate requires a number between 0 and 1');
      return () => Math.random() < rate;
    }
    case '$expr': {
      const value = compileExpression(operand, options);
      return (doc) => isTrue(value(doc));
    }
    case '$jsonSchema':
      return compileJsonSchema(operand);
    case '$alwaysTrue':
      return () => true;
    case '$alwaysFalse':
      return () => false;
    case '$where':
      throw fault(
        'BadValue',
        '$where is not available here: JavaScript is not run in the server. Use $expr instead.',
      );
    case '$text':
      throw fault(
        'IndexNotFound',
        'text index required for $text query; text indexes are not available here. Use $regex.',
      );
    default:
      throw fault(
        'BadValue',
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}
