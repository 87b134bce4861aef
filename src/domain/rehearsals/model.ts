import mongoose, { Schema } from 'mongoose';
import type { RehearsalView } from './contract.ts';

export type RehearsalDocument = {
  _id: string;
  from: Date;
  to: Date;
  startedAt: Date;
  by: string;
  state: 'running' | 'done' | 'failed';
  error?: string;
  total: number;
  items: RehearsalView['items'];
};
const schema = new Schema<RehearsalDocument>(
  {
    _id: String,
    from: Date,
    to: Date,
    // What it tells is of that moment's data: old ones go.
    startedAt: { type: Date, required: true, expires: 7 * 86_400 },
    by: String,
    state: String,
    error: String,
    total: Number,
    items: [{ type: Schema.Types.Mixed }],
  },
  { versionKey: false, minimize: false },
);
export const RehearsalModel = mongoose.model<RehearsalDocument>('Rehearsal', schema, 'rehearsals');
