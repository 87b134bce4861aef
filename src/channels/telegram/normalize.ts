/** One update → our events. Sources: core.telegram.org/bots/api#message, #callbackquery and core.telegram.org/bots/features#deep-linking. */
import { z } from 'zod';
import type { Identity, InboundBody, InboundEvent, MediaRef } from '../../core/messaging.ts';
import { readPress } from '../render.ts';
import type { Settings } from './settings.ts';
import type { Callback, Member, Message, Update } from './update.ts';

export type Where = {
  account: string;
  audience: Settings['audience'];
  at: Date;
  /** What a button's data stands for; undefined for a button that is none of ours. */
  valueOf(data: string): Promise<string | undefined>;
};

/** Private chats only: what is said in a group is not said to us. Kinds of updates that we did not ask for are none. */
export async function normalize(update: Update, where: Where): Promise<InboundEvent[]> {
  const { message, edited_message: edited, callback_query: pressed, my_chat_member: member } = update;
  if (pressed) return fromCallback(update, pressed, where);
  if (member) return fromMember(update, member, where);
  const told = message ?? edited;
  if (!told || !isPrivate(told)) return [];
  const isStart = where.audience === 'customers' && startOf(told) !== undefined;
  return [
    event(update, where, {
      thread: String(told.chat.id),
      from: identitiesOf(told),
      name: nameOf(told.from),
      at: told.date,
      body: isStart ? hello : edited ? editedBody(told, where) : readBody(told, where),
      meta: { ...origin(told, where), ...(edited && { edited: true }), messageOf: told.message_id },
    }),
  ];
}

async function fromCallback(update: Update, pressed: Callback, where: Where): Promise<InboundEvent[]> {
  const { message, data, from } = pressed;
  if (message && message.chat.type !== 'private') return [];
  const value = data === undefined ? undefined : await where.valueOf(data);
  const label = message?.reply_markup?.inline_keyboard
    .flat()
    .find((button) => button.callback_data === data)?.text;
  const again = value === undefined ? undefined : readPress(value)?.again;
  return [
    event(update, where, {
      thread: String(message?.chat.id ?? from.id),
      from: [{ scheme: 'telegram', value: String(from.id) }],
      name: nameOf(from),
      at: where.at,
      body: { kind: 'press', value: value ?? '', label: label ?? '' },
      meta: {
        ...(where.audience === 'customers' && { source: 'telegram', medium: 'chat' }),
        ...(message && { messageId: message.message_id }),
        ...(again && { again }),
      },
    }),
  ];
}

/** Blocked and unblocked: nobody has said anything, but the timeline may know. */
function fromMember(
  update: Update,
  { chat, from, date, new_chat_member }: Member,
  where: Where,
): InboundEvent[] {
  if (chat.type !== 'private') return [];
  const isBlocked = new_chat_member.status === 'kicked';
  return [
    event(update, where, {
      thread: String(chat.id),
      from: [{ scheme: 'telegram', value: String(from.id) }],
      name: nameOf(from),
      at: date,
      body: { kind: 'signal', name: isBlocked ? 'blocked' : 'unblocked' },
    }),
  ];
}

/** What a colleague corrects was done already: it is not done again. A customer's correction is said anew. */
function editedBody(message: Message, where: Where): InboundBody {
  if (where.audience === 'staff')
    return { kind: 'unknown', note: 'an edited message: said again, it counts' };
  return readBody(message, where);
}

type Reader = (message: any) => InboundBody;
const readers: Record<string, Reader> = {
  text: ({ text }) => ({ kind: 'text', text }),
  photo: ({ photo, caption }) => file('image', photo.at(-1), caption, 'image/jpeg'),
  document: ({ document, caption }) => file('document', document, caption),
  // An animation comes with `document` beside it, for older programs.
  animation: ({ animation, caption }) => file('video', animation, caption, 'video/mp4'),
  video: ({ video, caption }) => file('video', video, caption, 'video/mp4'),
  video_note: ({ video_note }) => file('video', video_note, undefined, 'video/mp4'),
  voice: ({ voice, caption }) => file('audio', voice, caption, 'audio/ogg'),
  audio: ({ audio, caption }) => file('audio', audio, caption, 'audio/mpeg'),
  sticker: ({ sticker }) => file('image', sticker, undefined, 'image/webp'),
  venue: ({ venue }) => ({ ...place(venue.location), name: z.string().parse(venue.title) }),
  location: ({ location }) => place(location),
  contact: ({ contact }) => {
    const { first_name = '', last_name = '', phone_number } = contactSchema.parse(contact);
    const name = [first_name, last_name].filter(Boolean).join(' ');
    return { kind: 'contact', contacts: [{ name, phones: [phone_number], emails: [] }] };
  },
};
/** In this order: the first that a message has says what it is. */
const kinds = Object.keys(readers).toSorted((a, b) => Number(a === 'document') - Number(b === 'document'));

function readBody(message: Message, where: Where): InboundBody {
  const start = startOf(message);
  // t.me/<bot>?start=CODE: the code from the console, without typing it.
  if (start) return { kind: 'command', text: `link ${start}` };
  if (start === '') return { kind: 'command', text: 'help' };
  if (where.audience === 'staff' && message.text?.startsWith('/')) return slash(message.text);
  const kind = kinds.find((one) => message[one] !== undefined);
  if (!kind) return { kind: 'unknown', note: `Telegram message with ${contentNames(message)}` };
  try {
    return readers[kind]!(message);
  } catch {
    return { kind: 'unknown', note: `Telegram message with ${kind} that is not as documented` };
  }
}

/** `/crm today`, `/today` and `/today@the_bot` are one. */
const slash = (text: string): InboundBody => ({
  kind: 'command',
  text: text
    .replace(/^\/(?:crm\b)?/i, '')
    .replace(/^(\w*)@\w+/, '$1')
    .trim(),
});

/** Whoever presses Start wants to be spoken to: Telegram’s own way of saying hello. */
const hello: InboundBody = { kind: 'text', text: 'Hello' };

/** `/start` and what a link into the chat carried; undefined for anything else. */
function startOf({ text = '' }: Message): string | undefined {
  const match = /^\/start(?:@\w+)?(?:\s+([\w-]{1,64}))?\s*$/.exec(text);
  return match ? (match[1] ?? '') : undefined;
}

/** The link that opened the chat is the lead's campaign: `t.me/<bot>?start=diwali-poster`. */
function origin(message: Message, { audience }: Where): Record<string, unknown> {
  if (audience === 'staff') return {};
  const campaign = startOf(message);
  return { source: 'telegram', medium: campaign ? 'link' : 'chat', ...(campaign && { campaign }) };
}

const contactSchema = z.looseObject({
  phone_number: z.string().min(1),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  user_id: z.number().optional(),
});

/** Whoever shares their own contact shows the number that Telegram has verified: it is theirs, without a code. */
function identitiesOf(message: Message): Identity[] {
  const own: Identity = { scheme: 'telegram', value: String(message.from?.id ?? message.chat.id) };
  const contact = contactSchema.safeParse(message.contact);
  const isOwn = contact.success && message.from && contact.data.user_id === message.from.id;
  const digits = isOwn ? contact.data.phone_number.replace(/\D/g, '') : '';
  return digits.length >= 7 ? [own, { scheme: 'phone', value: `+${digits}` }] : [own];
}

const mediaSchema = z.looseObject({
  file_id: z.string().min(1),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.number().optional(),
});
function file(type: MediaRef['type'], value: unknown, caption: unknown, usual?: string): InboundBody {
  const {
    file_id: id,
    file_name: filename,
    mime_type: mime = usual,
    file_size: bytes,
  } = mediaSchema.parse(value);
  const media: MediaRef = {
    type,
    id,
    ...(mime && { mime }),
    ...(filename && { filename }),
    ...(bytes !== undefined && { bytes }),
  };
  return { kind: 'media', media: [media], ...(typeof caption === 'string' && caption && { text: caption }) };
}

function place(value: unknown): Extract<InboundBody, { kind: 'location' }> {
  const { latitude, longitude } = z.object({ latitude: z.number(), longitude: z.number() }).parse(value);
  return { kind: 'location', latitude, longitude };
}

const isPrivate = ({ chat }: Message): boolean => chat.type === 'private';
const nameOf = (from?: Message['from']): string =>
  [from?.first_name, from?.last_name].filter(Boolean).join(' ') || (from?.username ?? '');
const envelope = new Set(['message_id', 'date', 'chat', 'from']);
const contentNames = (message: Message): string =>
  Object.keys(message)
    .filter((key) => !envelope.has(key))
    .slice(0, 5)
    .join(', ') || 'nothing that is known';

type Told = Pick<InboundEvent, 'thread' | 'from' | 'at' | 'body'> & {
  name: string;
  meta?: Record<string, unknown>;
};
function event(update: Update, where: Where, { name, meta = {}, ...told }: Told): InboundEvent {
  const isStaff = where.audience === 'staff';
  return {
    id: String(update.update_id),
    channel: 'telegram',
    account: where.account,
    audience: isStaff ? 'staff' : 'customer',
    ...told,
    ...(name && { name }),
    // Nothing opens a form here: what is missing is asked for in words.
    meta: { ...meta, ...(isStaff && { dialogue: true }) },
  };
}
