import { MongoServerError } from 'mongodb';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import type { Identity } from '../../../core/messaging.ts';
import { insertNow } from '../../../core/writes.ts';
import { contactChanged, contactCreated, identifyContact } from '../contract.ts';
import { claimsOf, matchOf, newContact, newsOf, particularsOf } from '../match.ts';
import { type ContactDocument, ContactModel } from '../model.ts';
import { chooseContact, identitiesToAdd, type KnownIdentity, keyOf, withProofs } from '../rules.ts';

export const identifyContactHandler = handles(identifyContact, async (ctx, input) => {
  const claims = claimsOf(
    { ...input, identities: input.identities as Identity[] },
    ctx.config.app.organisation.country,
  );
  const known = await ContactModel.find({
    $or: [{ keys: { $in: claims.map(keyOf) } }, ...(input.contactId ? [{ _id: input.contactId }] : [])],
  }).lean();
  const chosen = chooseContact(claims, known, input.contactId);
  const matchedBy = claims.flatMap((claim) => matchOf(claim, known, chosen));
  const identities = identitiesToAdd(claims, chosen, known);
  const details = particularsOf(claims, input, chosen);
  if (!chosen) return { contactId: await make(ctx, input, identities), created: true, matchedBy, ...details };
  await learn(ctx, chosen, input, [...withProofs(chosen.identities, claims), ...identities]);
  return { contactId: chosen._id, created: false, matchedBy, ...details };
});

async function make(
  ctx: Context,
  input: { name?: string; city?: string },
  identities: KnownIdentity[],
): Promise<string> {
  const _id = ctx.id();
  await onceMore(() => insertNow(ContactModel, newContact(_id, input, identities, ctx.now())));
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
  const set = newsOf(contact, input, identities);
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
