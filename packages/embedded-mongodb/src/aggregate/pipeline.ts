import { show } from '../bson/ejson.ts';
import { type Doc, intValue, isDoc, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import type { PipelineContext } from './context.ts';
import { type Batches, flatten, inBatches, type Stage } from './stage.ts';
import { stageMakers } from './stages/index.ts';
import { sortStage } from './stages/simple.ts';

export type { CollectionSource, PipelineContext, WriteTarget } from './context.ts';

/** A compiled pipeline. Call it with the documents to read; `batches` saves a promise per document. */
export interface Pipeline {
  (source: AsyncIterable<Doc> | Iterable<Doc>): AsyncIterable<Doc>;
  batches(source: AsyncIterable<Doc[]>): AsyncIterable<Doc[]>;
}

/** Compiles a pipeline; every stage is checked before anything is read. Throws MongoDB's parse errors. */
export function compilePipeline(stages: readonly Doc[], context: PipelineContext = {}): Pipeline {
  const compiled = compileStages(stages, context);
  const batches = (source: Batches): Batches => compiled.reduce((input, stage) => stage(input), source);
  const run = (source: AsyncIterable<Doc> | Iterable<Doc>) => flatten(batches(inBatches(source)));
  return Object.assign(run, { batches });
}

export function compileStages(stages: readonly Value[], context: PipelineContext): Stage[] {
  if (stages.length > 1000) throw fault(7749501, 'Pipeline length must be no longer than 1000 stages');
  return stages.map((stage, i) => {
    const { name, spec } = stageOf(stage);
    const make = stageMakers.get(name);
    if (!make) throw fault(40324, `Unrecognized pipeline stage name: '${name}'`);
    if ((name === '$out' || name === '$merge') && i !== stages.length - 1)
      throw fault(40601, `${name} can only be the final stage in the pipeline`);
    const compiled = make(spec, context, i);
    const next = name === '$sort' && i + 1 < stages.length ? stageOf(stages[i + 1]!) : undefined;
    const count = next?.name === '$limit' ? intValue(next.spec) : undefined;
    return count !== undefined && count > 0 && Number.isInteger(count)
      ? sortStage(spec as Doc, context, count)
      : compiled;
  });
}

/** The name and the specification of a stage. */
export function stageOf(stage: Value): { name: string; spec: Value } {
  if (!isDoc(stage)) throw fault('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  if (stage.size !== 1)
    throw fault(
      40323,
      `A pipeline stage specification object must contain exactly one field: ${show(stage)}`,
    );
  const [name, spec] = stage.entries().next().value!;
  return { name, spec };
}
