/** A form that is being filled in by question and answer, one for each chat; kept with the turn that asked. */
import mongoose, { Schema } from 'mongoose';
import type { Context } from '../core/context.ts';
import type { Form, InboundEvent } from '../core/messaging.ts';
import { addMinutes } from '../core/zone.ts';

export type Dialogue = {
  /** `<channel>:<account>:<thread>` */
  _id: string;
  /** Buttons of an earlier form carry another one. */
  token: string;
  form: Form;
  values: Record<string, unknown>;
  /** Indexes of the fields that are still to be asked; the first is being asked. */
  open: number[];
  expiresAt: Date;
};
const schema = new Schema<Dialogue>(
  {
    _id: String,
    token: String,
    form: Schema.Types.Mixed,
    values: Schema.Types.Mixed,
    open: [Number],
    expiresAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
const DialogueModel = mongoose.model<Dialogue>('StaffDialogue', schema, 'staffdialogues');

/** Whoever comes back later begins anew: an old question must not swallow what is said now. */
const minutes = 30;
const idOf = ({ channel, account, thread }: InboundEvent): string => `${channel}:${account}:${thread}`;

export async function openDialogue(ctx: Context, event: InboundEvent): Promise<Dialogue | undefined> {
  const found = await DialogueModel.findById(idOf(event)).lean();
  return found && found.expiresAt > ctx.now() ? found : undefined;
}

export async function keepDialogue(
  ctx: Context,
  event: InboundEvent,
  dialogue: Omit<Dialogue, '_id' | 'expiresAt'>,
): Promise<void> {
  const expiresAt = addMinutes(ctx.now(), minutes);
  await DialogueModel.updateOne({ _id: idOf(event) }, { $set: { ...dialogue, expiresAt } }, { upsert: true });
}

export async function endDialogue(event: InboundEvent): Promise<void> {
  await DialogueModel.deleteOne({ _id: idOf(event) });
}
