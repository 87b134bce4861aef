import { createHmac } from 'node:crypto';
import { isSame } from '../../core/signing.ts';

/**
 * Twilio's X-Twilio-Signature: HMAC-SHA1 over the full address and the sorted form fields, in base64
 * (twilio.com/docs/usage/webhooks/webhooks-security). Twilio may sign with or without the port of the address.
 */
export function isTwilioSigned(
  signature: string | undefined,
  url: string,
  pairs: [string, string][],
  tokens: string[],
): boolean {
  if (!signature) return false;
  return tokens.some((token) =>
    spellings(url).some((address) => isSame(signature, twilioSignature(token, address, pairs))),
  );
}

/** A name that comes several times counts once for each different value. */
export function twilioSignature(token: string, url: string, pairs: [string, string][]): string {
  const unique = new Map(pairs.map(([name, value]) => [`${name}\n${value}`, [name, value] as const]));
  const sorted = [...unique.values()].sort(([a, one], [b, other]) => order(a, b) || order(one, other));
  return createHmac('sha1', token)
    .update(Buffer.from(url + sorted.map(([name, value]) => name + value).join(''), 'utf8'))
    .digest('base64');
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function spellings(address: string): string[] {
  const url = new URL(address);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const rest = address.slice(address.indexOf(url.host) + url.host.length);
  const start = address.slice(0, address.indexOf(url.host));
  return [address, `${start}${url.hostname}${rest}`, `${start}${url.hostname}:${port}${rest}`];
}
