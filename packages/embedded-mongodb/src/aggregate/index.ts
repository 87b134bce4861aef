export { compileExpression, type ExpressionOptions } from './expression.ts';
export {
  type CollectionSource,
  compilePipeline,
  type Pipeline,
  type PipelineContext,
  stageOf,
  type WriteTarget,
} from './pipeline.ts';
export { leadingFilter } from './stages/leading-filter.ts';
