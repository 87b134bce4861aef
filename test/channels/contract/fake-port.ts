/** A ChannelPort that keeps what it is given in memory: what the product's inbox promises, without a database. */
import { createHmac } from 'node:crypto';
import { type FakeClock, fakeClock } from '../../../src/core/clock.ts';
import type { ChannelPort } from '../../../src/core/define.ts';
import type { Logger } from '../../../src/core/logger.ts';
import type { InboundEvent, Receipt } from '../../../src/core/messaging.ts';

export type FakePort = ChannelPort & {
  clock: FakeClock;
  /** Each event once, in order of arrival: (channel, account, id) is unique. */
  events: InboundEvent[];
  received: Receipt[];
  /** Everything that was logged, as text. */
  logged: string[];
  /** The next `accept` fails as it does when the database is away. */
  failAccept(): void;
  /** Resolves when `count` different events have been accepted. */
  until(count: number): Promise<InboundEvent[]>;
};

export function fakePort(options: { publicUrl?: string; now?: string; fetch?: typeof fetch } = {}): FakePort {
  const seen = new Set<string>();
  const state = new Map<string, unknown>();
  const waiting: { count: number; resolve: (events: InboundEvent[]) => void }[] = [];
  const port: FakePort = {
    clock: fakeClock(options.now ?? '2026-11-23T09:00:00Z'),
    publicUrl: options.publicUrl ?? 'https://crm.example.com',
    fetch: options.fetch ?? fetch,
    log: recorder((line) => port.logged.push(line)),
    events: [],
    received: [],
    logged: [],
    failAccept() {
      failing = true;
    },
    async accept(events) {
      if (failing) {
        failing = false;
        throw new Error('the database is away');
      }
      const fresh = events.filter(({ channel, account, id }) => {
        const key = `${channel}/${account}/${id}`;
        return !seen.has(key) && seen.add(key);
      });
      port.events.push(...fresh);
      for (const wait of waiting.filter(({ count }) => port.events.length >= count))
        wait.resolve(port.events);
      return { accepted: fresh.length, repeated: events.length - fresh.length };
    },
    async receipts(receipts) {
      port.received.push(...receipts);
    },
    until: (count) =>
      port.events.length >= count
        ? Promise.resolve(port.events)
        : new Promise((resolve) => waiting.push({ count, resolve })),
    async lease() {
      return { token: 1, lost: new AbortController().signal, async release() {} };
    },
    sign,
    verify: (purpose, value, signature) => sign(purpose, value) === signature,
    media: {
      async read({ id }) {
        if (id !== 'brochure') throw new Error(`no file ${id}`);
        return { body: Buffer.from('%PDF-brochure'), mime: 'application/pdf', filename: 'RSoft.pdf' };
      },
      url: ({ id, url }) => url ?? `${port.publicUrl}/media/${id}/${sign('media', id ?? '')}`,
    },
    keys: fakeKeys(),
    state: {
      get: async <T>(key: string) => state.get(key) as T | undefined,
      async set(key, value) {
        state.set(key, structuredClone(value));
      },
      drop: async (key) => void state.delete(key),
      append: async (key: string, value: unknown, most: number) => {
        state.set(key, [...((state.get(key) ?? []) as unknown[]), structuredClone(value)].slice(-most));
      },
      keep: async <T>(key: string, value: T) => {
        if (!state.has(key)) state.set(key, structuredClone(value));
        return state.get(key) as T;
      },
    },
  };
  let failing = false;
  return port;
}

export function fakeKeys(): ChannelPort['keys'] {
  const kept = new Map<string, string>();
  let highest = 0;
  const fence = (token: number) => {
    if (token < highest) throw Object.assign(new Error('taken over'), { name: 'TakenOver' });
    highest = token;
  };
  return {
    get: async (names) =>
      Object.fromEntries(names.filter((name) => kept.has(name)).map((name) => [name, kept.get(name)!])),
    async set(changes, token) {
      fence(token);
      for (const { name, value } of changes) {
        if (value === null) kept.delete(name);
        else kept.set(name, value);
      }
    },
    async clear(token) {
      fence(token);
      kept.clear();
    },
  };
}

const sign = (purpose: string, value: string): string =>
  createHmac('sha256', 'a test secret').update(`${purpose}\n${value}`).digest('base64url');

function recorder(write: (line: string) => void): Logger {
  const line = (level: string) => (details: object, message: string) =>
    write(`${level} ${message} ${printable(details)}`);
  const log: Logger = {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: () => log,
  };
  return log;
}

const printable = (details: object): string =>
  JSON.stringify(details, (_, value) =>
    value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value,
  );
