/** WhatsApp's message → what a driver tells of it. Pure. */
import {
  BufferJSON,
  isLidUser,
  isPnUser,
  jidDecode,
  normalizeMessageContent,
  type proto,
  toNumber,
  type WAMessage,
} from '@whiskeysockets/baileys';
import type { InboundBody, MediaRef } from '../../../core/messaging.ts';
import { cardOf } from '../../vcard.ts';
import type { DriverMessage, Person } from '../linked/contract.ts';

/** The person behind WhatsApp's addresses, of which one may be the number and the other the hidden id. */
export function personOf(...jids: (string | null | undefined)[]): Person {
  const person: Person = {};
  for (const jid of jids) {
    const user = jid ? jidDecode(jid)?.user : undefined;
    if (!user) continue;
    if (isLidUser(jid!)) person.lid ??= user;
    else if (isPnUser(jid!)) person.phone ??= user;
  }
  return person;
}

/** @returns undefined for what is no message of a customer: our own, groups, the protocol's housekeeping. */
export function readMessage({
  key,
  message,
  pushName,
  messageTimestamp,
}: WAMessage): DriverMessage | undefined {
  const from = personOf(key.remoteJid, key.remoteJidAlt);
  if (key.fromMe || !key.id || (!from.phone && !from.lid)) return undefined;
  const content = normalizeMessageContent(message ?? undefined);
  const read = content && readBody(content);
  if (!read) return undefined;
  const ad = content && contextOf(content)?.externalAdReply;
  return {
    id: key.id,
    from,
    ...(pushName && { name: pushName }),
    at: toNumber(messageTimestamp ?? 0) * 1000,
    ...read,
    ...(ad && {
      ad: {
        ...(ad.title && { title: ad.title }),
        ...(ad.sourceId && { id: ad.sourceId }),
        ...(ad.sourceUrl && { page: ad.sourceUrl }),
      },
    }),
  };
}

/** What came but cannot be read. */
export const unreadable = ({ key, pushName, messageTimestamp }: WAMessage, note: string): DriverMessage => ({
  id: `${key.id}/unreadable`,
  from: personOf(key.remoteJid, key.remoteJidAlt),
  ...(pushName && { name: pushName }),
  at: toNumber(messageTimestamp ?? 0) * 1000,
  body: { kind: 'unknown', note },
});

type Read = { body: InboundBody; file?: string };
type Content = proto.IMessage;

function readBody(content: Content): Read | undefined {
  const edited = content.protocolMessage?.editedMessage;
  if (edited) return readBody(normalizeMessageContent(edited) ?? {});
  if (content.protocolMessage)
    return isRevoke(content) ? signal('deleted', { id: content.protocolMessage.key?.id }) : undefined;
  const text = content.conversation || content.extendedTextMessage?.text;
  if (text) return { body: { kind: 'text', text } };
  return readMedia(content) ?? readOther(content);
}

const isRevoke = ({ protocolMessage }: Content): boolean => protocolMessage?.type === 0;

const signal = (name: string, data: Record<string, unknown>): Read => ({
  body: { kind: 'signal', name, data },
});

const media = [
  ['imageMessage', 'image', 'image'],
  ['stickerMessage', 'image', 'sticker'],
  ['videoMessage', 'video', 'video'],
  ['ptvMessage', 'video', 'video'],
  ['audioMessage', 'audio', 'audio'],
  ['documentMessage', 'document', 'document'],
] as const;

function readMedia(content: Content): Read | undefined {
  for (const [field, type, kind] of media) {
    const found = content[field] as
      | (proto.Message.IDocumentMessage & { caption?: string | null })
      | null
      | undefined;
    if (!found) continue;
    const { mimetype, fileName, fileLength, caption, mediaKey, directPath, url } = found;
    const ref: MediaRef = {
      type,
      ...(mimetype && { mime: mimetype.split(';')[0]! }),
      ...(fileName && { filename: fileName }),
      ...(fileLength && { bytes: toNumber(fileLength) }),
    };
    return {
      body: { kind: 'media', media: [ref], ...(caption && { text: caption }) },
      file: JSON.stringify({ kind, mediaKey, directPath, url, mime: mimetype }, BufferJSON.replacer),
    };
  }
  return undefined;
}

function readOther(content: Content): Read | undefined {
  const place = content.locationMessage ?? content.liveLocationMessage;
  if (place) {
    const { degreesLatitude, degreesLongitude } = place;
    const name = content.locationMessage?.name;
    return {
      body: {
        kind: 'location',
        latitude: degreesLatitude ?? 0,
        longitude: degreesLongitude ?? 0,
        ...(name && { name }),
      },
    };
  }
  const cards = content.contactMessage ? [content.contactMessage] : content.contactsArrayMessage?.contacts;
  if (cards)
    return {
      body: {
        kind: 'contact',
        contacts: cards.map(({ vcard, displayName }) => cardOf(vcard ?? '', displayName ?? '')),
      },
    };
  if (content.reactionMessage)
    return signal('reaction', {
      message_id: content.reactionMessage.key?.id,
      emoji: content.reactionMessage.text ?? '',
    });
  // Buttons of other programs: what they said is what the customer says.
  const chosen =
    content.buttonsResponseMessage?.selectedDisplayText ??
    content.listResponseMessage?.title ??
    content.templateButtonReplyMessage?.selectedDisplayText;
  if (chosen) return { body: { kind: 'text', text: chosen } };
  const type = Object.keys(content).find((name) => content[name as keyof Content] && !housekeeping.has(name));
  return type ? { body: { kind: 'unknown', note: `WhatsApp message of type ${type}` } } : undefined;
}

/** These come along with messages, or instead of one, and say nothing of the customer's. */
const housekeeping = new Set([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'pollUpdateMessage',
  'keepInChatMessage',
  'encReactionMessage',
]);

const contextOf = (content: Content): proto.IContextInfo | null | undefined =>
  content.extendedTextMessage?.contextInfo ??
  content.imageMessage?.contextInfo ??
  content.videoMessage?.contextInfo;
