import { MongoServerError } from 'mongodb';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import type { Identity } from '../../../core/messaging.ts';
import { insertNow } from '../../../core/writes.ts';
import { contactChanged, contactCreated, identifyContact } from '../contract.ts';
import { contactAlike } from '../contract-duplicates.ts';
import { lookForAlike } from '../duplicates/suspect.ts';
import { blockKeys } from '../likeness.ts';
import {
  claimsOf,
  matchOf,
  newContact,
  newsOf,
  type Particulars,
  particularsOf,
  sharedMatch,
} from '../match.ts';
import { type ContactDocument, ContactModel } from '../model.ts';
import {
  type Claim,
  chooseContact,
  identitiesToAdd,
  type KnownIdentity,
  keyOf,
  ownKeys,
  withProofs,
} from '../rules.ts';
import { type Sorted, sortClaims } from '../shared.ts';

export const identifyContactHandler = handles(identifyContact, async (ctx, input) => {
  const { organisation, enquiries } = ctx.config.app;
  const claims = claimsOf({ ...input, identities: input.identities as Identity[] }, organisation.country);
  const known = await ContactModel.find({
    $or: [{ keys: { $in: claims.map(keyOf) } }, ...(input.contactId ? [{ _id: input.contactId }] : [])],
  }).lean();
  const sorted = sortClaims(claims, input.name, known, enquiries);
  const { telling, shared } = sorted;
  const chosen = chooseContact(telling, known, input.contactId);
  const matchedBy = [
    ...telling.flatMap((claim) => matchOf(claim, known, chosen)),
    ...shared.map(sharedMatch),
  ];
  const identities = [...identitiesToAdd(telling, chosen, known), ...(chosen ? [] : shared.map(asShared))];
  const details = particularsOf(claims, input, chosen);
  await keepGiven(ctx, sorted);
  const contactId = chosen?._id ?? (await make(ctx, input, identities));
  if (chosen) await learn(ctx, chosen, input, [...withProofs(chosen.identities, telling), ...identities]);
  tellConflicts(ctx, contactId, telling, known);
  return { contactId, created: !chosen, matchedBy, ...details };
});

const asShared = ({ claim: { scheme, value } }: Sorted['shared'][number]): KnownIdentity => ({
  scheme,
  value,
  shared: true,
});

async function keepGiven(ctx: Context, { given }: Sorted): Promise<void> {
  for (const { contactId, entry } of given)
    ctx.writes.adjust(ContactModel, { _id: contactId }, { $addToSet: { given: entry } });
}

async function make(ctx: Context, input: Particulars, identities: KnownIdentity[]): Promise<string> {
  const _id = ctx.id();
  const contact = newContact(_id, input, identities, ctx.now());
  await onceMore(() => insertNow(ContactModel, contact));
  ctx.emit(contactCreated, { contactId: _id }, { kind: 'Contact', id: _id });
  await lookForAlike(ctx, _id, contact.block ?? []);
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
  input: Particulars,
  identities: KnownIdentity[],
): Promise<void> {
  const set = newsOf(contact, input, identities);
  const proofs = (list: KnownIdentity[]) => list.filter(({ proved }) => proved).length;
  const isNews =
    identities.length > contact.identities.length || proofs(identities) > proofs(contact.identities);
  const keys = ownKeys(identities);
  const block = blockKeys({ ...contact, ...set });
  const wanted = block.filter((key) => !contact.block?.includes(key));
  const news = {
    ...set,
    ...(isNews && { identities, ...(keys.length && { keys }) }),
    ...(wanted.length && { block: [...new Set([...(contact.block ?? []), ...block])] }),
  };
  const isKnown = !isNews && !Object.keys(set).length;
  // Written even when nothing is new: what is recorded now cannot be of a contact that is being merged away meanwhile.
  await ContactModel.updateOne(
    { _id: contact._id },
    { ...(Object.keys(news).length && { $set: news }), $inc: { holds: 1 } },
  );
  if (isKnown) return;
  ctx.emit(contactChanged, { contactId: contact._id }, { kind: 'Contact', id: contact._id });
  await lookForAlike(ctx, contact._id, wanted);
}

/** An address that is another's: perhaps they are one person. Nothing is merged by guess. */
function tellConflicts(ctx: Context, contactId: string, claims: Claim[], known: ContactDocument[]): void {
  for (const claim of claims) {
    const owner = known.find((contact) => contact.keys?.includes(keyOf(claim)));
    if (!owner || owner._id === contactId || claim.scheme === 'visitor') continue;
    const { scheme, value } = claim;
    ctx.emit(contactAlike, { contactId, others: [owner._id], given: { scheme, value } });
  }
}
