/** Where an answer goes: into the message whose button was pressed, the last one with the card's key, or a new one. */
import type { ChannelPort } from '../../core/define.ts';
import type { Content, Outbound, SendResult } from '../../core/messaging.ts';
import { vcardOf } from '../vcard.ts';
import { type ApiAnswer, repeatable, type TelegramApi } from './api.ts';
import { type Settled, settleMedia } from './media.ts';
import { type Message, toCards, toWords } from './message.ts';
import type { Settings } from './settings.ts';

export function createSend(api: TelegramApi, port: ChannelPort, settings: Settings) {
  const deps = { state: port.state, base: port.publicUrl.replace(/\/$/, '') };

  return async function send(out: Outbound): Promise<SendResult> {
    const { content, to } = out;
    switch (content.kind) {
      case 'media':
        return sendFile(to, content);
      case 'location': {
        const { latitude, longitude, name: title, address } = content;
        return posted(await api.call('sendVenue', { chat_id: to, latitude, longitude, title, address }));
      }
      // Telegram's card has one number, and needs it: without one it is text.
      case 'contact': {
        const { name, phones } = content.contact;
        if (!phones[0]) break;
        const [first_name = name, ...rest] = name.split(' ');
        const contact = { phone_number: phones[0], first_name, last_name: rest.join(' ') };
        const vcard = vcardOf(content.contact);
        return posted(await api.call('sendContact', { chat_id: to, ...contact, vcard }));
      }
      case 'card':
      case 'cards':
        return sendMessage(out, await toCards(content, deps));
      case 'text':
        if (settings.audience === 'staff') return sendMessage(out, await toCards(content, deps));
        break;
      default:
    }
    const rendered = await toWords(
      content.kind === 'template' ? { kind: 'text', text: content.text } : content,
      deps,
    );
    if (rendered.kind === 'buttons') return sendMessage(out, rendered.message, rendered.choiceMap);
    if (rendered.kind !== 'text')
      return { ok: false, error: 'content', message: `cannot show ${rendered.kind}` };
    return sendMessage(out, { text: rendered.text }, rendered.choiceMap);
  };

  async function sendMessage(
    out: Outbound,
    message: Message,
    choiceMap?: Record<string, string>,
  ): Promise<SendResult> {
    const { content, to, meta } = out;
    const key = content.kind === 'card' && content.card.key ? `card:${to}:${content.card.key}` : undefined;
    if ('update' in content && content.update) {
      const at = (meta?.messageId as number | undefined) ?? (key && (await port.state.get<number>(key)));
      const replaced = at ? await replace(to, at, message) : undefined;
      if (replaced) return replaced;
    }
    const answer = await api.call('sendMessage', { chat_id: to, ...message });
    if (answer.ok && key) await port.state.set(key, answer.result.message_id);
    return posted(answer, choiceMap);
  }

  /** @returns undefined when the message is not there any more: then it is said anew. */
  async function replace(to: string, messageId: number, message: Message): Promise<SendResult | undefined> {
    const answer = repeatable(
      await api.call('editMessageText', { chat_id: to, message_id: messageId, ...message }),
    );
    if (answer.ok) return { ok: true, providerId: String(messageId) };
    if (/message is not modified/i.test(answer.error.message))
      return { ok: true, providerId: String(messageId) };
    // Older than 48 hours, deleted, or a file's caption: nothing was changed.
    return answer.error.error === 'content' ? undefined : posted(answer);
  }

  async function sendFile(
    to: string,
    { media, caption }: Extract<Content, { kind: 'media' }>,
  ): Promise<SendResult> {
    const settled = await settleMedia(media, port);
    if ('ok' in settled) return settled;
    const words = caption && { caption: [...caption].slice(0, 1024).join('') };
    const [method, field] = methods[media.type];
    const answer = await api.call(method, { chat_id: to, [field]: settled.file, ...words });
    if (answer.ok) return remembered(answer, settled);
    // A picture of a shape that Telegram does not show is a file all the same.
    if (media.type !== 'image' || answer.error.error !== 'content') return posted(answer);
    return remembered(
      await api.call('sendDocument', { chat_id: to, document: settled.file, ...words }),
      settled,
    );
  }

  async function remembered(answer: ApiAnswer, settled: Settled): Promise<SendResult> {
    const { photo, document, audio, video } = answer.ok ? answer.result : {};
    const file = photo?.at?.(-1) ?? document ?? audio ?? video;
    if (typeof file?.file_id === 'string') await settled.remember(file.file_id);
    return posted(answer);
  }
}

const methods = {
  image: ['sendPhoto', 'photo'],
  document: ['sendDocument', 'document'],
  audio: ['sendAudio', 'audio'],
  video: ['sendVideo', 'video'],
} as const;

function posted(answer: ApiAnswer, choiceMap?: Record<string, string>): SendResult {
  if (!answer.ok) {
    const { code: _code, ...error } = answer.error;
    return error;
  }
  const id = answer.result?.message_id;
  if (id === undefined) return { ok: false, error: 'ambiguous', message: 'the answer names no message' };
  return { ok: true, providerId: String(id), ...(choiceMap && { choiceMap }) };
}
