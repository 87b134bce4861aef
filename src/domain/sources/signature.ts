/**
 * Who signs what they send: the open Standard Webhooks scheme (standardwebhooks.com), which has libraries in most languages.
 * `webhook-signature: v1,<base64 of HMAC-SHA256 over "<webhook-id>.<webhook-timestamp>.<body>">`; the secret is
 * `whsec_` and the key in base64.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { isSame } from '../../core/signing.ts';

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
/** Google's key is a word of the advertiser's choosing, at most 50 letters long. */
export const newGoogleKey = (): string => randomBytes(24).toString('base64url');

const maxAgeSeconds = 300;
type Headers = Record<string, string | undefined>;

export function sign(secret: string, id: string, timestamp: number, body: Buffer | string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/** What is wrong with a signed request, in words for whoever sends it; undefined: nothing. */
export function problemWith(
  headers: Headers,
  body: Buffer,
  secrets: string[],
  now: Date,
): string | undefined {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'] ?? '';
  if (!id || id.length > 200) return 'the header webhook-id is missing, or longer than 200 letters';
  if (!/^\d{1,12}$/.test(timestamp))
    return 'the header webhook-timestamp is missing, or not seconds since 1970';
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > maxAgeSeconds)
    return 'webhook-timestamp is more than five minutes away from our clock';
  const given = (headers['webhook-signature'] ?? '').split(' ').filter((one) => one.startsWith('v1,'));
  if (!given.length) return 'the header webhook-signature is missing, or has no signature v1';
  const fits = secrets.some((secret) => {
    const expected = sign(secret, id, Number(timestamp), body);
    return given.some((one) => isSame(one, expected));
  });
  return fits ? undefined : 'webhook-signature fits none of the valid secrets';
}
