/** Pairs of contacts that may be one person, with what speaks for it; a pair is asked about once. */
import mongoose, { Schema } from 'mongoose';
import type { Context } from '../../../core/context.ts';
import { contactAlike } from '../contract-duplicates.ts';
import type { Reason } from '../likeness.ts';

/** What rights are decided by, repeated of both, so that one index serves the list of whoever asks. */
export type Side = { id: string; assigneeId: string | null; teamIds: string[]; city?: string };
export type PairDocument = {
  /** `<contact>:<contact>`, the older first. */
  _id: string;
  contactIds: string[];
  a: Side;
  b: Side;
  score: number;
  reasons: Reason[];
  at: Date;
  /** `moot`: one of them was merged away; it returns if that is undone. */
  status: 'open' | 'merged' | 'dismissed' | 'moot';
  mergeId?: string;
  decidedBy?: string;
};
const side = {
  _id: false,
  id: String,
  assigneeId: { type: String, default: null },
  teamIds: [String],
  city: String,
};
const schema = new Schema<PairDocument>(
  {
    _id: String,
    contactIds: [String],
    a: side,
    b: side,
    score: { type: Number, required: true },
    reasons: [{ type: Schema.Types.Mixed }],
    at: { type: Date, required: true },
    status: { type: String, required: true },
    mergeId: String,
    decidedBy: String,
  },
  { versionKey: false, minimize: false },
);
schema.index({ contactIds: 1 });
schema.index({ status: 1, score: -1, _id: -1 });
schema.index({ 'a.assigneeId': 1, status: 1, score: -1, _id: -1 });
schema.index({ mergeId: 1 }, { partialFilterExpression: { mergeId: { $exists: true } } });
export const PairModel = mongoose.model<PairDocument>('DuplicatePair', schema, 'duplicate_pairs');

export const pairId = (one: string, other: string): string => [one, other].sort().join(':');

/** The pair is decided; what was suspected of the one that goes is now suspected of the one that stays. */
export async function settlePairs(
  ctx: Context,
  { mergeId, keep, merge }: { mergeId: string; keep: string; merge: string },
): Promise<void> {
  const own = pairId(keep, merge);
  const others = await PairModel.find({ contactIds: merge, status: 'open', _id: { $ne: own } }).lean();
  await PairModel.updateOne({ _id: own, status: 'open' }, { $set: { status: 'merged', mergeId } });
  if (!others.length) return;
  await PairModel.updateMany(
    { _id: { $in: others.map(({ _id }) => _id) } },
    { $set: { status: 'moot', mergeId } },
  );
  const rest = others.flatMap(({ contactIds }) => contactIds.filter((id) => id !== merge && id !== keep));
  if (rest.length) ctx.emit(contactAlike, { contactId: keep, others: rest.slice(0, 50) });
}

export async function reopenPairs(_ctx: Context, { _id: mergeId }: { _id: string }): Promise<void> {
  await PairModel.updateMany({ mergeId }, { $set: { status: 'open' }, $unset: { mergeId: 1 } });
}
