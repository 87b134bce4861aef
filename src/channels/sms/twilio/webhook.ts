/**
 * What Twilio posts: a message that came in, and how far one of ours has come. Signed both
 * (twilio.com/docs/messaging/guides/webhook-request, /docs/messaging/guides/outbound-message-status-in-status-callbacks).
 */
import type { ChannelPort, WebhookRequest, WebhookResponse } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { InboundBody, MediaRef, Receipt, ReceiptStatus } from '../../../core/messaging.ts';
import { type Fields, fieldsOf, maxBytes, pairsOf } from '../../phone/form.ts';
import { readNumber } from '../../phone/number.ts';
import { isTwilioSigned } from '../../phone/signature.ts';
import { eventOf } from '../event.ts';
import type { TwilioSettings } from '../settings.ts';
import { hasStopped, reasonOf } from './errors.ts';

type Where = { account: string; settings: TwilioSettings; port: ChannelPort };

const statuses: Record<string, ReceiptStatus> = {
  sent: 'sent',
  delivered: 'delivered',
  partially_delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** Size → who sent it → what it says → durable → answer. */
export async function receive(request: WebhookRequest, where: Where): Promise<WebhookResponse> {
  const { settings, port } = where;
  if (request.body.length > maxBytes) throw new AppError('input.too_large', { limit: '256 kB' });
  const address = `${port.publicUrl.replace(/\/$/, '')}${request.url}`;
  const pairs = request.method === 'POST' ? pairsOf(request.body) : [];
  if (!isTwilioSigned(request.headers['x-twilio-signature'], address, pairs, settings.authTokens))
    throw new AppError('auth.bad_signature');
  const fields = await fieldsOf(request);
  const id = fields.MessageSid ?? fields.SmsSid ?? fields.SmsMessageSid;
  if (!id) throw missing('MessageSid');
  const isStatus = Boolean(fields.MessageStatus ?? (fields.SmsStatus !== 'received' && fields.SmsStatus));
  if (isStatus) await takeStatus(id, fields, where);
  else await takeMessage(id, fields, where);
  // No TwiML: whatever is to be said goes its own way.
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
  };
}

async function takeMessage(id: string, fields: Fields, { account, settings, port }: Where): Promise<void> {
  if (!fields.From) throw missing('From');
  const from = readNumber(fields.From, settings.country) ?? fields.From;
  const at = port.clock.now();
  await port.accept([eventOf({ id, account, from, to: fields.To ?? '', at, body: bodyOf(fields) })]);
}

function bodyOf(fields: Fields): InboundBody {
  const text = fields.Body ?? '';
  const media = Array.from(
    { length: Math.min(Number(fields.NumMedia) || 0, 10) },
    (_, n): MediaRef | undefined => {
      const url = fields[`MediaUrl${n}`];
      const mime = fields[`MediaContentType${n}`] ?? 'application/octet-stream';
      return url ? { type: typeOf(mime), url, mime } : undefined;
    },
  ).filter((one) => one !== undefined);
  if (media.length) return { kind: 'media', media, ...(text && { text }) };
  const [latitude, longitude] = [Number(fields.Latitude), Number(fields.Longitude)];
  if (fields.Latitude && Number.isFinite(latitude) && Number.isFinite(longitude))
    return { kind: 'location', latitude, longitude };
  return text ? { kind: 'text', text } : { kind: 'unknown', note: 'an SMS without a text' };
}

const typeOf = (mime: string): MediaRef['type'] => {
  const [kind] = mime.split('/');
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document';
};

async function takeStatus(id: string, fields: Fields, { account, settings, port }: Where): Promise<void> {
  const status = statuses[fields.MessageStatus ?? fields.SmsStatus ?? ''];
  if (!status) return;
  const code = fields.ErrorCode ?? '';
  const receipt: Receipt = {
    channel: 'sms',
    account,
    providerId: id,
    ...(fields.ref && { ref: fields.ref }),
    status,
    at: port.clock.now(),
    ...(status === 'failed' && { error: code ? reasonOf(code) : 'Twilio could not deliver it.' }),
  };
  await port.receipts([receipt]);
  const to = fields.To && readNumber(fields.To, settings.country);
  if (to && hasStopped(code)) await blocked(id, to, { account, port });
}

/** They have told Twilio to stop, perhaps where we could not hear it: it holds here, too. */
export async function blocked(id: string, to: string, { account, port }: Pick<Where, 'account' | 'port'>) {
  const body: InboundBody = {
    kind: 'signal',
    name: 'blocked',
    data: { words: 'Twilio 21610: has sent STOP' },
  };
  await port.accept([
    eventOf({ id: `${id}:blocked`, account, from: to, to: '', at: port.clock.now(), body }),
  ]);
}

const missing = (field: string): AppError =>
  new AppError('input.invalid', {
    problems: `${field}: is missing`,
    fields: [{ path: field, message: 'is missing' }],
  });
