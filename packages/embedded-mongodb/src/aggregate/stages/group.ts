import { show } from '../../bson/ejson.ts';
import { type Doc, int, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import type { PipelineContext } from '../context.ts';
import { compile, type Env, rootScope } from '../expression.ts';
import { compileAccumulator, type GroupState } from '../group-accumulators.ts';
import type { MakeStage, Stage } from '../stage.ts';
import { Grouping } from './grouping.ts';
import { sortStage } from './simple.ts';

export const group: MakeStage = (spec, context) => {
  if (!isDoc(spec)) throw fault(15947, "a group's fields must be specified in an object");
  return groupStage(spec, context);
};

export function groupStage(spec: Doc, context: PipelineContext): Stage {
  const scope = rootScope(context);
  if (!spec.has('_id')) throw fault(15955, 'a group specification must include an _id');
  const id = compile(spec.get('_id')!, scope);
  const fields: [string, (env: Env) => GroupState][] = [];
  for (const [name, value] of spec) {
    if (name === '_id') continue;
    fields.push([name, compileField(name, value, scope)]);
  }
  return (input) => new Grouping(id, fields, context).run(input);
}

export function compileField(
  name: string,
  value: Value,
  scope: ReturnType<typeof rootScope>,
): (env: Env) => GroupState {
  if (name.includes('.')) throw fault(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw fault(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(value)) throw fault(40234, `The field '${name}' must be an accumulator object`);
  if (value.size !== 1) throw fault(40238, `The field '${name}' must specify one accumulator`);
  const [operator, operand] = value.entries().next().value!;
  if (!operator.startsWith('$')) throw fault(40234, `The field '${name}' must be an accumulator object`);
  return compileAccumulator(operator, operand, scope);
}

export const sortByCount: MakeStage = (spec, context) => {
  const isExpression =
    (typeof spec === 'string' && spec.startsWith('$')) ||
    (isDoc(spec) && spec.size === 1 && spec.keys().next().value!.startsWith('$'));
  if (!isExpression)
    throw fault(
      typeof spec === 'string' ? 40148 : isDoc(spec) ? 40147 : 40149,
      `the sortByCount field must be specified as a string or as an object with an expression; found ${show(spec)}`,
    );
  const grouped = groupStage(
    new Map<string, Value>([
      ['_id', spec],
      ['count', new Map([['$sum', int(1)]])],
    ]),
    context,
  );
  const sorted = sortStage(new Map([['count', int(-1)]]), context);
  return (input) => sorted(grouped(input));
};
