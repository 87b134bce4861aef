import mongoose, { Schema } from 'mongoose';
import type { Verdict } from '../enquiries/contract.ts';
import type { Target } from '../imports/contract.ts';
import type { SourceKind } from './contract.ts';

export type SourceDocument = {
  _id: string;
  kind: SourceKind;
  name: string;
  source: string;
  medium: string;
  campaign?: string;
  mapping: { from: string; to: Target | null }[];
  keepRest: boolean;
  answers: boolean;
  isOn: boolean;
  /** Sealed; the newest first, two while they are being changed. */
  secrets: { sealed: string; madeAt: Date }[];
  createdAt: Date;
  lastAt?: Date;
  fault?: { at: Date; words: string };
};
const sourceSchema = new Schema<SourceDocument>(
  {
    _id: String,
    kind: String,
    name: String,
    source: String,
    medium: String,
    campaign: String,
    mapping: { type: [{ _id: false, from: String, to: { type: String, default: null } }], default: [] },
    keepRest: Boolean,
    answers: Boolean,
    isOn: Boolean,
    secrets: [{ _id: false, sealed: String, madeAt: Date }],
    createdAt: Date,
    lastAt: Date,
    fault: { type: { at: Date, words: String }, _id: false },
  },
  { versionKey: false },
);
export const SourceModel = mongoose.model<SourceDocument>('LeadSource', sourceSchema, 'lead_sources');

export type RowFault = { field: string; message: string };
export type DeliveryRow = {
  n: number;
  outcome: 'accepted' | 'repeated' | 'refused' | 'test';
  read: { label: string; value: string }[];
  errors: RowFault[];
  /** As it came, flattened: read again when a refused row is replayed, and shown beside the mapping. */
  fields: { from: string; value: string }[];
  /** What makes it one lead, however often it is sent. */
  key: string;
  /** Its place in the inbox. */
  entry?: string;
  verdict?: Verdict;
  leadId?: string;
  leadNumber?: number;
};
export type DeliveryDocument = {
  _id: string;
  sourceId: string;
  /** `source:id that the sender gave`: the same again gets the same answer. */
  key: string;
  bodyHash: string;
  at: Date;
  outcome: 'accepted' | 'partly' | 'refused' | 'test';
  rows: DeliveryRow[];
};
const deliverySchema = new Schema<DeliveryDocument>(
  {
    _id: String,
    sourceId: String,
    key: String,
    bodyHash: String,
    at: Date,
    outcome: String,
    rows: { type: Schema.Types.Mixed, default: [] } as never,
  },
  { versionKey: false, minimize: false },
);
deliverySchema.index({ key: 1 }, { unique: true });
deliverySchema.index({ sourceId: 1, _id: -1 });
deliverySchema.index({ 'rows.entry': 1 });
/** Persons' data: forgotten after so long, what became a lead is kept there. */
export const keptDays = 30;
deliverySchema.index({ at: 1 }, { expireAfterSeconds: keptDays * 24 * 3600 });
export const DeliveryModel = mongoose.model<DeliveryDocument>('Delivery', deliverySchema, 'lead_deliveries');
