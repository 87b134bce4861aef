import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import { addToTimeline, assignContact, contactChanged, updateContact } from '../contract.ts';
import { contactAlike } from '../contract-duplicates.ts';
import { lookForAlike } from '../duplicates/suspect.ts';
import { blockKeys } from '../likeness.ts';
import { type ContactDocument, ContactModel, TimelineModel } from '../model.ts';
import { type KnownIdentity, keyOf, normalPhone, ownKeys } from '../rules.ts';
import { viewOf } from '../view.ts';

const ok = { ok: true } as const;

export const assignContactHandler = handles(
  assignContact,
  async (ctx, { contactId, assigneeId, teamIds }) => {
    ctx.writes.adjust(
      ContactModel,
      { _id: contactId },
      assigneeId ? { $set: { assigneeId, teamIds } } : { $set: { teamIds }, $unset: { assigneeId: 1 } },
    );
    changed(ctx, contactId);
    return ok;
  },
  { apart: true },
);

export const updateContactHandler = handles(
  updateContact,
  async (ctx, { contactId, phone, lenient, ...fields }) => {
    const contact = await ContactModel.findOne(
      all([{ _id: contactId }, ctx.scope('update', 'Contact')]),
    ).lean();
    if (!contact) throw new AppError('record.not_found', { kind: 'contact', id: contactId });
    const said: Particulars = {
      ...fields,
      ...(phone && { phone: validPhone(phone, ctx.config.app.organisation.country) }),
    };
    const { identities, taken } = await addresses(contact, said);
    // Only the bot takes what it is told; whose the address is, is nobody's business.
    if (taken.length && !(lenient && ctx.actor.kind === 'system'))
      throw new AppError('record.duplicate', { kind: 'contact', field: taken[0]!.scheme });
    const others = new Set<string>(taken.map(({ scheme }) => scheme));
    const set = Object.fromEntries(Object.entries(said).filter(([field]) => !others.has(field)));
    const keys = ownKeys(identities);
    const block = blockKeys({ ...contact, ...set });
    const after = await ContactModel.findOneAndUpdate(
      { _id: contactId },
      { $set: { ...set, identities, ...(keys.length && { keys }), block } },
      { returnDocument: 'after' },
    ).lean();
    const before = Object.fromEntries(
      Object.keys(set)
        .map((key) => [key, contact[key as keyof ContactDocument]])
        .filter(([, value]) => value),
    );
    changed(ctx, contactId);
    for (const { scheme, value, contactId: owner } of taken)
      ctx.emit(contactAlike, { contactId, others: [owner], given: { scheme, value }, quiet: true });
    await lookForAlike(
      ctx,
      contactId,
      block.filter((key) => !contact.block?.includes(key)),
    );
    ctx.audit({
      kind: 'Contact',
      id: contactId,
      before,
      after: set,
      text: `changed ${contact.name}`,
      undo: { command: updateContact.name, input: { contactId, ...before } },
    });
    return { contact: viewOf(after!), taken };
  },
);

type Particulars = { name?: string; phone?: string; email?: string; city?: string; company?: string };
type Taken = { scheme: 'phone' | 'email'; value: string; contactId: string };

function validPhone(text: string, country: string): string {
  const phone = normalPhone(text, country);
  if (!phone) throw new AppError('phone.invalid', { text, example: '98450 12345 or +91 98450 12345' });
  return phone;
}

/** A new address replaces one that was only said; one that messages came from stays beside it. */
async function addresses(
  contact: ContactDocument,
  said: Particulars,
): Promise<{ identities: KnownIdentity[]; taken: Taken[] }> {
  let identities = contact.identities;
  const taken: Taken[] = [];
  for (const scheme of ['phone', 'email'] as const) {
    const value = said[scheme];
    if (!value || value === contact[scheme]) continue;
    const key = keyOf({ scheme, value });
    const owner = await ContactModel.findOne({ keys: key }, { _id: 1 }).lean();
    if (owner && owner._id !== contact._id) {
      taken.push({ scheme, value, contactId: owner._id });
      continue;
    }
    const old = contact[scheme] && keyOf({ scheme, value: contact[scheme] });
    const kept = identities.filter((own) => keyOf(own) === key || own.proved || keyOf(own) !== old);
    identities = kept.some((own) => keyOf(own) === key) ? kept : [...kept, { scheme, value }];
  }
  return { identities, taken };
}

export const addToTimelineHandler = handles(
  addToTimeline,
  async (ctx, { remove, at, ...item }) => {
    if (item.ref) ctx.writes.remove(TimelineModel, { ref: item.ref });
    // What followed by rule has no author: a module's name would tell nobody anything.
    const by = item.by ?? (ctx.actor.kind === 'user' ? ctx.actor.name : undefined);
    if (!remove)
      ctx.writes.insert(TimelineModel, {
        _id: ctx.id(),
        ...item,
        ...(by && { by }),
        at: at ? new Date(at) : ctx.now(),
      });
    return ok;
  },
  { apart: true },
);

const changed = (ctx: Context, contactId: string) =>
  ctx.emit(contactChanged, { contactId }, { kind: 'Contact', id: contactId });
