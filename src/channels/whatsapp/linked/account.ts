/** A WhatsApp account by a linked phone: what its driver hears becomes events, what we say goes through it. */
import { randomInt } from 'node:crypto';
import type { ChannelAccount, ChannelPort } from '../../../core/define.ts';
import type { Outbound, Receipt, SendResult } from '../../../core/messaging.ts';
import type { AppSide, DriverMessage, DriverReceipt } from './contract.ts';
import type { DriverProcess } from './driver-process.ts';
import { personOf, threadOf, toEvent } from './identity.ts';
import { type LinkState, linkStateOf, type Order, stateInWords } from './link-state.ts';
import { draw, messageIdOf } from './outbound.ts';
import { createPace } from './pace.ts';
import { isResting, type Pacing, refusal } from './rules.ts';
import { linkedCapabilities } from './settings.ts';
import { createSupervisor } from './supervisor.ts';

export type LinkedSettings = Record<string, unknown> &
  Pacing & { maxMegabytes: number; recycleMegabytes: number };

/** A linked account can be paired and unlinked from the console. */
export type LinkedAccount = ChannelAccount &
  Required<Pick<ChannelAccount, 'link' | 'start' | 'stop'>> & {
    /** The driver's process, while it is connected. */
    driverPid(): number | undefined;
  };

export type LinkedDeps = {
  id: string;
  settings: LinkedSettings;
  port: ChannelPort;
  fork: (app: AppSide) => DriverProcess;
  /** 0 ≤ random < 1. */
  random?: () => number;
  wait?: (ms: number, stop: AbortSignal) => Promise<void>;
  orderPollMs?: number;
};

const day = 24 * 3600_000;
/** WhatsApp keeps files about a month; a phone asks for a message again within days. */
const fileKeptMs = 30 * day;
const sentKeptMs = 14 * day;

export function openLinkedAccount({
  id: account,
  settings,
  port,
  fork,
  random = () => randomInt(2 ** 32) / 2 ** 32,
  ...more
}: LinkedDeps): LinkedAccount {
  const pace = createPace(settings, port, random);
  /** Messages whose first byte may have left, by WhatsApp's id. */
  const leaving = new Set<string>();
  const supervisor = createSupervisor({ port, settings, fork, app, ...more });

  function app(token: number) {
    return {
      async accept(messages: DriverMessage[]) {
        const events = [];
        for (const message of messages) {
          const thread = await threadOf(message.from, port.state);
          const event = toEvent(message, { account, thread });
          if (message.file) {
            const { id } = event;
            await port.keys.set([{ name: `file:${id}`, value: message.file, forMs: fileKeptMs }], token);
            if (event.body.kind === 'media') for (const ref of event.body.media) ref.id = id;
          }
          events.push(event);
        }
        await port.accept(events);
      },
      async receipts(receipts: DriverReceipt[]) {
        await port.receipts(await withRefs(receipts));
      },
      keysGet: (names: string[]) => port.keys.get(names),
      keysSet: (changes: Parameters<AppSide['keysSet']>[0]) => port.keys.set(changes, token),
      async sending({ id, ref, content }: { id: string; ref: string; content: string }) {
        const value = JSON.stringify({ ref, content });
        await port.keys.set([{ name: `sent:${id}`, value, forMs: sentKeptMs }], token);
        leaving.add(id);
      },
    };
  }

  /** A receipt names WhatsApp's id; ours was written down before the message left. */
  async function withRefs(receipts: DriverReceipt[]): Promise<Receipt[]> {
    const kept = await port.keys.get(receipts.map(({ id }) => `sent:${id}`));
    return receipts.map(({ id, status, at, error }) => {
      const note = kept[`sent:${id}`];
      return {
        channel: 'whatsapp',
        account,
        providerId: id,
        status,
        at: new Date(at),
        ...(note && { ref: (JSON.parse(note) as { ref: string }).ref }),
        ...(error && { error }),
      };
    });
  }

  async function send(out: Outbound): Promise<SendResult> {
    const to = personOf(out.to);
    if (!to) return refuse('recipient', `${out.to} is not a telephone number`);
    const why = refusal({ purpose: out.purpose, lastInboundAt: out.meta?.lastInboundAt }, settings);
    if (why) return refuse('window', why);
    const drawn = await draw(out.content, { port, maxBytes: settings.maxMegabytes * 1_000_000 });
    if ('error' in drawn) return drawn;
    const id = messageIdOf(out.id);
    // An attempt whose answer was lost, and that is made again by a person: as far as the phone tells, it may be a copy.
    const connection = supervisor.online();
    if (!connection) return notConnected(await linkStateOf(port));
    const waitMs = await pace.take();
    if (waitMs) return { ...refuse('rate', 'a person would not write faster'), retryAfterMs: waitMs };
    try {
      const sent = await connection.driver.send({ id, ref: out.id, to, content: drawn.content });
      if (!sent.ok)
        return {
          ...refuse(sent.error, sent.message),
          ...(sent.error === 'rate' && { retryAfterMs: 60_000 }),
        };
      return { ok: true, providerId: sent.id ?? id, ...(drawn.choiceMap && { choiceMap: drawn.choiceMap }) };
    } catch (error) {
      // The process is gone. What it had not told us it was sending has surely not left.
      return leaving.has(id)
        ? refuse('ambiguous', 'the connection ended before WhatsApp confirmed the message')
        : refuse('transient', (error as Error).message);
    } finally {
      leaving.delete(id);
    }
  }

  const order = async (given: Order): Promise<void> => {
    await port.state.set('order', given);
    // In this process it is obeyed at once; another finds it in the database.
    if (supervisor.isRunning()) await supervisor.wake();
  };

  return {
    capabilities: linkedCapabilities,
    send,
    async start() {
      supervisor.start();
    },
    stop: () => supervisor.stop(),
    driverPid: () => supervisor.online()?.pid,
    async media({ id = '', mime, filename }) {
      const file = (await port.keys.get([`file:${id}`]))[`file:${id}`];
      const connection = supervisor.online();
      if (!file) throw new Error('WhatsApp does not keep this file any more.');
      if (!connection) throw new Error(stateInWords(await linkStateOf(port)));
      const { body, mime: told } = await connection.driver.download(file, settings.maxMegabytes * 1_000_000);
      return {
        body: Buffer.from(body),
        mime: mime ?? told ?? 'application/octet-stream',
        ...(filename && { filename }),
      };
    },
    async health() {
      const state = await linkStateOf(port);
      return { ok: state.phase === 'online', detail: stateInWords(state) };
    },
    link: {
      async state() {
        const state = await linkStateOf(port);
        const { phase, qr, me, since } = state;
        return {
          phase,
          words: stateInWords(state),
          since: new Date(since),
          ...(qr && { qr }),
          ...(me && { me: [me.name, me.phone && `+${me.phone}`].filter(Boolean).join(' ') }),
        };
      },
      pair: () => order('pair'),
      unpair: () => order('unpair'),
    },
  };
}

const refuse = (error: Extract<SendResult, { ok: false }>['error'], message: string) => ({
  ok: false as const,
  error,
  message,
});

const notConnected = (state: LinkState): SendResult =>
  refuse(isResting(state.phase) ? 'auth' : 'transient', stateInWords(state));
