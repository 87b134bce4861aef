/** Whether whoever asks may see a ticket. Pure. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';

type Identity = { scheme: string; value: string; scope?: string | undefined };
export type Proof = {
  conversationId: string;
  /** Proved by the channel the question came on. */
  keys: string[];
  /** Merely said. */
  said: string[];
};
type Provable = { conversationId?: string; keys: string[] };

/** The conversation that opened it, or one that comes from an address that it was opened with. */
export const isSender = (ticket: Provable, { conversationId, keys }: Proof): boolean =>
  ticket.conversationId === conversationId || ticket.keys.some((key) => keys.includes(key));

/** A telephone number or mail address of the customer, beside the ID. */
export const isSaid = (keys: string[], { said }: Proof): boolean => keys.some((key) => said.includes(key));

/** `phone::+919845012345`, `psid:page-1:123`: one spelling for each address. */
export const keysOf = (identities: Identity[], country: string): string[] => [
  ...new Set(
    identities.map(
      ({ scheme, value, scope }) => `${scheme}:${scope ?? ''}:${normal(scheme, value, country)}`,
    ),
  ),
];

export const addressKeys = (
  { phone, email }: { phone?: string | undefined; email?: string | undefined },
  country: string,
): string[] =>
  keysOf(
    [
      ...(phone ? [{ scheme: 'phone', value: phone }] : []),
      ...(email ? [{ scheme: 'email', value: email }] : []),
    ],
    country,
  );

function normal(scheme: string, value: string, country: string): string {
  if (scheme === 'email') return value.trim().toLowerCase();
  if (scheme !== 'phone') return value;
  return parsePhoneNumberFromString(value, country as never)?.number ?? value;
}
