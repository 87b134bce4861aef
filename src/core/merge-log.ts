/** The durable record of each merge: who, when, what was chosen, and all that its undoing needs. */
import { isDeepStrictEqual } from 'node:util';
import mongoose, { Schema } from 'mongoose';
import { AliasModel } from './aliases.ts';
import { AppError } from './errors.ts';
import type { Timer } from './timers.ts';

/** What a merge set on the record that was kept; `null`: there was nothing. */
export type Changed = Record<string, { before: unknown; after: unknown }>;
export type MergeDocument = {
  _id: string;
  kind: 'Contact' | 'Lead';
  keep: string;
  merge: string;
  /** How people know the one that is gone: `#15 Ravi K`. */
  label: string;
  at: Date;
  by: string;
  byName: string;
  /** The one that is gone, whole. */
  document: Record<string, any>;
  changed: Changed;
  /** Addresses that came with it, as `scheme:scope:value`. */
  brought?: string[];
  /** Of a lead: the merge of the contacts that it brought about. */
  contactMergeId?: string;
  /** Of a contact: the merge of leads on whose account it came about. */
  leadMergeId?: string;
  /** Timers of the one that is gone. */
  timers?: Timer[];
  /** How many records of each kind went along. */
  moved: Record<string, number>;
  undone?: { at: Date; by: string };
};
const schema = new Schema<MergeDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    keep: { type: String, required: true },
    merge: { type: String, required: true },
    label: String,
    at: { type: Date, required: true },
    by: String,
    byName: String,
    document: Schema.Types.Mixed,
    changed: { type: Schema.Types.Mixed, default: {} },
    brought: { type: [String], default: undefined },
    contactMergeId: String,
    leadMergeId: String,
    timers: { type: [Schema.Types.Mixed], default: undefined },
    moved: { type: Schema.Types.Mixed, default: {} },
    undone: { type: Schema.Types.Mixed },
  },
  { versionKey: false, minimize: false },
);
schema.index({ keep: 1, _id: -1 });
schema.index({ merge: 1, _id: -1 });
export const MergeModel = mongoose.model<MergeDocument>('Merge', schema, 'merges');

/** @throws record.not_found, merge.undone, merge.buried */
export async function openMerge(mergeId: string, kind: MergeDocument['kind']): Promise<MergeDocument> {
  const merge = await MergeModel.findOne({ _id: mergeId, kind }).lean();
  if (!merge) throw new AppError('record.not_found', { kind: 'merge', id: mergeId });
  if (merge.undone) throw new AppError('merge.undone', { label: merge.label });
  // What it was merged into was merged itself: from there nothing can be taken out again one by one.
  if (await AliasModel.exists({ _id: merge.keep }))
    throw new AppError('merge.buried', { label: merge.label });
  return merge;
}

/** Keeps what differs of the wanted values. */
export function changesOf(current: Record<string, any>, wanted: Record<string, unknown>): Changed {
  return Object.fromEntries(
    Object.entries(wanted)
      .filter(([field, after]) => !isDeepStrictEqual(current[field] ?? null, after ?? null))
      .map(([field, after]) => [field, { before: current[field] ?? null, after: after ?? null }]),
  );
}

/** As an update: what became nothing is taken away. */
export function updateOf(values: Record<string, unknown>): { $set?: object; $unset?: Record<string, 1> } {
  const given = Object.entries(values);
  const set = Object.fromEntries(given.filter(([, value]) => value !== null && value !== undefined));
  const gone = given.filter(([, value]) => value === null || value === undefined);
  return {
    ...(Object.keys(set).length && { $set: set }),
    ...(gone.length && { $unset: Object.fromEntries(gone.map(([field]) => [field, 1 as const])) }),
  };
}

export const afterOf = (changed: Changed): Record<string, unknown> =>
  Object.fromEntries(Object.entries(changed).map(([field, { after }]) => [field, after]));

/**
 * What to give back of the fields that a merge had set. A field that somebody changed since stays as it is; one that a
 * later merge set is given back when that one is undone, and to what it was before both.
 */
export async function fieldsBack(
  { _id, keep, changed }: MergeDocument,
  current: Record<string, any>,
): Promise<Record<string, unknown>> {
  const later = await MergeModel.find({ keep, _id: { $gt: _id }, undone: { $exists: false } })
    .sort({ _id: 1 })
    .lean();
  const back: Record<string, unknown> = {};
  for (const [field, { before, after }] of Object.entries(changed)) {
    const next = later.find((merge) => merge.changed[field]);
    if (next) {
      if (isDeepStrictEqual(next.changed[field]!.before, after))
        await MergeModel.updateOne({ _id: next._id }, { $set: { [`changed.${field}.before`]: before } });
    } else if (isDeepStrictEqual(current[field] ?? null, after)) back[field] = before;
  }
  return back;
}
