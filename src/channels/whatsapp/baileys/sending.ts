/** Sends one message after the other, each confirmed by WhatsApp's server before it counts as sent. */
import {
  type BinaryNode,
  generateWAMessage,
  proto,
  type WAMessageContent,
  type WAMessageKey,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { AppSide, DriverSend, DriverSent, Person } from '../linked/contract.ts';
import { quiet } from './quiet.ts';
import { refusalInWords } from './receipts.ts';
import { toContent } from './write.ts';

/** Less than the outbox gives a send; what has not begun by then is not begun any more. */
const patienceMs = 20_000;

export function createSending(app: Pick<AppSide, 'sending' | 'keysGet'>, socket: () => WASocket) {
  let current: { id: string; ref: string; noted: boolean; isLate: boolean } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const underWay = new Set<string>();

  async function one({ id, ref, to, content }: DriverSend): Promise<DriverSent> {
    const own = { id, ref, noted: false, isLate: false };
    current = own;
    const late = setTimeout(() => {
      own.isLate = true;
    }, patienceMs);
    try {
      const jid = await addressOf(to);
      if (!jid) return { ok: false, error: 'recipient', message: `+${to.phone} is not on WhatsApp` };
      const message = await generateWAMessage(jid, toContent(content), {
        userJid: socket().user!.id,
        messageId: id,
        upload: socket().waUploadToServer,
        logger: quiet,
      });
      // Heard from the first moment: the answer may be faster than the call that sends.
      const answer = socket().waitForMessage<BinaryNode>(id, patienceMs);
      answer.catch(() => {});
      await socket().relayMessage(jid, message.message!, { messageId: id });
      return judge(await answer);
    } catch (error) {
      const { message, output } = error as Error & { output?: { statusCode?: number } };
      // 428: the connection was closed when the stanza was to be written, or while something was asked before it.
      return own.noted && output?.statusCode !== 428
        ? { ok: false, error: 'ambiguous', message }
        : { ok: false, error: 'transient', message };
    } finally {
      clearTimeout(late);
      current = undefined;
    }
  }

  /** A hidden id is preferred where the number has one: sessions belong to it. */
  async function addressOf({ phone, lid }: Person): Promise<string | undefined> {
    if (lid) return `${lid}@lid`;
    const pn = `${phone}@s.whatsapp.net`;
    const mapped = await socket().signalRepository.lidMapping.getLIDForPN(pn);
    if (mapped) return mapped;
    const [found] = (await socket().onWhatsApp(phone!)) ?? [];
    return found?.exists ? pn : undefined;
  }

  return {
    /** One at a time, in the order of the calls. */
    send(message: DriverSend): Promise<DriverSent> {
      underWay.add(message.id);
      const sent = last.then(() => one(message)).finally(() => underWay.delete(message.id));
      last = sent.catch(() => {});
      return sent;
    },

    isUnderWay: (id: string): boolean => underWay.has(id),

    /** Called when a message is about to be encrypted: written down before its first byte leaves. */
    async note<M extends proto.IMessage>(message: M): Promise<M> {
      if (!current || current.noted || message.protocolMessage) return message;
      if (current.isLate) throw new Error('it took too long to prepare');
      const content = Buffer.from(proto.Message.encode(message).finish()).toString('base64');
      await app.sending({ id: current.id, ref: current.ref, content });
      current.noted = true;
      return message;
    },

    /** For a phone that could not decrypt what we sent and asks for it again. */
    async sentBefore({ id }: WAMessageKey): Promise<WAMessageContent | undefined> {
      const note = id ? (await app.keysGet([`sent:${id}`]))[`sent:${id}`] : undefined;
      if (!note) return undefined;
      return proto.Message.decode(Buffer.from((JSON.parse(note) as { content: string }).content, 'base64'));
    },
  };
}

/** The server's answer to a message; none in time means that nobody knows. */
function judge(answer: BinaryNode | undefined): DriverSent {
  if (!answer) return { ok: false, error: 'ambiguous', message: 'WhatsApp did not confirm the message' };
  const { error } = answer.attrs;
  if (!error) return { ok: true };
  return { ok: false, error: kinds[error] ?? 'recipient', message: refusalInWords(error) };
}

/** 479 is a stale session, which is renewed with the next attempt. */
const kinds: Record<string, Extract<DriverSent, { ok: false }>['error']> = {
  '401': 'auth',
  '403': 'auth',
  '429': 'rate',
  '479': 'transient',
};
