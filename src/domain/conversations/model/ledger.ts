import mongoose, { Schema } from 'mongoose';

/** A day's proof that nothing was missed, as it was counted when the day ended. */
export type LedgerDocument = {
  /** The day in the organisation's zone: `2026-03-11`. */
  _id: string;
  inbound: number;
  recorded: number;
  dead: number;
  waiting: number;
  difference: number;
  provedAt: Date;
};

const schema = new Schema<LedgerDocument>(
  {
    _id: String,
    inbound: Number,
    recorded: Number,
    dead: Number,
    waiting: Number,
    difference: Number,
    provedAt: Date,
  },
  { versionKey: false },
);
export const LedgerModel = mongoose.model<LedgerDocument>('Ledger', schema, 'ledger');
