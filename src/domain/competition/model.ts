import mongoose, { Schema } from 'mongoose';

export type OfferDocument = {
  _id: string;
  leadId: string;
  contactId: string;
  competitor: string;
  /** One spelling, so that `Zoho` and `zoho ` are one. */
  key: string;
  product?: string;
  rates?: string;
  rank?: number;
  note?: string;
  by: string;
  at: Date;
};
const schema = new Schema<OfferDocument>(
  {
    _id: String,
    leadId: { type: String, required: true },
    contactId: { type: String, required: true },
    competitor: { type: String, required: true },
    key: { type: String, required: true },
    product: String,
    rates: String,
    rank: Number,
    note: String,
    by: String,
    at: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ leadId: 1, _id: 1 });
schema.index({ at: -1 });
export const OfferModel = mongoose.model<OfferDocument>('Offer', schema, 'competitors');

export const keyOf = (competitor: string): string => competitor.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
