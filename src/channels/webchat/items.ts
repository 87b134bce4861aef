/** A line of the transcript as the visitor may see it: no ids of staff, nothing internal. */
import type { Choice, ContactCard, Content, InboundBody, MediaRef } from '../../core/messaging.ts';

/** What the conversations module hands out; a `messageView` fits. `providerId` is the inbound event's id. */
export type TranscriptItem = {
  id: string;
  seq: number;
  direction: 'in' | 'out';
  author: { kind: 'customer' | 'bot' | 'user'; name?: string };
  text: string;
  content?: Content | InboundBody;
  at: string;
  providerId?: string;
};

/** One conversation's messages in order, and a bell for new ones. `thread` is the visitor's id, unique everywhere. */
export type Transcript = {
  after(thread: string, seq: number, limit: number): Promise<TranscriptItem[]>;
  subscribe(thread: string, fn: () => void): () => void;
};

export type ChatMedia = { type: MediaRef['type']; url?: string; filename?: string; mime?: string };

export type ChatItem = {
  id: string;
  /** The cursor: ask for what comes `after` it. */
  seq: number;
  direction: 'in' | 'out';
  text: string;
  at: string;
  /** Of an `in` item: the id that the widget gave it. */
  clientMessageId?: string;
  author?: { kind: 'bot' | 'user'; name?: string };
  choices?: Choice[];
  media?: ChatMedia;
  /** Of an `in` item: what the visitor sent. */
  files?: ChatMedia[];
  location?: { name: string; address: string; latitude: number; longitude: number };
  contact?: ContactCard;
};

export function toChatItem(item: TranscriptItem, mediaUrl: (media: MediaRef) => string): ChatItem {
  const base: ChatItem = {
    id: item.id,
    seq: item.seq,
    direction: item.direction,
    text: item.text,
    at: item.at,
  };
  if (item.direction === 'in') {
    const own = item.providerId?.indexOf('.') ?? -1;
    const { content } = item;
    return {
      ...base,
      ...(own >= 0 && { clientMessageId: item.providerId!.slice(own + 1) }),
      ...(content?.kind === 'media' &&
        Array.isArray(content.media) && {
          text: ('text' in content && content.text) || '',
          files: content.media.map((media) => shown(media, mediaUrl)),
        }),
    };
  }
  const { kind, name } = item.author;
  return {
    ...base,
    author: { kind: kind === 'user' ? 'user' : 'bot', ...(name && { name }) },
    ...extras(item.content, mediaUrl),
  };
}

function shown(media: MediaRef, mediaUrl: (media: MediaRef) => string): ChatMedia {
  const { type, filename, mime } = media;
  const url = media.url ?? (media.id && mediaUrl(media));
  return { type, ...(url && { url }), ...(filename && { filename }), ...(mime && { mime }) };
}

function extras(
  content: TranscriptItem['content'],
  mediaUrl: (media: MediaRef) => string,
): Partial<ChatItem> {
  if (content?.kind === 'text' && 'choices' in content && content.choices?.length)
    return { choices: content.choices };
  if (content?.kind === 'media' && !Array.isArray(content.media)) {
    return {
      text: ('caption' in content && content.caption) || '',
      media: shown(content.media, mediaUrl),
    };
  }
  if (content?.kind === 'contact' && 'contact' in content) return { text: '', contact: content.contact };
  if (content?.kind === 'location' && 'address' in content) {
    const { name = '', address, latitude, longitude } = content;
    return { location: { name, address, latitude, longitude } };
  }
  return {};
}
