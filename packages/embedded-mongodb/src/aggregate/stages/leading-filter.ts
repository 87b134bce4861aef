import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { compileExpression, type ExpressionOptions } from '../expression.ts';

/**
 * What of a pipeline's first `$match` a collection can answer by its indexes. Plain conditions are taken over
 * whole; an `$expr` that equates a field with something known becomes a coarser condition, and stays in place.
 */
export function leadingFilter(
  stages: Doc[],
  options: ExpressionOptions,
): { rest: Doc[]; prefilter: () => Doc } {
  const match = stages[0]?.get('$match');
  if (!isDoc(match)) return { rest: stages, prefilter: () => new Map() };
  const plain = new Map([...match].filter(([key]) => key !== '$expr'));
  const expr = match.get('$expr');
  if (expr === undefined) return { rest: stages.slice(1), prefilter: () => plain };
  const equalities = equalitiesIn(expr, options);
  const rest: Doc[] = [new Map([['$match', new Map([['$expr', expr]])]]), ...stages.slice(1)];
  if (equalities.length === 0) return { rest, prefilter: () => plain };
  return {
    rest,
    prefilter: () => {
      const parts: Doc[] = equalities.map(
        ({ field, value }) => new Map([[field, new Map([['$eq', value() ?? null]])]]),
      );
      return plain.size > 0
        ? new Map([['$and', [plain, ...parts]]])
        : parts.length === 1
          ? parts[0]!
          : new Map([['$and', parts]]);
    },
  };
}

interface Equality {
  field: string;
  value: () => Value | undefined;
}

function equalitiesIn(expr: Value, options: ExpressionOptions): Equality[] {
  if (!isDoc(expr) || expr.size !== 1) return [];
  const [name, operand] = expr.entries().next().value!;
  if (!Array.isArray(operand)) return [];
  if (name === '$and') return operand.flatMap((part) => equalitiesIn(part, options));
  if (name !== '$eq' || operand.length !== 2) return [];
  const [a, b] = operand as [Value, Value];
  const field = isField(a) ? a : isField(b) ? b : undefined;
  const other = field === a ? b : a;
  // Only what does not depend on the document; a dotted path may go through arrays, which $eq reads otherwise.
  if (field === undefined || field.includes('.') || !isKnown(other)) return [];
  const compiled = compileExpression(other, options);
  return [{ field: field.slice(1), value: () => compiled(undefined) }];
}

const isField = (v: Value): v is string => typeof v === 'string' && /^\$[^$]/.test(v);
const isKnown = (v: Value): boolean =>
  typeof v === 'string'
    ? !v.startsWith('$') || (/^\$\$[a-z]/.test(v) && v !== '$$this')
    : !isDoc(v) && !Array.isArray(v);
