/** Who somebody is among contacts that were read before: pure, for one enquiry and for a whole file of them. */
import type { Identity, IdentityScheme } from '../../core/messaging.ts';
import type { ContactMatch } from './contract.ts';
import { blockOf } from './likeness.ts';
import type { ContactDocument } from './model.ts';
import {
  type Claim,
  chooseContact,
  identitiesToAdd,
  type KnownIdentity,
  keyOf,
  normalEmail,
  normalIdentity,
  normalPhone,
  ownKeys,
  withProofs,
} from './rules.ts';
import { type Limits, type Sorted, sortClaims } from './shared.ts';

export type Particulars = { name?: string; phone?: string; email?: string; city?: string; company?: string };

/** What the channel proves first, then what was said. */
export function claimsOf(
  input: { identities?: Identity[]; phone?: string | undefined; email?: string | undefined },
  country: string,
): Claim[] {
  const proved = (input.identities ?? []).map((identity) => ({
    ...normalIdentity(identity, country),
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

export type Shared = { claim: Claim; people: number };

/** Told by too many to be anybody's own. */
export const sharedMatch = ({ claim, people }: Shared): ContactMatch => ({
  scheme: claim.scheme,
  value: claim.value,
  verified: claim.verified,
  contactId: '',
  name: '',
  conflict: false,
  people,
});

export function matchOf(claim: Claim, known: ContactDocument[], chosen?: ContactDocument): ContactMatch[] {
  const owner = known.find((contact) => contact.keys?.includes(keyOf(claim)));
  if (!owner) return [];
  const { scheme, value, verified } = claim;
  return [
    { scheme, value, verified, contactId: owner._id, name: owner.name, conflict: owner._id !== chosen?._id },
  ];
}

/** Of a number that we could not read, the words are kept: nothing that was said is lost. */
export function particularsOf(claims: Claim[], input: Particulars, contact?: ContactDocument): Particulars {
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
    company: input.company ?? contact?.company,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value));
}

export function addressesOf(identities: Identity[]): { phone?: string; email?: string } {
  const phone = identities.find(({ scheme }) => scheme === 'phone')?.value;
  const email = identities.find(({ scheme }) => scheme === 'email')?.value;
  return { ...(phone && { phone }), ...(email && { email }) };
}

/** What was not known yet; what was, stays as staff or the client gave it first. */
export function newsOf(
  contact: ContactDocument,
  said: Particulars,
  identities: KnownIdentity[],
): Partial<ContactDocument> {
  const news = {
    ...addressesOf(identities),
    ...(said.name && { name: said.name }),
    ...(said.city && { city: said.city }),
    ...(said.company && { company: said.company }),
  };
  return Object.fromEntries(
    Object.entries(news).filter(([field]) => !contact[field as keyof ContactDocument]),
  );
}

export function newContact(
  _id: string,
  said: Particulars,
  identities: KnownIdentity[],
  createdAt: Date,
): ContactDocument {
  const keys = ownKeys(identities);
  const own = addressesOf(identities.filter(({ shared }) => !shared));
  const person = { ...said, name: said.name ?? '', phone: own.phone, email: own.email };
  return {
    _id,
    name: said.name ?? '',
    identities,
    ...(keys.length && { keys }),
    ...addressesOf(identities),
    ...(said.city && { city: said.city }),
    ...(said.company && { company: said.company }),
    ...blockOf(person),
    teamIds: [],
    createdAt,
  } as unknown as ContactDocument;
}

const noLimits: Limits = { sharedBy: Number.POSITIVE_INFINITY, sharedMailboxes: [] };

/** Everybody by whose addresses these may be found: what to read before meeting them. */
export const keysOf = (people: Particulars[], country: string): string[] => [
  ...new Set(people.flatMap((person) => claimsOf(person, country).map(keyOf))),
];

export type Meeting = {
  contactId: string;
  created: boolean;
  matchedBy: ContactMatch[];
  particulars: Particulars;
  /** As it stands with what was said. */
  contact: ContactDocument;
  /** Of others, that an address of theirs was given here, too. */
  given: Sorted['given'];
};
export type Taught = { contactId: string; before: ContactDocument; after: ContactDocument };

/**
 * Meets one after the other: who comes later is matched against those before as well. `meet` changes nothing until its
 * meeting is kept.
 */
export function createMatcher(
  known: ContactDocument[],
  { country, now, id, limits }: { country: string; now: Date; id: () => string; limits?: Limits },
) {
  const byKey = new Map(known.flatMap((contact) => (contact.keys ?? []).map((key) => [key, contact])));
  const made = new Map<string, ContactDocument>();
  const taught = new Map<string, Taught>();

  function meet(said: Particulars): Meeting {
    const claims = claimsOf(said, country);
    const near = [...new Set(claims.flatMap((claim) => byKey.get(keyOf(claim)) ?? []))];
    const { telling, shared, given } = sortClaims(claims, said.name, near, limits ?? noLimits);
    const chosen = chooseContact(telling, near);
    const identities = [
      ...identitiesToAdd(telling, chosen, near),
      ...(chosen ? [] : shared.map(({ claim: { scheme, value } }) => ({ scheme, value, shared: true }))),
    ];
    const matchedBy = [
      ...telling.flatMap((claim) => matchOf(claim, near, chosen)),
      ...shared.map(sharedMatch),
    ];
    const particulars = particularsOf(claims, said, chosen);
    if (!chosen) {
      const contact = newContact(id(), said, identities, now);
      return { contactId: contact._id, created: true, matchedBy, particulars, contact, given };
    }
    const all = [...withProofs(chosen.identities, claims), ...identities];
    const contact = { ...chosen, ...newsOf(chosen, said, all), identities: all };
    return { contactId: chosen._id, created: false, matchedBy, particulars, contact, given };
  }

  function keep({ contactId, created, contact, given }: Meeting): void {
    for (const { contactId: owner, entry } of given) {
      const known = byKey.get(entry.key);
      if (known?._id !== owner || owner === contactId) continue;
      const after = { ...known, given: [...(known.given ?? []), entry] };
      learn(after);
      for (const key of after.keys ?? []) byKey.set(key, after);
    }
    if (created) made.set(contactId, contact);
    else learn(contact);
    for (const key of contact.keys ?? []) byKey.set(key, contact);
  }

  function learn(after: ContactDocument): void {
    const before = after.keys?.[0] ? byKey.get(after.keys[0]) : undefined;
    if (!before || JSON.stringify(before) === JSON.stringify(after)) return;
    if (made.has(after._id)) made.set(after._id, after);
    else
      taught.set(after._id, { contactId: after._id, before: taught.get(after._id)?.before ?? before, after });
  }

  /** Fills what is empty; an address that is somebody else's stays with them. Answers what was filled. */
  function fill(meeting: Meeting, said: Particulars): Particulars {
    const filled: Particulars = { ...newsOf(meeting.contact, said, []) };
    const contact = { ...meeting.contact, ...filled };
    for (const claim of claimsOf(said, country)) {
      const scheme = claim.scheme as 'phone' | 'email';
      if (contact[scheme] || byKey.has(keyOf(claim))) continue;
      contact.identities = [...contact.identities, { scheme, value: claim.value }];
      contact.keys = ownKeys(contact.identities);
      contact[scheme] = filled[scheme] = claim.value;
    }
    meeting.contact = contact;
    return filled;
  }

  return { meet, keep, fill, made, taught };
}
export type Matcher = ReturnType<typeof createMatcher>;
