/** Meta's messages → our events and receipts. Every entry is read: Meta batches them. */
import { z } from 'zod';
import type { InboundBody, InboundEvent, MediaRef, Receipt } from '../../core/messaging.ts';
import { invalid } from '../../core/validate.ts';
import type { Side } from './settings.ts';
import type { Change, Messaging, Payload } from './webhook-payload.ts';

export type Read = {
  messages: InboundEvent[];
  receipts: Receipt[];
  /** Everything up to then has been read by this person. */
  read: { person: string; until: Date }[];
  changes: { change: Change; path: string }[];
};

/** @throws AppError input.invalid when the payload is for another page or account than this one. */
export function normalize(payload: Payload, { account, side }: { account: string; side: Side }): Read {
  const read: Read = { messages: [], receipts: [], read: [], changes: [] };
  if (payload.object !== side.object) throw invalid('object', `is not ${side.object}`);
  for (const [e, entry] of payload.entry.entries()) {
    if (entry.id !== side.entryId) throw invalid(`entry.${e}.id`, 'is another page than this account’s');
    for (const one of entry.messaging) take(one, { account, side }, read);
    for (const [c, change] of entry.changes.entries())
      read.changes.push({ change, path: `entry.${e}.changes.${c}.value` });
  }
  return read;
}

type Where = { account: string; side: Side };

function take(one: Messaging, where: Where, into: Read): void {
  const { message, postback, delivery, read, referral } = one;
  const receipt = (
    status: Receipt['status'],
    more: Pick<Receipt, 'providerId' | 'ref'>,
    at: Date,
  ): Receipt => ({
    channel: where.side.channel,
    account: where.account,
    status,
    at,
    ...more,
  });
  if (message?.is_echo) {
    // What we sent ourselves comes back with our reference; what a colleague wrote in the page's inbox has none.
    if (message.metadata)
      into.receipts.push(receipt('sent', { ref: message.metadata, providerId: message.mid }, one.timestamp));
    return;
  }
  if (message)
    into.messages.push(event(message.mid, one, messageBody(message), origin(message.referral, where), where));
  else if (postback) {
    const { mid, title, payload } = postback;
    const id = mid ?? `postback:${one.sender.id}:${one.timestamp.getTime()}`;
    const body: InboundBody = payload
      ? { kind: 'press', value: payload, label: title }
      : { kind: 'text', text: title };
    into.messages.push(event(id, one, body, origin(postback.referral ?? referral, where), where));
  } else if (delivery)
    for (const providerId of delivery.mids ?? [])
      into.receipts.push(receipt('delivered', { providerId }, delivery.watermark ?? one.timestamp));
  else if (read?.mid) into.receipts.push(receipt('read', { providerId: read.mid }, one.timestamp));
  else if (read) into.read.push({ person: one.sender.id, until: read.watermark ?? one.timestamp });
  else if (referral) {
    // An m.me link or an advertisement opened a chat that exists already.
    const id = `referral:${one.sender.id}:${one.timestamp.getTime()}`;
    into.messages.push(event(id, one, { kind: 'signal', name: 'referral' }, origin(referral, where), where));
  } else {
    const names = Object.keys(one).filter((key) => !['sender', 'recipient', 'timestamp'].includes(key));
    const id = `other:${one.sender.id}:${one.timestamp.getTime()}:${names.join(',')}`;
    const isAct = names.some((name) => acts.has(name));
    const body: InboundBody = isAct
      ? { kind: 'signal', name: names[0] ?? 'reaction' }
      : { kind: 'unknown', note: `Meta event with ${names.slice(0, 5).join(', ') || 'nothing'}` };
    into.messages.push(event(id, one, body, origin(undefined, where), where));
  }
}

/** Things that people do without saying anything. */
const acts = new Set([
  'reaction',
  'optin',
  'account_linking',
  'pass_thread_control',
  'take_thread_control',
  'message_edit',
]);

function messageBody({
  text,
  quick_reply: pressed,
  attachments = [],
  is_deleted,
  ...rest
}: NonNullable<Messaging['message']>): InboundBody {
  if (is_deleted) return { kind: 'signal', name: 'deleted' };
  if (pressed) return { kind: 'press', value: pressed.payload, label: text ?? '' };
  const place = attachments.map(placeOf).find((one) => one !== undefined);
  if (place) return place;
  const media = attachments.flatMap(({ type, payload }) => mediaOf(type, payload));
  if (media.length) return { kind: 'media', media, ...(text && { text }) };
  if (text !== undefined) return { kind: 'text', text };
  const types = attachments.map(({ type }) => type);
  const names = Object.keys(rest).filter((key) => key !== 'mid');
  return {
    kind: 'unknown',
    note: `Meta message with ${[...types, ...names].slice(0, 5).join(', ') || 'nothing'}`,
  };
}

const kinds: Record<string, MediaRef['type']> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  file: 'document',
  // Instagram
  share: 'image',
  story_mention: 'image',
  ig_reel: 'video',
  reel: 'video',
};

/** Their files come by address; it lasts for hours only. */
function mediaOf(type: string, payload: unknown): MediaRef[] {
  const kind = kinds[type];
  const url = z.looseObject({ url: z.string().min(1) }).safeParse(payload);
  if (!kind || !url.success) return [];
  return [{ type: kind, url: url.data.url }];
}

function placeOf({ type, payload }: { type: string; payload?: unknown }): InboundBody | undefined {
  if (type !== 'location') return undefined;
  const place = z
    .looseObject({ coordinates: z.object({ lat: z.number(), long: z.number() }) })
    .safeParse(payload);
  if (!place.success) return undefined;
  const { lat: latitude, long: longitude } = place.data.coordinates;
  return { kind: 'location', latitude, longitude };
}

type Referral = Messaging['referral'];

/** The advertisement or m.me link that opened the chat is the lead's campaign. */
function origin(referral: Referral, { side }: Where): Record<string, unknown> {
  const isAd = referral?.ad_id !== undefined || referral?.source === 'ADS';
  const campaign = referral?.ads_context_data?.ad_title ?? referral?.ref ?? referral?.ad_id;
  return {
    source: side.channel,
    medium: isAd ? 'ad' : referral?.ref ? 'link' : 'chat',
    ...(campaign && { campaign }),
  };
}

function event(
  id: string,
  { sender, timestamp }: Messaging,
  body: InboundBody,
  meta: Record<string, unknown>,
  { account, side }: Where,
): InboundEvent {
  return {
    id,
    channel: side.channel,
    account,
    audience: 'customer',
    thread: sender.id,
    from: [{ scheme: side.scheme, value: sender.id, scope: side.entryId }],
    at: timestamp,
    body,
    meta,
  };
}
