/**
 * What points at a contact or a lead goes along when it is merged, and comes back when the merge is undone. Each module
 * declares its records that do (`pointers`), so that merging needs to know none of them.
 *
 * To add one: `definePointer` in `domain/<module>/pointers.ts`, listed in the module's `index.ts`.
 */
import mongoose, { type Model, Schema } from 'mongoose';
import { AliasModel } from './aliases.ts';
import type { Context } from './context.ts';
import type { RecordKind } from './rights.ts';

export type Pointer = {
  /** Stands in the log of what was moved: keep it. */
  name: string;
  model: Model<any>;
  /** They are the leads themselves. */
  leads?: true;
  /** The field with the contact's id. `via: 'lead'`: found by their leads, because no index begins with the contact. */
  contact?: { field: string; via?: 'lead' };
  /** The field with the lead's id. `within: 'contact'`: found among the contact's, because no index begins with the lead. */
  lead?: { field: string; within?: 'contact' };
  /** The field with the conversation's id, for splitting. */
  conversation?: string;
  /** Fields in which a record repeats something of its lead: `{ number: 'leadNumber' }`. */
  repeats?: { number?: string; name?: string };
  /** Goes with whoever has the lead: `assigneeId`, `teamIds`. With `contact` alone: with whoever has the contact. */
  owned?: true;
  /** Every change moves this number on. */
  version?: string;
  /** Told after a move, in its transaction. */
  moved?: (ctx: Context, ids: string[]) => void;
};
export const definePointer = (pointer: Pointer): Pointer => pointer;

type Item = { id: string; before: Record<string, unknown> };
export type MoveDocument = {
  _id: string;
  mergeId: string;
  pointer: string;
  /** Which field was turned, and to what: a record that points elsewhere by now is left alone by the undoing. */
  field: string;
  to: string;
  /** What was changed of each; in `before` absent: it was not there. */
  fields: string[];
  items: Item[];
};
const schema = new Schema<MoveDocument>(
  {
    _id: String,
    mergeId: { type: String, required: true },
    pointer: { type: String, required: true },
    field: String,
    to: String,
    fields: [String],
    items: [{ type: Schema.Types.Mixed }],
  },
  { versionKey: false, minimize: false },
);
schema.index({ mergeId: 1, _id: -1 });
/** The durable record of what moved. */
export const MoveModel = mongoose.model<MoveDocument>('Move', schema, 'merge_moves');

export type Owner = { assigneeId: string | null; teamIds: string[] };
export type Turn = {
  mergeId: string;
  kind: 'contact' | 'lead' | 'split';
  from: string;
  to: string;
  /** `lead`: the contact that both leads have by now. */
  contactId?: string;
  /** `contact`: the leads of the one that goes. `split`: the leads that go along. */
  leadIds?: string[];
  /** `split`: the conversations that go along. */
  conversationIds?: string[];
  number?: number;
  name?: string;
  owner?: Owner;
};

const most = 500;

/** Turns everything that points at `from` to `to` and keeps what it was. @returns how many records, by pointer */
export async function turnPointers(
  ctx: Context,
  pointers: Pointer[],
  turn: Turn,
): Promise<Record<string, number>> {
  // What this transaction gathered so far is to be found, too.
  await ctx.flush();
  const moved: Record<string, number> = {};
  for (const pointer of pointers) {
    const field = turn.kind === 'lead' ? pointer.lead?.field : pointer.contact?.field;
    const where = field && conditionOf(pointer, turn);
    if (!where) continue;
    const set = settings(pointer, field, turn);
    const wanted = Object.fromEntries([field, ...Object.keys(set)].map((name) => [name, 1]));
    const found: Record<string, any>[] = await pointer.model.find(where, wanted).lean();
    for (let at = 0; at < found.length; at += most)
      await turnSome(ctx, pointer, field, turn, set, found.slice(at, at + most));
    if (found.length) moved[pointer.name] = found.length;
  }
  return moved;
}

function conditionOf({ leads, contact, lead, conversation }: Pointer, turn: Turn): object | undefined {
  if (turn.kind === 'lead')
    return lead && { [lead.field]: turn.from, ...(lead.within && { contactId: turn.contactId }) };
  const from = { [contact!.field]: turn.from };
  if (turn.kind === 'contact' && !contact!.via) return from;
  const lists = [
    { field: leads ? '_id' : lead?.field, ids: turn.leadIds },
    { field: conversation, ids: turn.conversationIds },
  ];
  const either = lists.flatMap(({ field, ids }) => (field && ids?.length ? [{ [field]: { $in: ids } }] : []));
  if (either.length < 2) return either[0] && { ...either[0], ...from };
  return { ...from, $or: either };
}

function settings({ repeats, owned, lead }: Pointer, field: string, turn: Turn): Record<string, unknown> {
  const ofLead = turn.kind === 'lead';
  return {
    [field]: turn.to,
    ...(ofLead && repeats?.number && turn.number !== undefined && { [repeats.number]: turn.number }),
    ...(ofLead && repeats?.name && turn.name !== undefined && { [repeats.name]: turn.name }),
    // What is a lead's stays with whoever has that lead, whosever contact it is.
    ...(owned && turn.owner && (ofLead || !lead) && turn.owner),
  };
}

async function turnSome(
  ctx: Context,
  { name, model, version, moved }: Pointer,
  field: string,
  { mergeId, to }: Turn,
  set: Record<string, unknown>,
  found: Record<string, any>[],
): Promise<void> {
  const ids = found.map(({ _id }) => _id as string);
  const items = found.map(({ _id, ...before }) => ({ id: _id, before }));
  ctx.writes.insert(MoveModel, {
    _id: ctx.id(),
    mergeId,
    pointer: name,
    field,
    to,
    fields: Object.keys(set),
    items,
  });
  const counted = version && { $inc: { [version]: 1 } };
  ctx.writes.adjust(model, { _id: { $in: ids } }, { $set: set, ...counted });
  await ctx.flush();
  moved?.(ctx, ids);
}

/** Gives back what a merge took, as it was; what has been turned elsewhere since stays there. */
export async function returnPointers(ctx: Context, pointers: Pointer[], mergeId: string): Promise<void> {
  await ctx.flush();
  const byName = new Map(pointers.map((pointer) => [pointer.name, pointer]));
  for (const move of await MoveModel.find({ mergeId }).sort({ _id: -1 }).lean()) {
    const pointer = byName.get(move.pointer);
    ctx.writes.remove(MoveModel, { _id: move._id });
    if (!pointer) continue;
    for (const { id, before } of move.items)
      ctx.writes.adjust(pointer.model, { _id: id, [move.field]: move.to }, changeTo(before, move, pointer));
    await ctx.flush();
    pointer.moved?.(
      ctx,
      move.items.map(({ id }) => id),
    );
  }
}

function changeTo(before: Item['before'], { fields }: MoveDocument, { version }: Pointer): object {
  const absent = fields.filter((name) => before[name] === undefined);
  return {
    $set: before,
    ...(absent.length && { $unset: Object.fromEntries(absent.map((name) => [name, 1])) }),
    ...(version && { $inc: { [version]: 1 } }),
  };
}

/** From now on the old id means the other record. */
export async function makeAlias(
  ctx: Context,
  { mergeId, from, to }: Turn,
  kind: RecordKind,
  number?: number,
): Promise<void> {
  const alias = { _id: from, kind, into: to, mergeId, ...(number !== undefined && { number }) };
  ctx.writes.insert(AliasModel, alias);
  await ctx.flush();
}

export async function dropAlias(ctx: Context, id: string): Promise<void> {
  ctx.writes.remove(AliasModel, { _id: id });
  await ctx.flush();
}
