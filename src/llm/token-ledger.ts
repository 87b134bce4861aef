/** The ledger in the database: one record a day, changed in one atomic step, whatever the number of processes. */
import mongoose, { Schema } from 'mongoose';
import type { TokenLedger } from './budget.ts';

const schema = new Schema<{ _id: string; tokens: number }>(
  {
    /** 'YYYY-MM-DD' in the organisation's zone */
    _id: String,
    tokens: { type: Number, required: true },
  },
  { versionKey: false },
);
export const LlmUsageModel = mongoose.model('LlmUsage', schema, 'llmUsage');

export const storedLedger: TokenLedger = {
  async reserve(day, tokens, limit) {
    await LlmUsageModel.updateOne({ _id: day }, { $setOnInsert: { tokens: 0 } }, { upsert: true });
    const { modifiedCount } = await LlmUsageModel.updateOne(
      { _id: day, tokens: { $lte: limit - tokens } },
      { $inc: { tokens } },
    );
    return modifiedCount === 1;
  },
  async correct(day, difference) {
    if (difference) await LlmUsageModel.updateOne({ _id: day }, { $inc: { tokens: difference } });
  },
};
