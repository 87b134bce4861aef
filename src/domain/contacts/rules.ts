/** Who is who: pure decisions about identities. Never a merge by guess. */
import type { Identity } from '../../core/messaging.ts';
import { normalEmail, normalPhone, sameLine, sameMailbox } from './addresses.ts';
import { nameLikeness } from './likeness.ts';

export { normalEmail, normalPhone } from './addresses.ts';

type Known = { _id: string; name: string; identities: KnownIdentity[]; keys?: string[] };
export type Claim = Identity & { verified: boolean };
/** `proved`: a message came from it. What was only said may be a slip of the tongue and can be replaced. */
export type KnownIdentity = Identity & {
  proved?: boolean;
  /** Many others give it too (a switchboard, info@): nobody is found by it. */
  shared?: boolean;
};
/** That somebody else gave an address of this contact: the address, and by what else the other is known. */
export type Given = { key: string; by: string };

/**
 * Chooses the contact behind an enquiry.
 * 1. whoever an address belongs to that the channel has proved;
 * 2. whoever the conversation is linked to, if we can reach them otherwise than through this very conversation;
 * 3. whoever every stated phone or e-mail points to, if that is exactly one contact (or the phone's owner, if phone
 *    and e-mail belong to two: a number is less often shared than mail);
 * 4. nobody: a new contact.
 */
export function chooseContact<K extends Known>(
  claims: Claim[],
  known: K[],
  linkedId?: string,
): K | undefined {
  const proved = claims.filter(({ verified }) => verified).sort(byStrength);
  const owner = (claim: Claim) =>
    known.find((contact) => contact.identities.some((own) => keyOf(own) === keyOf(claim)));
  const provedOwners = proved.map(owner).filter((found) => found !== undefined);
  const settled =
    provedOwners.find(isSettled) ?? known.find((contact) => contact._id === linkedId && isSettled(contact));
  if (settled) return settled;
  const statedOwners = claims
    .filter(({ verified }) => !verified)
    .sort(byStrength)
    .map(owner)
    .filter((found) => found !== undefined);
  return statedOwners[0] ?? provedOwners[0] ?? known.find(({ _id }) => _id === linkedId);
}

/**
 * The identities that join the chosen contact. Somebody else's never do. What a stranger in web chat merely says joins
 * nobody who was there before: a browser's visitor would otherwise become whoever it names.
 */
export function identitiesToAdd(claims: Claim[], chosen: Known | undefined, known: Known[]): KnownIdentity[] {
  const taken = new Set(known.flatMap((contact) => contact.identities.map(keyOf)));
  const free = claims.filter((claim) => !taken.has(keyOf(claim)));
  if (
    !chosen ||
    claims.some((claim) => claim.verified && chosen.identities.some((own) => keyOf(own) === keyOf(claim)))
  )
    return free.map(bare);
  return free.filter(({ verified, scheme }) => verified && scheme !== 'visitor').map(bare);
}

/** `phone::+919845012345`, `psid:page-1:123`; one key for what rings one telephone or lands in one mailbox. */
export const keyOf = ({ scheme, scope, value }: Identity): string =>
  `${scheme}:${scope ?? ''}:${oneSpelling[scheme]?.(value) ?? value}`;
const oneSpelling: Record<string, (value: string) => string> = { phone: sameLine, email: sameMailbox };

/** The keys that are theirs alone; what many give is nobody's. */
export const ownKeys = (identities: KnownIdentity[]): string[] =>
  identities.filter(({ shared }) => !shared).map(keyOf);

/** One spelling for each identity, so that the same address is the same key. */
export function normalIdentity(identity: Identity, country: string): Identity {
  if (identity.scheme === 'phone')
    return { ...identity, value: normalPhone(identity.value, country) ?? identity.value };
  if (identity.scheme === 'email')
    return { ...identity, value: normalEmail(identity.value) ?? identity.value };
  return identity;
}

/** Known by an address of their own, not only by this browser's visitor number. */
const isSettled = ({ identities }: Known): boolean => identities.some(({ scheme }) => scheme !== 'visitor');

const strength = ['phone', 'email', 'wa_bsuid', 'wa_lid', 'psid', 'igsid', 'telegram', 'slack', 'visitor'];
const byStrength = (a: Identity, b: Identity): number =>
  strength.indexOf(a.scheme) - strength.indexOf(b.scheme);
const bare = ({ scheme, value, scope, verified }: Claim): KnownIdentity => ({
  scheme,
  value,
  ...(scope && { scope }),
  ...(verified && { proved: true }),
});

/** The identities with those marked that are proved by now. */
export const withProofs = (own: KnownIdentity[], claims: Claim[]): KnownIdentity[] =>
  own.map((identity) =>
    claims.some((claim) => claim.verified && keyOf(claim) === keyOf(identity))
      ? { ...identity, proved: true }
      : identity,
  );

/**
 * Who this is, where a claim meets an address that is another's already: another address they gave, else their name.
 * Undefined when nothing says that they are another person.
 */
export function strangerOf(
  claim: Claim,
  claims: Claim[],
  name: string | undefined,
  owner: Known,
): string | undefined {
  const own = owner.keys ?? owner.identities.map(keyOf);
  const others = claims.filter((other) => keyOf(other) !== keyOf(claim) && other.scheme !== 'visitor');
  if (others.some((other) => own.includes(keyOf(other)))) return undefined;
  const other = others.sort(byStrength)[0];
  if (other) return keyOf(other);
  return name && owner.name && nameLikeness(name, owner.name) < 0.7
    ? `name:${name.toLowerCase()}`
    : undefined;
}
