/** Meta's webhook: the handshake, and events signed over the raw bytes. Acknowledged only when they are stored. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ChannelPort, WebhookRequest, WebhookResponse } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { parseInput } from '../../core/validate.ts';
import { normalize } from './normalize.ts';
import type { Settings } from './settings.ts';
import { payloadSchema } from './webhook-payload.ts';

/** Meta's documented largest payload. */
export const maxBytes = 3 * 1024 * 1024;

export async function receive(
  request: WebhookRequest,
  { account, settings, port }: { account: string; settings: Settings; port: ChannelPort },
): Promise<WebhookResponse> {
  if (request.method === 'GET') return handshake(request.query, settings);
  if (request.body.length > maxBytes) throw new AppError('input.too_large', { limit: '3 MB' });
  if (!isSigned(request.body, request.headers['x-hub-signature-256'], settings.appSecrets))
    throw new AppError('auth.bad_signature');
  const payload = parseInput(payloadSchema, json(request.body));
  const { events, receipts, ignored } = normalize(payload, {
    account,
    phoneNumberId: settings.phoneNumberId,
  });
  if (ignored.length)
    port.log.info({ channel: 'whatsapp', account, ignored }, 'webhook changes that are no messages');
  if (events.length) await port.accept(events);
  if (receipts.length) await port.receipts(receipts);
  return { status: 200, body: 'EVENT_RECEIVED' };
}

/** Meta asks once, when the address is entered, whether it is ours. */
function handshake(query: Record<string, string>, { verifyToken }: Settings): WebhookResponse {
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

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
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
