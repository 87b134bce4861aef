/** Who is who: pure decisions about identities. Never a merge by guess. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Identity } from '../../core/messaging.ts';

type Known = { _id: string; name: string; identities: Identity[] };
export type Claim = Identity & { verified: boolean };
/** `proved`: a message came from it. What was only said may be a slip of the tongue and can be replaced. */
export type KnownIdentity = Identity & { proved?: boolean };

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

/** `phone::+919845012345`, `psid:page-1:123` */
export const keyOf = ({ scheme, scope, value }: Identity): string => `${scheme}:${scope ?? ''}:${value}`;

/** E.164, or undefined for what is no telephone number. `country` is where numbers without a code belong. */
export function normalPhone(text: string | undefined, country: string): string | undefined {
  if (!text) return undefined;
  const parsed = parsePhoneNumberFromString(text, country as never);
  return parsed?.isPossible() ? parsed.number : undefined;
}

export function normalEmail(text: string | undefined): string | undefined {
  const email = text?.trim().toLowerCase();
  return email && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email) ? email : undefined;
}

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
