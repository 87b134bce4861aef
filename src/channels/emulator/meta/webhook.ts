import { createHmac } from 'node:crypto';
import type { Delivery } from '../types.ts';
import type { Sender } from '../webhooks.ts';

/** Meta's webhooks, signed over their bytes: developers.facebook.com/docs/graph-api/webhooks/getting-started. */
export function sendSigned(
  sender: Sender,
  { url, appSecret, payload }: { url: () => string; appSecret: string; payload: object },
): Promise<Delivery> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  return sender.send({
    url,
    headers: () => ({ 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` }),
    body,
  });
}
