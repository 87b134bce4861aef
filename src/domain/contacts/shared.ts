/** What too many give is nobody's own: a switchboard, info@. Pure. */
import { isRoleMailbox } from './addresses.ts';
import type { Person } from './likeness.ts';
import type { Shared } from './match.ts';
import type { ContactDocument } from './model.ts';
import { type Claim, type Given, keyOf, strangerOf } from './rules.ts';

export type Limits = { sharedBy: number; sharedMailboxes: string[] };
export type Sorted = {
  /** Those by which somebody may be found. */
  telling: Claim[];
  shared: Shared[];
  /** That an address of a contact was given by somebody else: to be kept with that contact. */
  given: { contactId: string; entry: Given }[];
};

/** What was only said is weighed; what the channel proves is somebody's own, however many give it. */
export function sortClaims(
  claims: Claim[],
  name: string | undefined,
  known: ContactDocument[],
  { sharedBy, sharedMailboxes }: Limits,
): Sorted {
  const sorted: Sorted = { telling: [], shared: [], given: [] };
  for (const claim of claims) {
    const key = keyOf(claim);
    const owner = claim.verified ? undefined : known.find((contact) => contact.keys?.includes(key));
    const stranger = owner && strangerOf(claim, claims, name, owner);
    const others = new Set((owner?.given ?? []).filter((entry) => entry.key === key).map(({ by }) => by));
    if (owner && stranger && !others.has(stranger)) {
      others.add(stranger);
      if (others.size <= most) sorted.given.push({ contactId: owner._id, entry: { key, by: stranger } });
    }
    const people = others.size + 1;
    const isRole = claim.scheme === 'email' && isRoleMailbox(claim.value, sharedMailboxes);
    if (owner && (people > sharedBy || (isRole && stranger))) sorted.shared.push({ claim, people });
    else sorted.telling.push(claim);
  }
  return sorted;
}

/** What tells the contact from others: without addresses that many give. */
export function tellingOf(contact: ContactDocument, { sharedBy, sharedMailboxes }: Limits): Person {
  const { phone, email, identities, given = [] } = contact;
  const isTelling = (scheme: 'phone' | 'email', value: string): boolean => {
    const key = keyOf({ scheme, value });
    const isShared = identities.some((own) => own.shared && keyOf(own) === key);
    return !isShared && given.filter((entry) => entry.key === key).length < sharedBy;
  };
  return {
    ...contact,
    phone: phone && isTelling('phone', phone) ? phone : undefined,
    email: email && isTelling('email', email) && !isRoleMailbox(email, sharedMailboxes) ? email : undefined,
  };
}

/** More are not counted: it is long clear. */
const most = 50;
