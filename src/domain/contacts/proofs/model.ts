import mongoose, { Schema } from 'mongoose';

/** A one-time code that was sent; its own text is nowhere kept. */
export type CodeDocument = {
  _id: string;
  /** `<channel>:<account>:<thread>`: only there it counts. */
  place: string;
  hash: string;
  scheme: 'phone' | 'email';
  value: string;
  triesLeft: number;
  createdAt: Date;
  expiresAt: Date;
  /** Forgotten a day later: until then it counts against those who ask too often. */
  forgetAt: Date;
};
const codeSchema = new Schema<CodeDocument>(
  {
    _id: String,
    place: { type: String, required: true },
    hash: String,
    scheme: String,
    value: { type: String, required: true },
    triesLeft: Number,
    createdAt: { type: Date, required: true },
    expiresAt: Date,
    forgetAt: { type: Date, expires: 0 },
  },
  { versionKey: false },
);
codeSchema.index({ place: 1, createdAt: -1 });
codeSchema.index({ value: 1, createdAt: -1 });
export const CodeModel = mongoose.model<CodeDocument>('IdentityCode', codeSchema, 'identity_codes');

/** With which a customer goes on elsewhere: by the code's hash. */
export type PassDocument = { _id: string; conversationId: string; expiresAt: Date };
const passSchema = new Schema<PassDocument>(
  { _id: String, conversationId: { type: String, required: true }, expiresAt: { type: Date, expires: 0 } },
  { versionKey: false },
);
export const PassModel = mongoose.model<PassDocument>('IdentityPass', passSchema, 'identity_passes');
