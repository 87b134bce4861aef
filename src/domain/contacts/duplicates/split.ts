/** Some addresses, conversations and leads of a contact turn out to be somebody else's. */
import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { AppError } from '../../../core/errors.ts';
import { updateOf } from '../../../core/merge-log.ts';
import { turnPointers } from '../../../core/merging.ts';
import { invalid } from '../../../core/validate.ts';
import { listConversations } from '../../conversations/contract.ts';
import { enquiriesOf } from '../../enquiries/contract.ts';
import { lookUpLeads } from '../../leads/contract.ts';
import { addToTimeline, contactChanged, contactCreated } from '../contract.ts';
import { contactSplit } from '../contract-duplicates.ts';
import { blockKeys } from '../likeness.ts';
import { type ContactDocument, ContactModel } from '../model.ts';
import { type KnownIdentity, keyOf, ownKeys } from '../rules.ts';
import { contactOf, labelOf } from './join.ts';

export type Split = {
  contactId: string;
  name?: string | undefined;
  identities: KnownIdentity[];
  conversationIds: string[];
  withLeads: string[];
  by: string;
};

export async function split(ctx: Context, catalogue: Catalogue, wanted: Split) {
  const contact = await contactOf(wanted.contactId);
  const going = new Set(wanted.identities.map(keyOf));
  const identities = contact.identities.filter((identity) => going.has(keyOf(identity)));
  if (identities.length < going.size)
    throw invalid('identities', 'has an address that is not this contact’s');
  const talks = await talksOf(ctx, wanted);
  const leadIds = await leadsOf(ctx, contact._id, talks, wanted.withLeads);
  if (contact.identities.length && identities.length === contact.identities.length)
    throw invalid('identities', 'leaves the contact without any address');
  const made = newcomer(ctx, contact, identities, wanted.name);
  await write(ctx, contact, made, identities);
  const mergeId = ctx.id();
  const moved = await turnPointers(ctx, catalogue.pointers, {
    mergeId,
    kind: 'split',
    from: contact._id,
    to: made._id,
    leadIds,
    conversationIds: talks,
  });
  await ctx.run(addToTimeline, {
    contactId: contact._id,
    kind: 'note',
    by: wanted.by,
    title: `${labelOf(made)} was split off as a contact of their own`,
  });
  ctx.emit(contactCreated, { contactId: made._id }, { kind: 'Contact', id: made._id });
  ctx.emit(
    contactSplit,
    { contactId: contact._id, newContactId: made._id },
    { kind: 'Contact', id: contact._id },
  );
  for (const id of [contact._id, made._id])
    ctx.emit(contactChanged, { contactId: id }, { kind: 'Contact', id });
  return { mergeId, made, moved };
}

/** Those named, and those that go on under an address that goes. */
async function talksOf(ctx: Context, { contactId, conversationIds, identities }: Split): Promise<string[]> {
  const { items } = await ctx.ask(listConversations, { contactId, limit: 100 });
  const strange = conversationIds.find((id) => !items.some((talk) => talk.id === id));
  if (strange) throw new AppError('record.not_found', { kind: 'conversation', id: strange });
  const going = new Set(identities.map(keyOf));
  const under = items.filter((talk) => talk.identities.some((own) => going.has(keyOf(own as KnownIdentity))));
  return [...new Set([...conversationIds, ...under.map(({ id }) => id)])];
}

/** Those named, and those that were made in one of the conversations. */
async function leadsOf(
  ctx: Context,
  contactId: string,
  conversationIds: string[],
  named: string[],
): Promise<string[]> {
  const { items: leads } = await ctx.ask(lookUpLeads, { contactIds: [contactId] });
  const strange = named.find((id) => !leads.some((lead) => lead.id === id));
  if (strange) throw new AppError('record.not_found', { kind: 'lead', id: strange });
  const { items: enquiries } = await ctx.ask(enquiriesOf, { contactId, conversationIds });
  const own = new Set(enquiries.flatMap(({ ownLeadId }) => ownLeadId ?? []));
  return leads.map(({ id }) => id).filter((id) => own.has(id) || named.includes(id));
}

function newcomer(
  ctx: Context,
  contact: ContactDocument,
  identities: KnownIdentity[],
  name?: string,
): ContactDocument {
  const of = (scheme: string) => identities.find((identity) => identity.scheme === scheme)?.value;
  const [phone, email, keys] = [of('phone'), of('email'), ownKeys(identities)];
  const made = {
    _id: ctx.id(),
    name: name ?? '',
    ...(phone && { phone }),
    ...(email && { email }),
    identities,
    ...(keys.length && { keys }),
    teamIds: contact.teamIds,
    ...(contact.assigneeId && { assigneeId: contact.assigneeId }),
    createdAt: ctx.now(),
  } as ContactDocument;
  return { ...made, block: blockKeys(made) };
}

async function write(
  ctx: Context,
  contact: ContactDocument,
  made: ContactDocument,
  going: KnownIdentity[],
): Promise<void> {
  const left = contact.identities.filter((identity) => !going.includes(identity));
  const next = (scheme: 'phone' | 'email') =>
    going.some((identity) => identity.scheme === scheme && identity.value === contact[scheme])
      ? { [scheme]: left.find((identity) => identity.scheme === scheme)?.value ?? null }
      : {};
  const fields = { ...next('phone'), ...next('email') };
  const keys = ownKeys(left);
  const known = { ...contact, ...fields } as ContactDocument;
  ctx.writes.update(
    ContactModel,
    { _id: contact._id },
    {
      ...updateOf({ ...fields, identities: left, keys: keys.length ? keys : null, block: blockKeys(known) }),
      $inc: { holds: 1 },
    },
  );
  ctx.writes.insert(ContactModel, made);
  await ctx.flush();
}
