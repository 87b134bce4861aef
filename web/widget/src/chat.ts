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

/** What will not be taken however often it is sent, in the words' names. */
const problems: Record<number, 'refused' | 'tooLong' | 'fileType' | 'fileHarmful'> = {
  400: 'refused',
  404: 'refused',
  413: 'tooLong',
  415: 'fileType',
  422: 'fileHarmful',
};
/** For how long an answer is announced by dots. */
const awaitMs = 8_000;
const retryMs = 4_000;

export function createChat({
  client,
  storage,
  account,
  maxBytes = 0,
  onChange,
}: {
  client: Client;
  storage: Storage;
  account: string;
  /** The largest file that is taken. */
  maxBytes?: number;
  onChange: () => void;
}) {
  const items = new Map<string, Item>();
  let token = storage.read().token;
  // A file that was not uploaded yet is gone with the page that held it.
  let pending = (storage.read().pending as Pending[])
    .filter(({ file }) => !file || file.id)
    .map((message): Pending => (message.state === 'sent' ? message : { ...message, state: 'sending' }));
  const blobs = new Map<string, File>();
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

  const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;

  function sendFile(file: File): void {
    const clientMessageId = newId();
    const isTooLarge = file.size > maxBytes;
    if (!isTooLarge) blobs.set(clientMessageId, file);
    pending.push({
      clientMessageId,
      text: '',
      file: { name: file.name },
      at: new Date().toISOString(),
      state: isTooLarge ? 'refused' : 'sending',
      ...(isTooLarge && { problem: 'fileTooLarge' }),
    });
    keep();
    onChange();
    void pump();
  }

  async function upload(message: Pending): Promise<void> {
    const { file, clientMessageId } = message;
    const blob = blobs.get(clientMessageId);
    if (!file || file.id || !blob) return;
    const { fileId } = await client.upload(token!, blob, (part) => {
      file.done = part;
      onChange();
    });
    blobs.delete(clientMessageId);
    file.id = fileId;
    keep();
  }

  function send(text: string, press?: Press): void {
    const clientMessageId = newId();
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
      await upload(message);
      await client.post(token!, message);
      message.state = 'sent';
      awaitedSince = Date.now();
      setTimeout(onChange, awaitMs + 50);
      if (!connected) live.restart();
    } catch (error) {
      const { status, retryAfterMs } = error instanceof CallError ? error : new CallError(0);
      if (status === 401 && !justBegun) forget();
      else if (problems[status])
        Object.assign(message, {
          state: 'refused',
          problem: status === 413 && message.file ? 'fileTooLarge' : problems[status],
        });
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
    sendFile,
    retryAll,
    async prove(address: { phone?: string; email?: string }, language: string): Promise<string> {
      if (!token) await begin();
      return (await client.prove(token!, address, language)).to;
    },
    /** From now on what is written here is known to come from whoever has that address. */
    async confirm(code: string): Promise<void> {
      ({ token } = await client.confirm(token!, code));
      storage.write({ token });
      live.restart();
    },
    goOn: async () => (token ? (await client.pass(token))?.url : undefined),
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
