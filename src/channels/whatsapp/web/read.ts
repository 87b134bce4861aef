/** A message of WhatsApp's page → what a driver tells of it. Pure. */
import type { InboundBody, MediaRef } from '../../../core/messaging.ts';
import { cardOf } from '../../vcard.ts';
import type { DriverMessage, DriverReceipt, Person } from '../linked/contract.ts';

/** A message as whatsapp-web.js hands it on, as far as we look at it. */
export type PageMessage = {
  id: { fromMe: boolean; id: string; _serialized: string };
  from: string;
  type: string;
  body: string;
  timestamp: number;
  ack?: number;
  hasMedia: boolean;
  location?: { latitude: number | string; longitude: number | string; name?: string; description?: string };
  vCards?: string[];
  _data: { notifyName?: string; mimetype?: string; filename?: string; size?: number };
};

/** The page writes `<digits>@c.us` for a number and `<digits>@lid` for a hidden id. */
export function personOf(...ids: (string | null | undefined)[]): Person {
  const person: Person = {};
  for (const id of ids) {
    const [user, server] = (id ?? '').split('@') as [string, string?];
    const digits = user.split(':')[0]!;
    if (server === 'lid') person.lid ??= digits;
    else if (server === 'c.us' || server === 's.whatsapp.net') person.phone ??= digits;
  }
  return person;
}

/** What the page shows in a chat though nobody said it. */
const notices = new Set([
  'e2e_notification',
  'notification',
  'notification_template',
  'gp2',
  'call_log',
  'protocol',
  'revoked',
  'ciphertext',
  'debug',
]);

/** @returns undefined for what is no message of a customer. */
export function readMessage(message: PageMessage, from: Person): DriverMessage | undefined {
  if (message.id.fromMe || notices.has(message.type) || (!from.phone && !from.lid)) return undefined;
  const name = message._data.notifyName;
  return {
    id: message.id.id,
    from,
    ...(name && { name }),
    at: message.timestamp * 1000,
    body: readBody(message),
    ...(message.hasMedia && { file: message.id._serialized }),
  };
}

const mediaTypes: Record<string, MediaRef['type']> = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  audio: 'audio',
  ptt: 'audio',
  document: 'document',
};

function readBody(message: PageMessage): InboundBody {
  const { type, body, location, vCards = [], _data } = message;
  const media = mediaTypes[type];
  if (media) {
    const { mimetype, filename, size } = _data;
    const ref: MediaRef = {
      type: media,
      ...(mimetype && { mime: mimetype.split(';')[0]! }),
      ...(filename && { filename }),
      ...(size && { bytes: size }),
    };
    return { kind: 'media', media: [ref], ...(body && { text: body }) };
  }
  if (type === 'location' && location) {
    const name = location.name ?? location.description;
    return {
      kind: 'location',
      latitude: Number(location.latitude),
      longitude: Number(location.longitude),
      ...(name && { name }),
    };
  }
  if (vCards.length) return { kind: 'contact', contacts: vCards.map((vcard) => cardOf(vcard)) };
  if (body) return { kind: 'text', text: body };
  return { kind: 'unknown', note: `WhatsApp message of type ${type}` };
}

/** ACK_ERROR −1, ACK_PENDING 0, ACK_SERVER 1, ACK_DEVICE 2, ACK_READ 3, ACK_PLAYED 4. */
const acks: Record<number, DriverReceipt['status']> = {
  [-1]: 'failed',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'read',
};

export function receiptOf(message: PageMessage, ack: number, now: number): DriverReceipt | undefined {
  const status = acks[ack];
  if (!message.id.fromMe || !status) return undefined;
  return {
    id: message.id.id,
    status,
    at: now,
    ...(status === 'failed' && { error: 'WhatsApp refused the message' }),
  };
}

/** Why the page says that it is no longer connected, as the codes of linked devices. */
export const closeCodes: Record<string, number> = {
  LOGOUT: 401,
  UNPAIRED: 401,
  UNPAIRED_IDLE: 401,
  CONFLICT: 440,
  DEPRECATED_VERSION: 405,
  PROXYBLOCK: 403,
  SMB_TOS_BLOCK: 403,
  TOS_BLOCK: 403,
  'Max qrcode retries reached': 408,
};
