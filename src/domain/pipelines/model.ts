import mongoose, { Schema } from 'mongoose';
import type { Pipeline } from '../../core/config-pipelines.ts';

/** Each change is a version over config/pipelines; the newest of a name counts. */
export type PipelineVersionDocument = {
  _id: string;
  name: string;
  version: number;
  pipeline: Pipeline;
  by: string;
  at: Date;
};
const versionSchema = new Schema<PipelineVersionDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    version: { type: Number, required: true },
    pipeline: { type: Schema.Types.Mixed, required: true },
    by: String,
    at: Date,
  },
  { versionKey: false, minimize: false },
);
versionSchema.index({ name: 1, version: -1 }, { unique: true });
export const PipelineVersionModel = mongoose.model<PipelineVersionDocument>(
  'PipelineVersion',
  versionSchema,
  'pipelineversions',
);

/** One document, `inUse`: which pipeline leads go through, where that was changed in the console. */
export type PipelineChoiceDocument = { _id: 'inUse'; name: string };
export const PipelineChoiceModel = mongoose.model<PipelineChoiceDocument>(
  'PipelineChoice',
  new Schema<PipelineChoiceDocument>({ _id: String as never, name: String }, { versionKey: false }),
  'pipelinechoice',
);

/** Leads that leave a stage which ended. */
export type MovingDocument = {
  _id: string;
  from: string;
  to: string;
  fromLabel: string;
  toLabel: string;
  total: number;
  moved: number;
  by: string;
  at: Date;
  doneAt?: Date;
};
const movingSchema = new Schema<MovingDocument>(
  {
    _id: String,
    from: { type: String, required: true },
    to: { type: String, required: true },
    fromLabel: String,
    toLabel: String,
    total: Number,
    moved: { type: Number, default: 0 },
    by: String,
    at: Date,
    doneAt: Date,
  },
  { versionKey: false },
);
movingSchema.index({ doneAt: 1 });
export const MovingModel = mongoose.model<MovingDocument>('PipelineMoving', movingSchema, 'pipelinemovings');
