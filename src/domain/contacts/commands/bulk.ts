import { handles } from '../../../core/define.ts';
import {
  addManyToTimeline,
  type ContactDocument,
  contactsWithMore,
  knownContacts,
  recordContacts,
  retractContacts,
  takeFromTimeline,
} from '../contract.ts';
import { compareLater } from '../duplicates/imported.ts';
import { ContactModel, TimelineModel } from '../model.ts';

const ok = { ok: true } as const;

export const knownContactsHandler = handles(knownContacts, async (_, { keys }) => ({
  items: keys.length ? await ContactModel.find({ keys: { $in: keys } }).lean<ContactDocument[]>() : [],
}));

export const recordContactsHandler = handles(
  recordContacts,
  async (ctx, { made, taught, met }) => {
    if (met.length) ctx.writes.adjust(ContactModel, { _id: { $in: met } }, { $inc: { holds: 1 } });
    // Who was read must still be so: a colleague's change in between wins, and the batch is looked at anew.
    for (const { contactId, before, after } of taught)
      ctx.writes.update(ContactModel, { _id: contactId, ...told(before) }, { $set: told(after) });
    ctx.writes.insert(ContactModel, ...made);
    compareLater(ctx, made);
    return ok;
  },
  { apart: true },
);

export const retractContactsHandler = handles(
  retractContacts,
  async (ctx, { made, taught }) => {
    if (made.length) ctx.writes.remove(ContactModel, { _id: { $in: made } });
    for (const { contactId, before, after } of taught) {
      const gone = Object.keys(told(after)).filter((field) => !(field in told(before)));
      ctx.writes.adjust(
        ContactModel,
        { _id: contactId, ...told(after) },
        {
          $set: told(before),
          ...(gone.length && { $unset: Object.fromEntries(gone.map((field) => [field, 1])) }),
        },
      );
    }
    return ok;
  },
  { apart: true },
);

/** What a batch may have taught somebody. */
function told({ name, phone, email, city, company, identities, given, keys }: ContactDocument) {
  const fields = {
    name,
    phone,
    email,
    city,
    company,
    identities,
    ...(given?.length && { given }),
    ...(keys?.length && { keys }),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export const addManyToTimelineHandler = handles(
  addManyToTimeline,
  async (ctx, { items }) => {
    ctx.writes.insert(TimelineModel, ...items.map((item) => ({ _id: ctx.id(), ...item })));
    return ok;
  },
  { apart: true },
);

export const takeFromTimelineHandler = handles(
  takeFromTimeline,
  async (ctx, { refs }) => {
    if (refs.length) ctx.writes.remove(TimelineModel, { ref: { $in: refs } });
    return ok;
  },
  { apart: true },
);

export const contactsWithMoreHandler = handles(
  contactsWithMore,
  async (_, { contactIds, refs }) => ({
    ids: await TimelineModel.distinct('contactId', {
      contactId: { $in: contactIds },
      ref: { $nin: refs },
    }),
  }),
  { apart: true },
);
