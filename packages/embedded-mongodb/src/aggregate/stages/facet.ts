import { type Doc, isDoc, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compilePipeline, stageOf } from '../pipeline.ts';
import { type MakeStage, Memory } from '../stage.ts';

const FORBIDDEN = [
  '$facet',
  '$out',
  '$merge',
  '$geoNear',
  '$collStats',
  '$indexStats',
  '$planCacheStats',
  '$search',
  '$changeStream',
  '$documents',
];

/** Several pipelines over the same documents, answered in one. */
export const facet: MakeStage = (spec, context) => {
  if (!isDoc(spec)) throw fault(40169, 'the $facet specification must be a non-empty object');
  if (spec.size === 0) throw fault(40169, 'the $facet specification must be a non-empty object');
  const facets = [...spec].map(([name, stages]): [string, ReturnType<typeof compilePipeline>] => {
    if (name.startsWith('$') || name.includes('.'))
      throw fault('FailedToParse', `${name} is not a valid field name for $facet`);
    if (!Array.isArray(stages))
      throw fault(40170, `arguments to $facet must be arrays, ${name} is not an array`);
    for (const stage of stages) {
      const inner = stageOf(stage).name;
      if (FORBIDDEN.includes(inner))
        throw fault(40600, `${inner} is not allowed to be used within a $facet stage`);
    }
    return [name, compilePipeline(stages as Doc[], context)];
  });
  return async function* (input) {
    const memory = new Memory('$facet', context);
    const all: Doc[] = [];
    for await (const batch of input)
      for (const doc of batch) {
        memory.count(doc);
        all.push(doc);
      }
    const out: Doc = new Map();
    for (const [name, run] of facets) {
      const list: Value[] = [];
      for await (const batch of run.batches(once(all))) list.push(...batch);
      out.set(name, list);
    }
    yield [out];
  };
};

async function* once(docs: Doc[]): AsyncIterable<Doc[]> {
  if (docs.length > 0) yield docs;
}
