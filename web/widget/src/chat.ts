/** The state of one chat: what the transcript says, what waits to be sent, what was seen. Knows nothing of the page. */
import { CallError, type Client } from './client.ts';
import { createLive } from './live.ts';
import type { Storage } from './storage.ts';
import type { Item, Pending, Press } from './types.ts';

export type ChatState = {
  items: Item[];
  pending: Pending[];
  connected: boolean;
  loaded: boolean;
  awaiting: boolean;
  unread: number;
};
export type Chat = ReturnType<typeof createChat>;

/** For how long an answer is announced by dots. */
const awaitMs = 8_000;
const retryMs = 4_000;

export function createChat({
  client,
  storage,
  account,
  onChange,
}: {
  client: Client;
  storage: Storage;
  account: string;
  onChange: () => void;
}) {
  const items = new Map<string, Item>();
  let token = storage.read().token;
  let pending = (storage.read().pending as Pending[]).map(
    (message): Pending => (message.state === 'sent' ? message : { ...message, state: 'sending' }),
  );
  let connected = true;
  let loaded = !token;
  let awaitedSince = 0;
  let pumping = false;
  let retryTimer = 0;

  const sorted = () => [...items.values()].sort((a, b) => a.seq - b.seq);
  const cursor = () => sorted().at(-1)?.seq ?? 0;
  const keep = () => storage.write({ pending });

  const live = createLive({
    client,
    token: () => token,
    cursor,
    onItems,
    onState(next) {
      if (next && pending.some(({ state }) => state === 'failed')) retryAll();
      if (next !== connected || (next && !loaded)) {
        connected = next;
        loaded ||= next;
        onChange();
      }
    },
    onUnauthorized: forget,
  });

  function onItems(fresh: Item[]): void {
    for (const item of fresh) {
      items.set(item.id, item);
      if (item.direction === 'in') settle(item);
      else awaitedSince = 0;
    }
    loaded = true;
    keep();
    onChange();
  }

  /** What stands in the transcript is no longer pending: known by its id, else by its words. */
  function settle(item: Item): void {
    const own =
      pending.find(({ clientMessageId }) => clientMessageId === item.clientMessageId) ??
      (item.clientMessageId
        ? undefined
        : pending.find(({ state, text }) => state === 'sent' && text === item.text));
    if (!own) return;
    // The bubble on the screen stays the same one.
    items.set(item.id, { ...item, clientMessageId: own.clientMessageId });
    pending = pending.filter((message) => message !== own);
  }

  function send(text: string, press?: Press): void {
    const clientMessageId = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;
    pending.push({
      clientMessageId,
      text,
      ...(press && { press }),
      at: new Date().toISOString(),
      state: 'sending',
    });
    keep();
    onChange();
    void pump();
  }

  /** One at a time and in order; a message that the server refuses for good does not hold up those behind it. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      for (let next = waiting(); next; next = waiting()) await deliver(next);
    } finally {
      pumping = false;
    }
  }
  const waiting = () => pending.find(({ state }) => state === 'sending');

  async function deliver(message: Pending): Promise<void> {
    const justBegun = !token;
    try {
      if (!token) await begin();
      await client.post(token!, message);
      message.state = 'sent';
      awaitedSince = Date.now();
      setTimeout(onChange, awaitMs + 50);
      if (!connected) live.restart();
    } catch (error) {
      const { status, retryAfterMs } = error instanceof CallError ? error : new CallError(0);
      if (status === 401 && !justBegun) forget();
      else if (status === 400 || status === 413)
        Object.assign(message, { state: 'refused', problem: status === 413 ? 'tooLong' : 'refused' });
      else later(retryAfterMs || retryMs);
    }
    keep();
    onChange();
  }

  function later(ms: number): void {
    for (const message of pending) if (message.state === 'sending') message.state = 'failed';
    clearTimeout(retryTimer);
    retryTimer = window.setTimeout(retryAll, ms);
  }

  function retryAll(): void {
    for (const message of pending) if (message.state === 'failed') message.state = 'sending';
    onChange();
    void pump();
  }

  async function begin(): Promise<void> {
    ({ token } = await client.session(account, token));
    storage.write({ token });
    live.restart();
  }

  /** The token was not taken any more: whoever writes next is a new visitor. */
  function forget(): void {
    token = undefined;
    items.clear();
    loaded = true;
    storage.write({ token: undefined, seen: 0 });
    onChange();
  }

  return {
    send,
    retryAll,
    start() {
      live.start();
      if (waiting()) void pump();
    },
    markSeen() {
      const seen = cursor();
      if (seen > storage.read().seen) storage.write({ seen });
    },
    state(): ChatState {
      const list = sorted();
      const { seen } = storage.read();
      const byPerson = list.findLast(({ direction }) => direction === 'out')?.author?.kind === 'user';
      return {
        items: list,
        pending,
        connected,
        loaded,
        awaiting: !byPerson && connected && Date.now() - awaitedSince < awaitMs,
        unread: list.filter(({ direction, seq }) => direction === 'out' && seq > seen).length,
      };
    },
  };
}
