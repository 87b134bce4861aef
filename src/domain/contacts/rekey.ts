/**
 * Contacts that an older version stored are found by the spellings that count as one address by now (a mobile number of
 * Brazil without its ninth digit, a mailbox with a plus): each is read once after an upgrade, some at a time.
 */
import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import type { Context } from '../../core/context.ts';
import { defineCommand, handles } from '../../core/define.ts';
import { setTimer } from '../../core/timers.ts';
import { contactAlike } from './contract-duplicates.ts';
import { blockOf } from './likeness.ts';
import { type ContactDocument, ContactModel } from './model.ts';
import { keyOf, ownKeys } from './rules.ts';

/** To be raised whenever `keyOf` gives another key for what is stored already. */
const spelling = 2;

type Progress = { _id: string; spelling: number };
const ProgressModel = mongoose.model<Progress>(
  'ContactSpelling',
  new Schema<Progress>({ _id: String, spelling: Number }, { versionKey: false }),
  'contacts_spelling',
);

const rekeyContacts = defineCommand({
  name: 'contact.rekey',
  summary: 'Look at stored contacts by the spellings that count as one address by now',
  permission: 'system',
  input: z.object({ after: z.string().default('') }),
  output: z.object({ changed: z.number() }),
});
const atOnce = 200;

/** Runs as a worker starts; once it has come to the end, never again. */
export async function planRekeying(ctx: Context): Promise<void> {
  const done = await ProgressModel.findById('contacts').lean();
  if ((done?.spelling ?? 0) >= spelling) return;
  if (await ContactModel.exists({})) await plan(ctx, '');
  else await finish();
}

export const rekeyContactsHandler = handles(rekeyContacts, async (ctx, { after }) => {
  const contacts = await ContactModel.find({ _id: { $gt: after } })
    .sort({ _id: 1 })
    .limit(atOnce)
    .lean<ContactDocument[]>();
  let changed = 0;
  for (const contact of contacts) if (await rekey(ctx, contact)) changed++;
  const last = contacts.at(-1);
  if (contacts.length === atOnce) await plan(ctx, last!._id);
  else await finish();
  return { changed };
});

/** Where two were told apart by spelling alone, the other keeps the address, and people decide whether they are one. */
async function rekey(ctx: Context, contact: ContactDocument): Promise<boolean> {
  const { _id, identities, keys: before = [], given } = contact;
  const wanted = [...new Set(ownKeys(identities))];
  const respelt = given?.map((entry) => ({ ...entry, key: respell(entry.key), by: respell(entry.by) }));
  const isSame = String(wanted) === String(before) && JSON.stringify(respelt) === JSON.stringify(given);
  if (isSame) return false;
  const fresh = wanted.filter((key) => !before.includes(key));
  const others = fresh.length
    ? await ContactModel.find({ keys: { $in: fresh }, _id: { $ne: _id } }, { keys: 1 }).lean()
    : [];
  const taken = new Set(others.flatMap(({ keys = [] }) => keys));
  const keys = wanted.filter((key) => !taken.has(key));
  const set = { ...(keys.length && { keys }), ...(respelt && { given: respelt }), ...blockOf(contact) };
  await ContactModel.updateOne({ _id }, { $set: set, ...(!keys.length && { $unset: { keys: 1 } }) });
  if (others.length)
    ctx.emit(
      contactAlike,
      { contactId: _id, others: others.map((other) => other._id).slice(0, 50) },
      { kind: 'Contact', id: _id },
    );
  return true;
}

/** `phone::+551187654321` as it is written now; a name stays one. */
function respell(key: string): string {
  const [, scheme, scope, value] = /^([a-z_]+):([^:]*):(.+)$/.exec(key) ?? [];
  return value ? keyOf({ scheme: scheme as never, value, ...(scope && { scope }) }) : key;
}

const plan = (ctx: Context, after: string): Promise<void> =>
  setTimer({
    key: `contacts:rekey:${spelling}`,
    dueAt: new Date(ctx.now().getTime() + 1000),
    command: rekeyContacts.name,
    input: { after },
  });

async function finish(): Promise<void> {
  await ProgressModel.updateOne({ _id: 'contacts' }, { $set: { spelling } }, { upsert: true });
}
