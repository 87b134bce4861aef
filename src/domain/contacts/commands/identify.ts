import { MongoServerError } from 'mongodb';
import type { z } from 'zod';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import type { Identity, IdentityScheme } from '../../../core/messaging.ts';
import { insertNow } from '../../../core/writes.ts';
import { type ContactMatch, contactChanged, contactCreated, identifyContact } from '../contract.ts';
import { type ContactDocument, ContactModel } from '../model.ts';
import {
  type Claim,
  chooseContact,
  identitiesToAdd,
  type KnownIdentity,
  keyOf,
  normalEmail,
  normalIdentity,
  normalPhone,
  withProofs,
} from '../rules.ts';

export const identifyContactHandler = handles(identifyContact, async (ctx, input) => {
  const claims = claimsOf(input, ctx.config.app.organisation.country);
  const known = await ContactModel.find({
    $or: [{ keys: { $in: claims.map(keyOf) } }, ...(input.contactId ? [{ _id: input.contactId }] : [])],
  }).lean();
  const chosen = chooseContact(claims, known, input.contactId);
  const matchedBy = claims.flatMap((claim) => matchOf(claim, known, chosen));
  const identities = identitiesToAdd(claims, chosen, known);
  const details = particulars(claims, input, chosen);
  if (!chosen) return { contactId: await make(ctx, input, identities), created: true, matchedBy, ...details };
  await learn(ctx, chosen, input, [...withProofs(chosen.identities, claims), ...identities]);
  return { contactId: chosen._id, created: false, matchedBy, ...details };
});

/** Of a number that we could not read, the words are kept: nothing that was said is lost. */
function particulars(
  claims: Claim[],
  input: { name?: string; phone?: string; email?: string; city?: string },
  contact?: ContactDocument,
) {
  const of = (scheme: 'phone' | 'email') =>
    claims.find((claim) => claim.scheme === scheme && !claim.verified)?.value ??
    claims.find((claim) => claim.scheme === scheme)?.value ??
    contact?.[scheme] ??
    input[scheme];
  const found = {
    name: input.name ?? contact?.name,
    phone: of('phone'),
    email: of('email'),
    city: input.city ?? contact?.city,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value)) as Partial<
    Record<keyof typeof found, string>
  >;
}

/** What the channel proves first, then what was said. */
function claimsOf(input: z.output<typeof identifyContact.input>, country: string): Claim[] {
  const proved = input.identities.map((identity) => ({
    ...normalIdentity(identity as Identity, country),
    verified: true,
  }));
  const phone = normalPhone(input.phone, country);
  const email = normalEmail(input.email);
  const said: Claim[] = [
    ...(phone ? [{ scheme: 'phone' as IdentityScheme, value: phone, verified: false }] : []),
    ...(email ? [{ scheme: 'email' as IdentityScheme, value: email, verified: false }] : []),
  ];
  return [...new Map([...said, ...proved].map((claim) => [keyOf(claim), claim])).values()];
}

function matchOf(claim: Claim, known: ContactDocument[], chosen?: ContactDocument): ContactMatch[] {
  const owner = known.find((contact) => contact.keys?.includes(keyOf(claim)));
  if (!owner) return [];
  const { scheme, value, verified } = claim;
  return [
    { scheme, value, verified, contactId: owner._id, name: owner.name, conflict: owner._id !== chosen?._id },
  ];
}

async function make(
  ctx: Context,
  input: { name?: string; city?: string },
  identities: KnownIdentity[],
): Promise<string> {
  const _id = ctx.id();
  const keys = identities.map(keyOf);
  await onceMore(() =>
    insertNow(ContactModel, {
      _id,
      name: input.name ?? '',
      identities,
      ...(keys.length && { keys }),
      ...addresses(identities),
      ...(input.city && { city: input.city }),
      teamIds: [],
      createdAt: ctx.now(),
    } as ContactDocument),
  );
  ctx.emit(contactCreated, { contactId: _id }, { kind: 'Contact', id: _id });
  return _id;
}

/** Somebody else recorded this very person a moment ago: the transaction begins again, and finds them. */
async function onceMore<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11000)
      error.addErrorLabel('TransientTransactionError');
    throw error;
  }
}

/** Fills in what was not known yet; what was, stays as staff or the client gave it first. */
async function learn(
  ctx: Context,
  contact: ContactDocument,
  input: { name?: string; city?: string },
  identities: KnownIdentity[],
): Promise<void> {
  const news: Record<string, unknown> = {
    ...addresses(identities),
    ...(input.name && { name: input.name }),
    ...(input.city && { city: input.city }),
  };
  const set = Object.fromEntries(
    Object.entries(news).filter(([field]) => !contact[field as keyof ContactDocument]),
  );
  const proofs = (list: KnownIdentity[]) => list.filter(({ proved }) => proved).length;
  const isNews =
    identities.length > contact.identities.length || proofs(identities) > proofs(contact.identities);
  if (!isNews && !Object.keys(set).length) return;
  const keys = identities.map(keyOf);
  await ContactModel.updateOne(
    { _id: contact._id },
    { $set: { ...set, identities, ...(keys.length && { keys }) } },
  );
  ctx.emit(contactChanged, { contactId: contact._id }, { kind: 'Contact', id: contact._id });
}

function addresses(identities: Identity[]): { phone?: string; email?: string } {
  const phone = identities.find(({ scheme }) => scheme === 'phone')?.value;
  const email = identities.find(({ scheme }) => scheme === 'email')?.value;
  return { ...(phone && { phone }), ...(email && { email }) };
}
