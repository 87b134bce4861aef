import type { Pipeline } from '../../core/config-pipelines.ts';
import { pipelineSchema } from '../../core/config-pipelines.ts';
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { AppError, type Problem } from '../../core/errors.ts';
import { setTimer } from '../../core/timers.ts';
import { countLeadsByStage } from '../leads/contract.ts';
import { moveOn, pipelineChanged, revertPipeline, savePipeline, usePipeline } from './contract.ts';
import { MovingModel, PipelineChoiceModel, PipelineVersionModel } from './model.ts';
import { goBy, inFront, type Pipelines, pipelinesNow, type Standing, shipped } from './pipelines.ts';
import { faultsOf, type Move, movesFor, withRetired } from './rules.ts';
import { viewOf } from './view.ts';

export const savePipelineHandler = handles(savePipeline, (ctx, { pipeline, moves, expected }) =>
  keep(ctx, pipeline, moves, expected),
);

export const revertPipelineHandler = handles(revertPipeline, async (ctx, { name, version, moves }) => {
  const earlier = version
    ? (await PipelineVersionModel.findOne({ name, version }).lean())?.pipeline
    : shipped(ctx.config).find((pipeline) => pipeline.name === name);
  if (!earlier) throw new AppError('record.not_found', { kind: 'version', id: `${name} ${version}` });
  return keep(ctx, pipelineSchema.parse(earlier), moves);
});

async function keep(ctx: Context, given: Pipeline, moves: Record<string, string>, expected?: number) {
  const all = await pipelinesNow(ctx.config);
  const before = all.find(({ pipeline }) => pipeline.name === given.name);
  const last = before?.version ?? 0;
  const conflict = (by?: string) =>
    new AppError('record.conflict', { kind: 'pipeline', version: last, ...(by && { by }) });
  if (expected !== undefined && expected !== last) throw conflict(before?.by);
  const pipeline = withRetired(given, before?.pipeline);
  refuse(faultsOf(pipeline));
  if (before && before === all[0]) await leave(ctx, before.pipeline, pipeline, moves);
  const kept: Standing = { pipeline, version: last + 1, by: ctx.actor.name, at: ctx.now() };
  try {
    await PipelineVersionModel.create([{ _id: ctx.id(), name: pipeline.name, ...kept, by: ctx.actor.name }]);
  } catch (error) {
    if ((error as { code?: number }).code === 11000) throw conflict();
    throw error;
  }
  const next = before ? all.map((one) => (one === before ? kept : one)) : [...all, kept];
  change(ctx, next, pipeline.name);
  ctx.audit({
    kind: 'Setting',
    id: `pipeline:${pipeline.name}`,
    before: before?.pipeline,
    after: pipeline,
    text: `${before ? 'changed' : 'added'} the pipeline ${pipeline.label}`,
    ...(before && { undo: { command: revertPipeline.name, input: { name: pipeline.name, version: last } } }),
  });
  return viewOf(kept, next[0] === kept);
}

export const usePipelineHandler = handles(usePipeline, async (ctx, { name, moves }) => {
  const all = await pipelinesNow(ctx.config);
  const chosen = all.find(({ pipeline }) => pipeline.name === name);
  if (!chosen) throw new AppError('record.not_found', { kind: 'pipeline', id: name });
  const [before] = all;
  if (chosen === before) return viewOf(chosen, true);
  refuse(faultsOf(chosen.pipeline));
  await leave(ctx, before!.pipeline, chosen.pipeline, moves);
  await PipelineChoiceModel.updateOne({ _id: 'inUse' }, { $set: { name } }, { upsert: true });
  change(ctx, inFront(all, name), name);
  ctx.audit({
    kind: 'Setting',
    id: 'pipeline',
    before: { inUse: before!.pipeline.name },
    after: { inUse: name, moves },
    text: `put the pipeline ${chosen.pipeline.label} in use`,
  });
  return viewOf(chosen, true);
});

function refuse(fields: Problem[]): void {
  if (!fields.length) return;
  const problems = fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new AppError('input.invalid', { problems, fields });
}

function change(ctx: Context, all: Pipelines, name: string): void {
  ctx.afterCommit(() => goBy(ctx.config, all));
  ctx.emit(pipelineChanged, { name }, { kind: 'Setting', id: `pipeline:${name}` });
}

/** Leads of stages that end go on; those already on their way to one of them go further, to where it sends its own. */
async function leave(
  ctx: Context,
  before: Pipeline,
  next: Pipeline,
  wanted: Record<string, string>,
): Promise<void> {
  const keys = before.stages.map(({ key }) => key);
  const { stages: leads } = await ctx.asSystem('pipelines').ask(countLeadsByStage, { stages: keys });
  const { moves, faults } = movesFor(before, next, wanted, leads);
  refuse(faults);
  // A stage that is back keeps those who have not left it yet.
  await MovingModel.updateMany(
    { doneAt: { $exists: false }, from: { $in: next.stages.map(({ key }) => key) } },
    { $set: { doneAt: ctx.now() } },
  );
  for (const move of moves) {
    await MovingModel.updateMany(
      { doneAt: { $exists: false }, to: move.from },
      { $set: { to: move.to, toLabel: move.toLabel } },
    );
    await begin(ctx, move);
  }
}

async function begin(ctx: Context, move: Move): Promise<void> {
  const _id = ctx.id();
  await MovingModel.create([{ _id, ...move, moved: 0, by: ctx.actor.name, at: ctx.now() }]);
  await next(_id, 1, ctx.now());
}

export const next = (movingId: string, round: number, dueAt: Date): Promise<void> =>
  setTimer({
    key: `pipeline:${movingId}:${round}`,
    dueAt,
    command: moveOn.name,
    input: { movingId, round },
  });
