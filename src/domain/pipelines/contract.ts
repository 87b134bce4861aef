/** Lead pipelines, edited while leads are in them: stages, moves, lost reasons; and where leads go when a stage ends. */
import { z } from 'zod';
import { pipelineSchema } from '../../core/config-pipelines.ts';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';

export const pipelineView = z.object({
  pipeline: pipelineSchema,
  /** 0: as in config/pipelines. */
  version: z.number(),
  changedBy: z.string().optional(),
  changedAt: z.string().optional(),
  inUse: z.boolean(),
});
/** Leads on their way from a stage that is gone to where they belong now. */
export const movingView = z.object({
  from: z.string(),
  to: z.string(),
  total: z.number(),
  moved: z.number(),
  by: z.string(),
  at: z.string(),
  done: z.boolean(),
});

export const listPipelines = defineQuery({
  name: 'pipeline.list',
  summary: 'Pipelines with their stages, and how many leads are in each',
  permission: { action: 'read', subject: 'Setting' },
  path: '/pipelines',
  input: z.object({}),
  output: z.object({
    items: z.array(pipelineView),
    /** By stage of the one in use. */
    leads: z.record(z.string(), z.number()),
    /** The newest first. */
    moving: z.array(movingView),
  }),
});

/** Stage that ends → stage that its leads go to; needed for each that has leads. */
const moves = z.record(z.string(), z.string()).default({});

export const savePipeline = defineCommand({
  name: 'pipeline.save',
  summary: 'Add or change a pipeline; leads of stages that end are moved on',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({
    pipeline: pipelineSchema,
    moves,
    /** The version that was changed: refused when somebody else was quicker. */
    expected: z.number().int().nonnegative().optional(),
  }),
  output: pipelineView,
});
export const usePipeline = defineCommand({
  name: 'pipeline.use',
  summary: 'Put another pipeline in use; the leads are moved to its stages',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ name: z.string(), moves }),
  output: pipelineView,
});
export const revertPipeline = defineCommand({
  name: 'pipeline.revert',
  summary: 'Return a pipeline to an earlier version; 0 is as shipped',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ name: z.string(), version: z.number().int().nonnegative(), moves }),
  output: pipelineView,
});
/** What a timer runs until none is left: some hundred leads in each transaction. */
export const moveOn = defineCommand({
  name: 'pipeline.moveOn',
  summary: 'Move the leads of a stage that ended (internal)',
  permission: 'system',
  input: z.object({ movingId: z.string(), round: z.number().int() }),
  output: z.object({ moved: z.number() }),
});

export const pipelineChanged = defineEvent(
  'pipeline.changed',
  'A pipeline was changed, or another one is in use',
  z.object({ name: z.string() }),
);
