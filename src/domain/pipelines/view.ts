import { handles } from '../../core/define.ts';
import { countLeadsByStage } from '../leads/contract.ts';
import { listPipelines } from './contract.ts';
import { MovingModel } from './model.ts';
import { pipelinesNow, type Standing } from './pipelines.ts';

export const viewOf = ({ pipeline, version, by, at }: Standing, inUse: boolean) => ({
  pipeline,
  version,
  inUse,
  ...(by && { changedBy: by }),
  ...(at && { changedAt: at.toISOString() }),
});

export const listPipelinesHandler = handles(listPipelines, async (ctx) => {
  const all = await pipelinesNow(ctx.config);
  const moving = await MovingModel.find().sort({ _id: -1 }).limit(20).lean();
  const stages = all[0]!.pipeline.stages.map(({ key }) => key);
  const { stages: leads } = await ctx.asSystem('pipelines').ask(countLeadsByStage, { stages });
  return {
    items: all.map((standing, at) => viewOf(standing, at === 0)),
    leads,
    moving: moving
      // Nobody was there, and nobody came late.
      .filter(({ total, moved }) => total || moved)
      .map(({ fromLabel, toLabel, total, moved, by, at, doneAt }) => ({
        from: fromLabel,
        to: toLabel,
        total,
        moved,
        by,
        at: at.toISOString(),
        done: doneAt !== undefined || moved >= total,
      })),
  };
});
