/** A web-chat server of its own on loopback: the real channel and plugin over a transcript in memory. */
import { createHmac } from 'node:crypto';
import { type FastifyInstance, fastify } from 'fastify';
import { isWebchatAccount, webchat } from '../../../src/channels/webchat/channel.ts';
import type { Transcript, TranscriptItem } from '../../../src/channels/webchat/items.ts';
import { webchatPlugin } from '../../../src/channels/webchat/plugin.ts';
import { type FakeClock, fakeClock } from '../../../src/core/clock.ts';
import type { ChannelPort } from '../../../src/core/define.ts';
import { AppError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import type { Content, InboundEvent } from '../../../src/core/messaging.ts';
import { fakeKeys } from '../contract/fake-port.ts';

export type Line = { content: Content; author?: TranscriptItem['author'] };
export type World = Awaited<ReturnType<typeof startWebchat>>;

/** @param reply what the bot says to an event; nothing by default. */
export async function startWebchat({
  settings = {},
  reply,
  port: tcpPort = 0,
  clock = fakeClock('2026-11-23T09:00:00Z'),
  extend,
}: {
  settings?: Record<string, unknown>;
  reply?: (event: InboundEvent) => Line[];
  port?: number;
  clock?: FakeClock;
  /** More routes on the same server: a host page, the widget's file. */
  extend?: (app: FastifyInstance) => void;
} = {}) {
  const accepted: InboundEvent[] = [];
  const lines = new Map<string, TranscriptItem[]>();
  const bells = new Map<string, Set<() => void>>();
  let broken = false;
  let count = 0;

  function append(thread: string, item: Omit<TranscriptItem, 'seq' | 'at' | 'id'>): void {
    const list = lines.get(thread) ?? [];
    lines.set(thread, list);
    list.push({ ...item, id: `m${++count}`, seq: list.length + 1, at: clock.now().toISOString() });
    for (const ring of bells.get(thread) ?? []) ring();
  }
  const say = (thread: string, content: Content, author: TranscriptItem['author'] = { kind: 'bot' }) =>
    append(thread, { direction: 'out', author, text: textOf(content), content });

  const port: ChannelPort = {
    async accept(events) {
      if (broken) throw new Error('the database is away');
      const fresh = events.filter((event) => !accepted.some(({ id }) => id === event.id));
      accepted.push(...fresh);
      for (const event of fresh) {
        const text =
          event.body.kind === 'text' ? event.body.text : event.body.kind === 'press' ? event.body.label : '';
        append(event.thread, {
          direction: 'in',
          author: { kind: 'customer' },
          text,
          providerId: event.id,
          content: event.body,
        });
        for (const { content, author } of reply?.(event) ?? []) say(event.thread, content, author);
      }
      return { accepted: fresh.length, repeated: events.length - fresh.length };
    },
    async receipts() {},
    clock,
    log: silentLogger,
    publicUrl: 'https://crm.example.com',
    fetch,
    lease: () => Promise.reject(new Error('web chat holds no lease')),
    keys: fakeKeys(),
    sign: (purpose, value) =>
      createHmac('sha256', 'a test secret').update(`${purpose}\n${value}`).digest('base64url'),
    verify: (purpose, value, signature) => port.sign(purpose, value) === signature,
    media: {
      read: () => Promise.reject(new Error('there is no file')),
      url: ({ id }) => `https://crm.example.com/files/${id}`,
    },
    state: {
      get: async () => undefined,
      set: async () => {},
      drop: async () => {},
      append: async () => {},
      keep: async (_, value) => value,
    },
  };
  const transcript: Transcript = {
    after: async (thread, seq, limit) =>
      (lines.get(thread) ?? []).filter((item) => item.seq > seq).slice(0, limit),
    subscribe(thread, fn) {
      const set = bells.get(thread) ?? new Set();
      bells.set(thread, set.add(fn));
      return () => set.delete(fn);
    },
  };
  const account = await webchat.open({ id: 'website', settings: webchat.settings.parse(settings) }, port);
  if (!isWebchatAccount(account)) throw new Error('not a web chat account');

  const app = fastify();
  /** What visitors uploaded, and the codes that were sent; the right one is always 246810. */
  const uploads: { filename: string; mime: string; body: Buffer; owner: string }[] = [];
  const asked: { phone?: string; email?: string }[] = [];
  await app.register(webchatPlugin, {
    accounts: () => [account],
    transcript,
    files: {
      maxBytes: 1_000_000,
      async take({ body, mime, filename, owner }) {
        if (filename.endsWith('.exe')) throw new AppError('file.type', { accepted: 'pictures' });
        uploads.push({ filename, mime, body, owner });
        const type = mime.startsWith('image/') ? ('image' as const) : ('document' as const);
        return {
          fileId: String(uploads.length),
          media: { type, id: String(uploads.length), filename },
          state: 'ready',
        };
      },
      refs: async (owner, ids) =>
        ids.map((id) => {
          const known = uploads[Number(id) - 1];
          if (known?.owner !== owner) throw new AppError('record.not_found', { kind: 'file', id });
          return {
            type: known.mime.startsWith('image/') ? 'image' : 'document',
            id,
            filename: known.filename,
          };
        }),
    },
    identity: {
      ways: () => ['phone', 'email'],
      async send(_place, to) {
        asked.push(to);
        return to.phone || to.email?.includes('@')
          ? { sent: true, to: '+91••••••0101', by: 'sms' }
          : { sent: false, problem: 'unreadable' };
      },
      confirm: async (_place, code) =>
        code === '246810'
          ? { proved: true, identity: { scheme: 'phone', value: '+919845010101' } }
          : { proved: false, triesLeft: 4 },
      pass: async (place) => (lines.get(place.thread) ? 'ACDEFGHJ' : undefined),
    },
  });
  extend?.(app);
  const url = await app.listen({ port: tcpPort, host: '127.0.0.1' });

  async function call(
    method: 'GET' | 'POST',
    path: string,
    { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  }

  return {
    app,
    url,
    port,
    clock,
    account,
    accepted,
    uploads,
    asked,
    say,
    call,
    newVisitor: async (body: object = {}): Promise<string> =>
      (await call('POST', '/webchat/sessions', { body })).body.token,
    post: (token: string, body: unknown) => call('POST', '/webchat/messages', { token, body }),
    read: async (token: string, query = '') =>
      (await call('GET', `/webchat/messages${query}`, { token })).body,
    setBroken: (value: boolean) => {
      broken = value;
    },
    listeners: (thread: string) => bells.get(thread)?.size ?? 0,
    stop: () => app.close(),
  };
}

const textOf = (content: Content): string =>
  content.kind === 'text' || content.kind === 'template'
    ? content.text
    : content.kind === 'media'
      ? (content.caption ?? content.media.filename ?? '')
      : content.kind === 'location'
        ? content.name
        : '';
