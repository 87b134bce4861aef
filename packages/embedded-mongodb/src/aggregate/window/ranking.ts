import { compare } from '../../bson/compare.ts';
import { toExactBigInt } from '../../bson/numbers.ts';
import { int, isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, rootScope } from '../expression.ts';
import type { Row, WindowFunction, WindowSpec } from './functions.ts';

/** Functions of a row's place in its partition. */
export const ranking: Record<string, (spec: WindowSpec) => WindowFunction> = {
  $documentNumber: (spec) => {
    check(spec);
    return (rows) => rows.map((_, i) => int(i + 1));
  },
  $rank: (spec) => {
    check(spec);
    return (rows) => {
      let rank = 1;
      return rows.map((row, i) => {
        if (i > 0 && !isTied(row, rows[i - 1]!, spec)) rank = i + 1;
        return int(rank);
      });
    };
  },
  $denseRank: (spec) => {
    check(spec);
    return (rows) => {
      let rank = 1;
      return rows.map((row, i) => {
        if (i > 0 && !isTied(row, rows[i - 1]!, spec)) rank++;
        return int(rank);
      });
    };
  },
  $shift: ({ operand, keys, context }) => {
    if (!isDoc(operand)) throw fault('FailedToParse', '$shift only supports an object as its argument');
    if (keys.length === 0) throw fault('FailedToParse', "'$shift' requires a sortBy");
    for (const key of operand.keys())
      if (!['output', 'by', 'default'].includes(key))
        throw fault('FailedToParse', `Unknown argument in $shift: ${key}`);
    const by = operand.get('by');
    const n = isNumber(by) ? toExactBigInt(by) : undefined;
    if (n === undefined) throw fault('FailedToParse', "'$shift:by' field must be an integer");
    if (!operand.has('output')) throw fault('FailedToParse', "$shift requires an 'output' expression.");
    const output = compile(operand.get('output')!, rootScope(context));
    const fallback: Value | undefined = operand.has('default')
      ? compile(operand.get('default')!, rootScope(context))({ root: undefined, vars: [] })
      : null;
    return (rows) =>
      rows.map((_, i) => {
        const row = rows[i + Number(n)];
        return row ? output({ root: row.doc, vars: [] }) : fallback;
      });
  },
};

function check({ name, operand, window, keys }: WindowSpec): void {
  if (!isDoc(operand) || operand.size > 0)
    throw fault(5371603, `${name} must be specified with '{}' as the value`);
  if (window !== undefined) throw fault(5371601, `Rank style window functions take no other arguments`);
  if (name === '$documentNumber' ? keys.length === 0 : keys.length !== 1)
    throw fault(
      5371602,
      `${name} must be specified with a top level sortBy expression with exactly one element`,
    );
}

const isTied = (a: Row, b: Row, { context }: WindowSpec): boolean =>
  a.key.every((v, i) => compare(v, b.key[i]!, context.collation) === 0);
