/**
 * Meta's webhook payload → our events and receipts. Every entry and every change is read: Meta batches them.
 * Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples and …/business-scoped-user-ids.
 */
import { z } from 'zod';
import type { AppError } from '../../core/errors.ts';
import type {
  ContactCard,
  Identity,
  InboundBody,
  InboundEvent,
  MediaRef,
  Receipt,
  ReceiptStatus,
} from '../../core/messaging.ts';
import { invalid } from '../../core/validate.ts';
import type { Message, Payload, Status, Value } from './webhook-payload.ts';

const reply = z.object({ id: z.string(), title: z.string().default('') });
const media = z.object({
  id: z.string(),
  mime_type: z.string().optional(),
  caption: z.string().optional(),
  filename: z.string().optional(),
});

type Where = { account: string; phoneNumberId: string };

/** @throws AppError input.invalid when the payload is for another telephone number than the account's. */
export function normalize(
  payload: Payload,
  where: Where,
): { events: InboundEvent[]; receipts: Receipt[]; ignored: string[] } {
  const events: InboundEvent[] = [];
  const receipts: Receipt[] = [];
  const ignored: string[] = [];
  for (const [e, { changes }] of payload.entry.entries()) {
    for (const [c, { field, value }] of changes.entries()) {
      if (!value) {
        ignored.push(field);
        continue;
      }
      if (value.metadata.phone_number_id !== where.phoneNumberId)
        throw otherNumber(`entry.${e}.changes.${c}.value.metadata.phone_number_id`);
      for (const message of value.messages) events.push(toEvent(message, value, where.account));
      for (const status of value.statuses) receipts.push(...toReceipt(status, where.account));
    }
  }
  return { events, receipts, ignored };
}

function toEvent(message: Message, { contacts }: Value, account: string): InboundEvent {
  const contact =
    contacts.find(({ wa_id, user_id }) =>
      message.from ? wa_id === message.from : user_id === message.from_user_id,
    ) ?? contacts[0];
  const phone = message.from ?? contact?.wa_id;
  const bsuid = message.from_user_id ?? contact?.user_id;
  const from: Identity[] = [];
  if (phone) from.push({ scheme: 'phone', value: `+${phone.replace(/^\+/, '')}` });
  if (bsuid) from.push({ scheme: 'wa_bsuid', value: bsuid });
  const name = contact?.profile?.name;
  return {
    id: message.id,
    channel: 'whatsapp',
    account,
    audience: 'customer',
    thread: phone?.replace(/^\+/, '') ?? bsuid ?? `unknown-sender-${message.id}`,
    from,
    ...(name && { name }),
    at: message.timestamp,
    body: readBody(message),
    meta: origin(message),
  };
}

/** What each type of Meta's messages is to us; a type that is not here is kept as unknown. */
const readers: Record<string, (message: Record<string, any>) => InboundBody> = {
  text: ({ text }) => ({ kind: 'text', text: z.object({ body: z.string() }).parse(text).body }),
  interactive: ({ interactive }) => {
    const { id, title } = reply.parse(interactive.button_reply ?? interactive.list_reply);
    return { kind: 'press', value: id, label: title };
  },
  // A template's quick reply comes as its own type.
  button: ({ button }) => ({
    kind: 'press',
    value: z.string().parse(button.payload ?? button.text),
    label: String(button.text ?? ''),
  }),
  location: ({ location }) => {
    const { latitude, longitude, name } = z
      .object({ latitude: z.number(), longitude: z.number(), name: z.string().optional() })
      .parse(location);
    return { kind: 'location', latitude, longitude, ...(name && { name }) };
  },
  contacts: ({ contacts }) => ({
    kind: 'contact',
    contacts: sharedContacts.parse(contacts).map(cardOf),
  }),
  reaction: ({ reaction }) => ({
    kind: 'signal',
    name: 'reaction',
    data: z.record(z.string(), z.unknown()).parse(reaction),
  }),
  ...Object.fromEntries(
    (
      [
        ['image', 'image'],
        ['sticker', 'image'],
        ['document', 'document'],
        ['audio', 'audio'],
        ['voice', 'audio'],
        ['video', 'video'],
      ] as const
    ).map(([key, type]) => [key, (message: Record<string, any>) => readMedia(type, message[key])]),
  ),
};

function readBody(message: Message): InboundBody {
  try {
    const read = readers[message.type];
    if (read) return read(message);
    return { kind: 'unknown', note: `WhatsApp message of type ${message.type}${problems(message)}` };
  } catch {
    return { kind: 'unknown', note: `WhatsApp message of type ${message.type} that is not as documented` };
  }
}

function readMedia(type: MediaRef['type'], value: unknown): InboundBody {
  const { id, mime_type, caption, filename } = media.parse(value);
  return {
    kind: 'media',
    media: [{ type, id, ...(mime_type && { mime: mime_type }), ...(filename && { filename }) }],
    ...(caption && { text: caption }),
  };
}

const sharedContacts = z.array(
  z.looseObject({
    name: z.looseObject({ formatted_name: z.string().optional() }).optional(),
    phones: z.array(z.looseObject({ phone: z.string().optional() })).default([]),
    emails: z.array(z.looseObject({ email: z.string().optional() })).default([]),
    org: z.looseObject({ company: z.string().optional() }).optional(),
  }),
);
const cardOf = ({ name, phones, emails, org }: z.output<typeof sharedContacts>[number]): ContactCard => ({
  name: name?.formatted_name ?? '',
  ...(org?.company && { company: org.company }),
  phones: phones.flatMap(({ phone }) => phone ?? []),
  emails: emails.flatMap(({ email }) => email ?? []),
});

const problems = ({ errors }: Message): string =>
  Array.isArray(errors)
    ? `: ${errors.map((error) => String((error as { title?: unknown }).title ?? '')).join(', ')}`
    : '';

/** An advertisement that opened the chat is the lead's campaign. */
function origin({ referral }: Message): Record<string, unknown> {
  const ad = z
    .looseObject({
      source_url: z.string().optional(),
      source_id: z.string().optional(),
      headline: z.string().optional(),
    })
    .safeParse(referral);
  if (!ad.success || !referral) return { source: 'whatsapp', medium: 'chat' };
  return {
    source: 'whatsapp',
    medium: 'ad',
    campaign: ad.data.headline ?? ad.data.source_id,
    page: ad.data.source_url,
  };
}

const statuses: Record<string, ReceiptStatus> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
};

function toReceipt(status: Status, account: string): Receipt[] {
  const known = statuses[status.status];
  if (!known) return [];
  const problem = status.errors?.[0];
  const error =
    problem &&
    `${problem.code} ${problem.title ?? ''}${problem.error_data?.details ? `: ${problem.error_data.details}` : ''}`.trim();
  return [
    {
      channel: 'whatsapp',
      account,
      providerId: status.id,
      status: known,
      at: status.timestamp,
      ...(status.biz_opaque_callback_data && { ref: status.biz_opaque_callback_data }),
      ...(error && { error }),
    },
  ];
}

const otherNumber = (path: string): AppError =>
  invalid(path, 'is another telephone number than this account’s');
