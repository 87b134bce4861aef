/** Callers who do not show their number: they make no lead, and are not forgotten for it. */
import mongoose, { Schema } from 'mongoose';
import type { Context } from '../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../core/cursor.ts';
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { all } from '../../core/filter.ts';
import { readableMoment } from '../../core/zone.ts';
import { findUsers } from '../staff/contract.ts';
import { settleWithheld, unsettleWithheld, withheldCalls, withheldMissed } from './contract-withheld.ts';
import type { PhoneCallDocument } from './model.ts';

type WithheldDocument = {
  /** The telephone's id of the call. */
  _id: string;
  at: Date;
  /** Our number that was rung. */
  line?: string;
  /** Whose line it is. */
  assigneeId: string | null;
  teamIds: string[];
  waiting: boolean;
  settledAt?: Date;
  by?: string;
  note?: string;
};
const schema = new Schema<WithheldDocument>(
  {
    _id: String,
    at: { type: Date, required: true },
    line: String,
    assigneeId: { type: String, default: null },
    teamIds: [String],
    waiting: { type: Boolean, required: true },
    settledAt: Date,
    by: String,
    note: String,
  },
  { versionKey: false },
);
for (const owner of [{}, { assigneeId: 1 }] as Record<string, 1>[])
  schema.index({ ...owner, waiting: 1, at: -1, _id: -1 });
const WithheldModel = mongoose.model<WithheldDocument>('WithheldCall', schema, 'withheldcalls');

/** Reported again, it stays as it was; taken after all, it goes. */
export async function noteWithheld(
  ctx: Context,
  call: PhoneCallDocument,
  outcome: string,
  ownerId: string | undefined,
): Promise<void> {
  const { _id, at, to: line } = call;
  if (outcome !== 'missed') {
    await WithheldModel.deleteOne({ _id });
    return;
  }
  const [owner] = ownerId ? (await ctx.ask(findUsers, { ids: [ownerId] })).items : [];
  const mine = { assigneeId: owner?.id ?? null, teamIds: owner?.teamIds ?? [] };
  const { upsertedCount } = await WithheldModel.updateOne(
    { _id },
    { $setOnInsert: { at, waiting: true, ...mine, ...(line && { line }) } },
    { upsert: true },
  );
  if (upsertedCount) ctx.emit(withheldMissed, { phoneId: _id, at: at.toISOString(), ...(line && { line }) });
}

export const withheldCallsHandler = handles(
  withheldCalls,
  async (ctx, { state, cursor, limit }) => {
    const mine = [ctx.scope('read', 'Call'), { waiting: state === 'waiting' }];
    const place = decodeCursor<[string, string]>(cursor);
    const at = place && new Date(place[0]);
    const behind = place ? [{ $or: [{ at: { $lt: at } }, { at, _id: { $lt: place[1] } }] }] : [];
    const rows = await WithheldModel.find(all([...mine, ...behind]))
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .lean();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(viewOf),
      total: await WithheldModel.countDocuments(all(mine)),
      ...(rows.length > limit && last && { nextCursor: encodeCursor([last.at.toISOString(), last._id]) }),
    };
  },
  {
    present: ({ items, total }, { zone, locale }) =>
      items.length
        ? {
            text: `${total} missed call${total === 1 ? '' : 's'} with a withheld number:`,
            cards: items.slice(0, 10).map(({ id, at, line }) => ({
              title: 'Number withheld',
              fields: [
                { label: 'Rang', value: readableMoment(new Date(at), zone, locale) },
                ...(line ? [{ label: 'On', value: line }] : []),
              ],
              buttons: [{ label: 'Dealt with', command: settleWithheld.name, input: { id } }],
              key: `withheld:${id}`,
            })),
          }
        : { text: 'No missed call with a withheld number.' },
  },
);

export const settleWithheldHandler = handles(settleWithheld, async (ctx, { id, note }) => {
  await change(ctx, id, true, {
    $set: { waiting: false, settledAt: ctx.now(), by: ctx.actor.name, ...(note && { note }) },
  });
  ctx.audit({
    kind: 'Call',
    id,
    ...(note && { after: { note } }),
    text: `dealt with a call whose number was withheld${note ? `: ${note}` : ''}`,
    undo: { command: unsettleWithheld.name, input: { id } },
  });
  return { ok: true } as const;
});

export const unsettleWithheldHandler = handles(unsettleWithheld, async (ctx, { id }) => {
  await change(ctx, id, false, { $set: { waiting: true }, $unset: { settledAt: 1, by: 1, note: 1 } });
  ctx.audit({
    kind: 'Call',
    id,
    text: 'put a call whose number was withheld back on the list',
    undo: { command: settleWithheld.name, input: { id } },
  });
  return { ok: true } as const;
});

async function change(ctx: Context, _id: string, waiting: boolean, update: object): Promise<void> {
  const found = await WithheldModel.updateOne(
    all([{ _id, waiting }, ctx.scope('update', 'Call')]) as object,
    update,
  );
  if (!found.matchedCount) throw new AppError('record.not_found', { kind: 'call', id: _id });
}

const viewOf = ({ _id: id, at, line, settledAt, by, note }: WithheldDocument) => ({
  id,
  at: at.toISOString(),
  ...(line && { line }),
  ...(settledAt && { settledAt: settledAt.toISOString() }),
  ...(by && { by }),
  ...(note && { note }),
});
