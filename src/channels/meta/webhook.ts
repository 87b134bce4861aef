/** What all of Meta's webhooks share: the handshake, and JSON signed over the raw bytes. */
import { createHmac } from 'node:crypto';
import type { WebhookRequest, WebhookResponse } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { isSame } from '../../core/signing.ts';

/** Meta's documented largest payload. */
export const maxBytes = 3 * 1024 * 1024;

/** @throws AppError input.too_large, auth.bad_signature, input.malformed */
export function signedJson({ body, headers }: WebhookRequest, secrets: string[]): unknown {
  if (body.length > maxBytes) throw new AppError('input.too_large', { limit: '3 MB' });
  if (!isSigned(body, headers['x-hub-signature-256'], secrets)) throw new AppError('auth.bad_signature');
  return json(body);
}

/** Meta asks once, when the address is entered, whether it is ours. */
export function handshake(query: Record<string, string>, verifyToken: string): WebhookResponse {
  const known = query['hub.mode'] === 'subscribe' && isSame(query['hub.verify_token'] ?? '', verifyToken);
  if (!known) return { status: 403, body: 'The verify token does not match.' };
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: query['hub.challenge'] ?? '' };
}

/** Every valid secret is tried: while one is being changed, Meta may sign with either. */
function isSigned(body: Buffer, header: string | undefined, secrets: string[]): boolean {
  if (!header?.startsWith('sha256=')) return false;
  return secrets.some((secret) =>
    isSame(header.slice('sha256='.length), createHmac('sha256', secret).update(body).digest('hex')),
  );
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('input.malformed', {
      problem: 'body: is not JSON',
      fields: [{ path: 'body', message: 'is not JSON' }],
    });
  }
}
