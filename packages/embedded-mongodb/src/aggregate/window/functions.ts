import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import type { SortKey } from '../../query/sort.ts';
import { accumulators } from '../accumulators.ts';
import type { PipelineContext } from '../context.ts';
import { rootScope } from '../expression.ts';
import { compileAccumulator, type GroupState } from '../group-accumulators.ts';
import { type Bounds, boundsOf } from './bounds.ts';
import { overTime } from './calculus.ts';
import { filling } from './filling.ts';
import { moving } from './moving.ts';
import { ranking } from './ranking.ts';

/** A document of a partition with its sort key. */
export interface Row {
  doc: Doc;
  key: Value[];
}

/** Gives one value for each row of a sorted partition. */
export type WindowFunction = (rows: Row[]) => (Value | undefined)[];

export interface WindowSpec {
  name: string;
  operand: Value;
  window: Value | undefined;
  keys: SortKey[];
  context: PipelineContext;
}

const PLAIN = new Set([
  ...[...accumulators.keys()].filter((n) => n !== '$mergeObjects'),
  ...[
    '$count',
    '$firstN',
    '$lastN',
    '$minN',
    '$maxN',
    '$top',
    '$topN',
    '$bottom',
    '$bottomN',
    '$median',
    '$percentile',
  ],
]);

export function windowFunction(spec: Value, keys: SortKey[], context: PipelineContext): WindowFunction {
  if (!isDoc(spec)) throw fault('FailedToParse', 'The field of $setWindowFields must be an object');
  const names = [...spec.keys()].filter((k) => k !== 'window');
  if (names.length !== 1 || !names[0]!.startsWith('$'))
    throw fault('FailedToParse', 'Expected exactly one window function, and an optional window');
  const name = names[0]!;
  const all: WindowSpec = { name, operand: spec.get(name)!, window: spec.get('window'), keys, context };
  const special = ranking[name] ?? moving[name] ?? overTime[name] ?? filling[name];
  if (special) return special(all);
  if (!PLAIN.has(name)) throw fault('FailedToParse', `Unrecognized window function, ${name}`);
  return overWindow(all);
}

/** An accumulator over each row's window. A window that only grows is fed once; others are read anew. */
function overWindow({ name, operand, window, keys, context }: WindowSpec): WindowFunction {
  const scope = rootScope(context);
  const make = compileAccumulator(name, operand, scope);
  const bounds = boundsOf(window, keys);
  return (rows) => {
    const at: Bounds = bounds(rows);
    const env = { root: undefined as Value | undefined, vars: [] };
    env.root = rows[0]?.doc;
    const grow: { state: GroupState; fed: number } | undefined =
      at.isGrowing && name !== '$push' && name !== '$addToSet' ? { state: make(env), fed: 0 } : undefined;
    return rows.map((_, i) => {
      const [from, to] = at.of(i);
      if (grow) {
        for (; grow.fed < to; grow.fed++) {
          env.root = rows[grow.fed]!.doc;
          grow.state.feed(env);
        }
        return grow.state.result();
      }
      env.root = rows[i]!.doc;
      const state = make(env);
      for (let k = from; k < to; k++) {
        env.root = rows[k]!.doc;
        state.feed(env);
      }
      return state.result();
    });
  };
}
