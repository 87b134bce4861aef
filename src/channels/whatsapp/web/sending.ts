/** Sends one message after the other by WhatsApp's page; each counts as sent when the server has it. */
import whatsappWeb, { type Client } from 'whatsapp-web.js';
import type {
  AppSide,
  DriverContent,
  DriverReceipt,
  DriverSend,
  DriverSent,
  Person,
} from '../linked/contract.ts';
import { nameNextMessage } from './page.ts';

const { MessageMedia, Location } = whatsappWeb;
const patienceMs = 20_000;

export function createSending(app: Pick<AppSide, 'sending'>, client: Client) {
  let last: Promise<unknown> = Promise.resolve();
  const waiting = new Map<string, (status: DriverReceipt['status']) => void>();

  async function one({ id, ref, to, content }: DriverSend): Promise<DriverSent> {
    let isLeaving = false;
    try {
      const chat = await chatOf(to);
      if (!chat) return { ok: false, error: 'recipient', message: `+${to.phone} is not on WhatsApp` };
      await nameNextMessage(client.pupPage!, id);
      await app.sending({ id, ref, content: '' });
      isLeaving = true;
      const told = new Promise<DriverReceipt['status']>((resolve) => waiting.set(id, resolve));
      const { body, options } = inPageWords(content);
      const sent = await client.sendMessage(chat, body as never, {
        ...options,
        sendSeen: true,
        linkPreview: false,
      });
      if (!sent) return { ok: false, error: 'recipient', message: 'WhatsApp’s page has no such chat' };
      const own = sent.id.id;
      if (own !== id) await app.sending({ id: own, ref, content: '' });
      const status = sent.ack >= 1 ? 'sent' : await inTime(own === id ? told : undefined);
      if (status === 'failed')
        return { ok: false, error: 'recipient', message: 'WhatsApp refused the message' };
      if (!status) return { ok: false, error: 'ambiguous', message: 'WhatsApp did not confirm the message' };
      return { ok: true, ...(own !== id && { id: own }) };
    } catch (error) {
      return { ok: false, error: isLeaving ? 'ambiguous' : 'transient', message: (error as Error).message };
    } finally {
      waiting.delete(id);
    }
  }

  async function chatOf({ phone, lid }: Person): Promise<string | undefined> {
    if (lid) return `${lid}@lid`;
    return (await client.getNumberId(phone!))?._serialized;
  }

  return {
    send(message: DriverSend): Promise<DriverSent> {
      const sent = last.then(() => one(message));
      last = sent.catch(() => {});
      return sent;
    },
    heard: (id: string, status: DriverReceipt['status']): void => waiting.get(id)?.(status),
    isUnderWay: (id: string): boolean => waiting.has(id),
  };
}

function inTime<T>(promise: Promise<T> | undefined): Promise<T | undefined> {
  if (!promise) return Promise.resolve(undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function inPageWords(content: DriverContent): { body: unknown; options: object } {
  switch (content.kind) {
    case 'text':
      return { body: content.text, options: { parseVCards: false } };
    case 'contact':
      return { body: content.vcard, options: { parseVCards: true } };
    case 'location': {
      const { latitude, longitude, name, address } = content;
      return { body: new Location(latitude, longitude, { name, address }), options: {} };
    }
    case 'media': {
      const { body, mime, filename, caption, type } = content;
      const media = new MessageMedia(mime, Buffer.from(body).toString('base64'), filename);
      return {
        body: media,
        options: { ...(caption && { caption }), ...(type === 'document' && { sendMediaAsDocument: true }) },
      };
    }
  }
}
