import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Identity } from '../../../core/messaging.ts';
import { addToTimeline, assignContact, contactChanged, updateContact } from '../contract.ts';
import { type ContactDocument, ContactModel, TimelineModel } from '../model.ts';
import { keyOf, normalPhone } from '../rules.ts';
import { viewOf } from '../view.ts';

const ok = { ok: true } as const;

export const assignContactHandler = handles(
  assignContact,
  async (ctx, { contactId, assigneeId, teamIds }) => {
    await ContactModel.updateOne(
      { _id: contactId },
      assigneeId ? { $set: { assigneeId, teamIds } } : { $set: { teamIds }, $unset: { assigneeId: 1 } },
    );
    changed(ctx, contactId);
    return ok;
  },
);

export const updateContactHandler = handles(updateContact, async (ctx, { contactId, phone, ...fields }) => {
  const contact = await ContactModel.findOne({
    $and: [{ _id: contactId }, ctx.scope('update', 'Contact')],
  }).lean();
  if (!contact) throw new AppError('record.not_found', { kind: 'contact', id: contactId });
  const set: Partial<ContactDocument> = {
    ...fields,
    ...(phone && { phone: validPhone(phone, ctx.config.app.organisation.country) }),
  };
  const identities = await replaced(contact, set);
  const keys = identities.map(keyOf);
  const after = await ContactModel.findOneAndUpdate(
    { _id: contactId },
    { $set: { ...set, identities, ...(keys.length && { keys }) } },
    { returnDocument: 'after' },
  ).lean();
  const before = Object.fromEntries(
    Object.keys(set)
      .map((key) => [key, contact[key as keyof ContactDocument]])
      .filter(([, value]) => value),
  );
  changed(ctx, contactId);
  ctx.audit({
    kind: 'Contact',
    id: contactId,
    before,
    after: set,
    text: `changed ${contact.name}`,
    undo: { command: updateContact.name, input: { contactId, ...before } },
  });
  return { contact: viewOf(after!) };
});

function validPhone(text: string, country: string): string {
  const phone = normalPhone(text, country);
  if (!phone) throw new AppError('phone.invalid', { text, example: '98450 12345 or +91 98450 12345' });
  return phone;
}

/** A changed address replaces the old one; somebody else's is refused. */
async function replaced(
  contact: ContactDocument,
  { phone, email }: { phone?: string; email?: string },
): Promise<Identity[]> {
  let identities = contact.identities;
  for (const [scheme, value] of [
    ['phone', phone],
    ['email', email],
  ] as const) {
    if (!value || value === contact[scheme]) continue;
    const identity: Identity = { scheme, value };
    const owner = await ContactModel.findOne({ keys: keyOf(identity) }, { _id: 1 }).lean();
    if (owner && owner._id !== contact._id)
      throw new AppError('record.duplicate', { kind: 'contact', field: scheme });
    const old = contact[scheme] && keyOf({ scheme, value: contact[scheme] });
    identities = [
      ...identities.filter((own) => keyOf(own) !== old && keyOf(own) !== keyOf(identity)),
      identity,
    ];
  }
  return identities;
}

export const addToTimelineHandler = handles(addToTimeline, async (ctx, { remove, at, ...item }) => {
  if (item.ref) await TimelineModel.deleteMany({ ref: item.ref });
  if (!remove)
    await TimelineModel.create([
      // What followed by rule has no author: a module's name would tell nobody anything.
      {
        _id: ctx.id(),
        ...item,
        by: item.by ?? (ctx.actor.kind === 'user' ? ctx.actor.name : undefined),
        at: at ? new Date(at) : ctx.now(),
      },
    ]);
  return ok;
});

const changed = (ctx: Context, contactId: string) =>
  ctx.emit(contactChanged, { contactId }, { kind: 'Contact', id: contactId });
