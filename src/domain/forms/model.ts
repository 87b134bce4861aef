import mongoose, { Schema } from 'mongoose';
import type { FormSettings } from './contract.ts';

export type FormDocument = FormSettings & {
  _id: string;
  key: string;
  taken: number;
  spam: number;
  lastAt?: Date;
  createdAt: Date;
};
const schema = new Schema<FormDocument>(
  {
    _id: String,
    key: { type: String, required: true },
    name: String,
    title: String,
    intro: String,
    button: String,
    thanks: String,
    colour: String,
    fields: { type: Schema.Types.Mixed, default: [] } as never,
    consent: String,
    allowedOrigins: [String],
    source: String,
    medium: String,
    campaign: String,
    answers: Boolean,
    isOn: Boolean,
    taken: { type: Number, default: 0 },
    spam: { type: Number, default: 0 },
    lastAt: Date,
    createdAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ key: 1 }, { unique: true });
export const FormModel = mongoose.model<FormDocument>('WebsiteForm', schema, 'website_forms');
