/** Meta's webhook: the handshake, and events signed over the raw bytes. Acknowledged only when they are stored. */
import type { ChannelPort, WebhookRequest, WebhookResponse } from '../../core/define.ts';
import { parseInput } from '../../core/validate.ts';
import { handshake, signedJson } from '../meta/webhook.ts';
import { normalize } from './normalize.ts';
import type { Settings } from './settings.ts';
import { payloadSchema } from './webhook-payload.ts';

export async function receive(
  request: WebhookRequest,
  { account, settings, port }: { account: string; settings: Settings; port: ChannelPort },
): Promise<WebhookResponse> {
  if (request.method === 'GET') return handshake(request.query, settings.verifyToken);
  const payload = parseInput(payloadSchema, signedJson(request, settings.appSecrets));
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
