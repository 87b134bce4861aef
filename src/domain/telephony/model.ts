import mongoose, { Schema } from 'mongoose';
import type { CallStatus } from '../../core/messaging.ts';

export type Leg = { from?: string; to?: string; status?: CallStatus; seconds?: number };

/** One call as its provider tells it, put together from its reports; nobody but ourselves reads it. */
export type PhoneCallDocument = {
  /** `<account>:<the provider's id>`. */
  _id: string;
  account: string;
  direction?: 'in' | 'out';
  from?: string;
  to?: string;
  line?: string;
  status?: CallStatus;
  seconds?: number;
  at: Date;
  answered?: 'forwarded' | 'unattended';
  legsDone?: boolean;
  legs: Record<string, Leg>;
  source: string;
  medium: string;
  campaign?: string;
  /** What it was taken for, once it was over: a better report later changes it. */
  concluded?: { outcome: string; leadId: string; callId: string };
};
const phoneCallSchema = new Schema<PhoneCallDocument>(
  {
    _id: String,
    account: { type: String, required: true },
    direction: String,
    from: String,
    to: String,
    line: String,
    status: String,
    seconds: Number,
    at: { type: Date, required: true },
    answered: String,
    legsDone: Boolean,
    legs: { type: Schema.Types.Mixed, default: {} },
    source: String,
    medium: String,
    campaign: String,
    concluded: { type: Schema.Types.Mixed },
  },
  { versionKey: false, minimize: false },
);
export const PhoneCallModel = mongoose.model<PhoneCallDocument>('PhoneCall', phoneCallSchema, 'phonecalls');

/** Whose telephone this is: a number, an extension, `client:priya`. */
export type LineDocument = { _id: string; userId: string; createdAt: Date };
const lineSchema = new Schema<LineDocument>(
  { _id: String, userId: { type: String, required: true }, createdAt: Date },
  { versionKey: false },
);
lineSchema.index({ userId: 1 });
export const LineModel = mongoose.model<LineDocument>('PhoneLine', lineSchema, 'phonelines');

/** What was spoken, as the provider recorded it: fetched by itself, then kept in the vault. */
export type RecordingDocument = {
  /** `<account>:<the provider's id>`. */
  _id: string;
  account: string;
  /** The telephone's id of the call. */
  phoneId: string;
  url: string;
  seconds?: number;
  state: 'waiting' | 'stored' | 'failed';
  attempts: number;
  nextAt: Date;
  error?: string;
  /** The vault's key. */
  file?: string;
  mime?: string;
};
const recordingSchema = new Schema<RecordingDocument>(
  {
    _id: String,
    account: { type: String, required: true },
    phoneId: { type: String, required: true },
    url: String,
    seconds: Number,
    state: { type: String, required: true },
    attempts: { type: Number, default: 0 },
    nextAt: { type: Date, required: true },
    error: String,
    file: String,
    mime: String,
  },
  { versionKey: false },
);
recordingSchema.index({ phoneId: 1 });
recordingSchema.index({ nextAt: 1 }, { partialFilterExpression: { state: 'waiting' } });
export const RecordingModel = mongoose.model<RecordingDocument>('Recording', recordingSchema, 'recordings');
