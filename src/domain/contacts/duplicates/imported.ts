/** Contacts that came with a file are compared afterwards: a file is not kept waiting for it. */
import mongoose, { Schema } from 'mongoose';
import type { Context } from '../../../core/context.ts';
import { defineJob } from '../../../core/define.ts';
import type { ContactDocument } from '../model.ts';
import { type Blocked, lookForMany } from './suspect.ts';

/** One for each batch: beside the contacts, so that they are written once. */
type UncomparedDocument = { _id: string; at: Date; contacts: Blocked[] };
const UncomparedModel = mongoose.model<UncomparedDocument>(
  'UncomparedContacts',
  new Schema<UncomparedDocument>(
    { _id: String, at: Date, contacts: [{ type: Schema.Types.Mixed }] },
    { versionKey: false, minimize: false },
  ),
  'contacts_uncompared',
);

/** Notes whom a batch has made, in its transaction. */
export function compareLater(ctx: Context, made: ContactDocument[]): void {
  const contacts = made.flatMap(({ _id, block }) => (block ? { _id, block } : []));
  if (contacts.length) ctx.writes.insert(UncomparedModel, { _id: ctx.id(), at: ctx.now(), contacts });
}

const batchesAtOnce = 4;
/** While a file is still being read, nobody is compared; after so long all the same. */
const quietMs = 60_000;
const longMs = 30 * 60_000;

export const compareImported = defineJob({
  name: 'contacts.compareImported',
  summary: 'Look for whom imported contacts resemble',
  every: '1 minute',
  run: async (ctx) => {
    const now = ctx.now().getTime();
    const [newest] = await UncomparedModel.find({}, { at: 1 }).sort({ _id: -1 }).limit(1).lean();
    if (!newest) return;
    const isQuiet = now - newest.at.getTime() >= quietMs;
    const batches = await UncomparedModel.find(isQuiet ? {} : { at: { $lt: new Date(now - longMs) } })
      .sort({ _id: 1 })
      .limit(batchesAtOnce)
      .lean();
    await lookForMany(
      ctx,
      batches.flatMap(({ contacts }) => contacts),
    );
    if (batches.length) ctx.writes.remove(UncomparedModel, { _id: { $in: batches.map(({ _id }) => _id) } });
  },
});
