import { twilioSignature } from '../../phone/signature.ts';
import type { Delivery } from '../types.ts';
import type { Sender } from '../webhooks.ts';

export type Fields = Record<string, string>;
/** `reach`: where the product listens; `signed`: the address that it knows itself by. */
export type Target = { reach(path: string): string; signed(path: string): string };

/** Twilio's requests: signed over the address that the product knows itself by, sent to where it listens. */
export const signedPost =
  (sender: Sender, authToken: string, target: Target) =>
  (address: string, fields: Fields): Promise<Delivery> => {
    const { pathname, search } = new URL(address);
    return sender.send({
      url: () => target.reach(`${pathname}${search}`),
      headers: () => ({
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilioSignature(authToken, address, Object.entries(fields)),
      }),
      body: new URLSearchParams(fields).toString(),
    });
  };
