/**
 * Every provider is away for ten minutes while everybody goes on writing. One test over all adapters, against the played
 * providers with their documented rates, and a submission server; the clock is ours.
 */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import type { Outage, Provider } from '../../../src/channels/emulator/types.ts';
import { loadConfig } from '../../../src/core/config.ts';
import { deliverNotice, listDeadLetters, listOutages } from '../../../src/domain/conversations/contract.ts';
import { checkChannels } from '../../../src/domain/settings/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';
import { echo } from '../../support/echo.ts';

const minute = 60_000;
const providers: Provider[] = ['whatsapp', 'facebook', 'telegram', 'slack'];

/** To add a channel: how a person of it writes to us (or we to them), and what they have seen. */
type Traffic = { say: (person: number, n: number) => Promise<unknown>; seen: (person: number) => string[] };

describe('while every provider is away for ten minutes', () => {
  let app: TestApp;
  let emulator: Emulator;
  let smtp: Awaited<ReturnType<typeof startSmtp>>;
  let traffic: Record<string, Traffic>;
  const people = [1, 2, 3];
  const crowd = Array.from({ length: 80 }, (_, n) => String(919700000000 + n));
  const during: Record<string, { since: string; waiting: number }> = {};
  let words: Awaited<ReturnType<typeof check>> = [];
  const check = async () => (await app.bus.query(checkChannels, {}, asSystem)).items;

  /** The emulator's and our own idea of time go on together; webhooks that were refused are sent again. */
  const later = async (ms: number): Promise<void> => {
    await emulator.advance(ms);
    await app.idle();
  };
  const away = (how?: Outage): void => {
    for (const provider of providers) emulator.outage(provider, how);
    smtp.away(how !== undefined);
  };
  const everybodyWrites = async (n: number): Promise<void> => {
    for (const { say } of Object.values(traffic)) for (const person of people) await say(person, n);
    await app.idle();
  };

  beforeAll(async () => {
    smtp = await startSmtp();
    emulator = await startEmulator({
      paced: true,
      clock: {
        now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z'),
        advance: (ms: number) => app.clock.advance(ms),
      } as never,
    });
    app = await testApp({
      decide: echo,
      change: (config) => {
        const server = { host: '127.0.0.1', user: '', password: '', secure: false };
        const { accounts } = loadConfig({
          ...emulator.environment(),
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = [
          ...config.accounts,
          ...accounts.filter(
            ({ channel, id }) => [...providers, 'instagram'].includes(channel as Provider) && id === 'main',
          ),
          {
            id: 'main',
            channel: 'email',
            settings: {
              address: 'hello@rsoft.example',
              imap: { ...server, port: 1 },
              smtp: { ...server, port: smtp.port },
            },
            missing: [],
          },
        ];
      },
    });
    const baseUrl = (await app.start())!;
    emulator.setTarget({ baseUrl });
    await emulator.waitFor(() => emulator.telegram.webhook().secret, 'the webhook to be set');
    emulator.telegram.webhook().url = `${baseUrl}/webhooks/telegram/main`;
    for (const person of people) emulator.facebook.person(`2${person}`, { side: 'instagram' });
    for (const customer of crowd)
      Object.assign(emulator.whatsapp.customer(customer), { lastInboundAt: app.clock.now() });
    const bodies = (messages: { direction: string; text: string }[]) =>
      messages.filter(({ direction }) => direction === 'in').map(({ text }) => text);
    const phone = (person: number) => `91980000000${person}`;
    const mail = (person: number) => `priya${person}@customer.example`;
    const user = (person: number) => emulator.accounts.slack.users[person]!.id;
    traffic = {
      whatsapp: {
        say: (person, n) => emulator.whatsapp.say(phone(person), `m${n}`),
        seen: (person) => bodies(emulator.whatsapp.messages(phone(person))),
      },
      facebook: {
        say: (person, n) => emulator.facebook.say(`1${person}`, `m${n}`, 'page'),
        seen: (person) => emulator.facebook.seen(`1${person}`).map(({ text }) => text),
      },
      instagram: {
        say: (person, n) => emulator.facebook.say(`2${person}`, `m${n}`, 'instagram'),
        seen: (person) => emulator.facebook.seen(`2${person}`).map(({ text }) => text),
      },
      telegram: {
        say: (person, n) => emulator.telegram.say(person, `m${n}`),
        seen: (person) => emulator.telegram.seen(person).map(({ text }) => text),
      },
      email: {
        say: (person, n) =>
          app.accept([
            {
              id: `${person}-${n}`,
              channel: 'email',
              account: 'main',
              audience: 'customer',
              thread: mail(person),
              from: [{ scheme: 'email', value: mail(person) }],
              at: app.clock.now(),
              body: { kind: 'text', text: `m${n}` },
              meta: { subject: 'Demo' },
            },
          ]),
        seen: (person) => smtp.taken.filter(({ to }) => to === mail(person)).map(({ text }) => text),
      },
      slack: {
        say: (person, n) =>
          app.bus.command(
            deliverNotice,
            {
              channel: 'slack',
              account: 'main',
              to: `${emulator.accounts.slack.teamId}:${user(person)}`,
              content: { kind: 'text', text: `${n}: m${n}` },
              purpose: 'staff',
            },
            asSystem,
          ),
        seen: (person) => emulator.slack.seen(user(person)).map(({ text }) => text),
      },
    };

    await everybodyWrites(1);
    away('unavailable');
    for (let n = 2; n <= 11; n++) {
      await everybodyWrites(n);
      await later(minute);
    }
    for (const to of crowd)
      await app.bus.command(
        deliverNotice,
        {
          channel: 'whatsapp',
          account: 'main',
          to,
          content: { kind: 'text', text: 'notice' },
          purpose: 'utility',
        },
        asSystem,
      );
    await app.idle();
    for (const { channel, since, waiting } of (await app.bus.query(listOutages, {}, asSystem)).items)
      during[channel] = { since, waiting };
    words = await check();
    away();
    // It is noticed within a minute, and then everything goes as fast as it may.
    for (let step = 0; step < 6; step++) await later(15_000);
    await everybodyWrites(12);
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
    await smtp?.close();
  });

  const channels = ['whatsapp', 'facebook', 'instagram', 'telegram', 'email', 'slack'];
  it.each(channels)('%s loses nothing, keeps the order, says nothing twice', (channel) => {
    const said = Array.from({ length: 12 }, (_, index) => `${index + 1}: m${index + 1}`);
    expect(people.map((person) => traffic[channel]!.seen(person))).toEqual([said, said, said]);
  });

  it.each(channels)(
    '%s: administrators and colleagues read that it is away, since when, and how much waits',
    (channel) => {
      // Ten messages of each of three people; the notices of the crowd besides.
      expect(during[channel]!.waiting).toBe(30 + (channel === 'whatsapp' ? crowd.length : 0));
      expect(new Date(during[channel]!.since).getTime()).toBeLessThan(
        new Date('2026-03-11T05:02:00Z').getTime(),
      );
      const said = words.find((one) => one.channel === channel)!;
      expect(said).toMatchObject({ ok: false, waiting: during[channel]!.waiting });
      expect(said.away!.detail).toMatch(/unavailable|does not answer|421|503/i);
    },
  );

  it('sends what waited no faster than the providers take it', () => {
    const notices = crowd.map((customer) => emulator.whatsapp.messages(customer).map(({ text }) => text));
    expect(notices).toEqual(crowd.map(() => ['notice']));
    expect(emulator.violations()).toEqual([]);
  });

  it('leaves nothing to be done by hand, and nobody is told of an outage any more', async () => {
    expect((await app.bus.query(listDeadLetters, {}, asSystem)).items).toEqual([]);
    expect((await app.bus.query(listOutages, {}, asSystem)).items).toEqual([]);
  });

  it('web chat: whoever’s line is away says it again, reads on where they were, and finds all of it once', async () => {
    const { token } = (await app.server.inject({ method: 'POST', url: '/webchat/sessions' })).json();
    const headers = { authorization: `Bearer ${token}` };
    const write = async (n: number) => {
      const payload = { clientMessageId: `w${n}`, text: `m${n}` };
      const { statusCode } = await app.server.inject({
        method: 'POST',
        url: '/webchat/messages',
        headers,
        payload,
      });
      expect(statusCode).toBe(202);
      await app.idle();
    };
    const read = async (after: number) => {
      const url = `/webchat/messages?after=${after}&limit=100`;
      const { items, cursor } = (await app.server.inject({ method: 'GET', url, headers })).json();
      const said = (direction: string) =>
        items.flatMap((one: any) => (one.direction === direction ? [one.text] : []));
      return { cursor, told: said('in'), heard: said('out') };
    };
    await write(1);
    const before = await read(0);
    expect(before.heard).toEqual(['1: m1']);
    // What is sent arrives, and no word of it comes back.
    for (let n = 2; n <= 11; n++) {
      await write(n);
      await later(minute);
    }
    // The line is back: whatever was not confirmed is sent again, in its order, and again.
    for (let n = 2; n <= 11; n++) await write(n);
    for (let n = 2; n <= 11; n++) await write(n);
    const after = await read(before.cursor);
    const ten = Array.from({ length: 10 }, (_, index) => index + 2);
    expect(after.told).toEqual(ten.map((n) => `m${n}`));
    expect(after.heard).toEqual(ten.map((n) => `${n}: m${n}`));
    expect((await read(after.cursor)).heard).toEqual([]);
  });

  it('asks a person for at most a few when the lines were cut in the middle of a send', async () => {
    const before = Object.fromEntries(
      channels.map((channel) => [channel, people.map((person) => traffic[channel]!.seen(person).length)]),
    );
    for (const provider of providers) emulator.outage(provider, 'hangUp');
    for (let n = 13; n <= 22; n++) {
      await everybodyWrites(n);
      await later(minute);
    }
    away();
    // WhatsApp reports what it took: silence for a quarter of an hour means that it was not.
    for (let step = 0; step < 18; step++) await later(minute);
    const { items } = await app.bus.query(listDeadLetters, {}, asSystem);
    for (const channel of channels) {
      const perhaps = items.filter((item) => item.channel === channel).map(({ text }) => text);
      const seen = people.map((person, at) => traffic[channel]!.seen(person).slice(before[channel]![at]));
      expect([channel, seen.flat().length + perhaps.length]).toEqual([channel, 30]);
      expect([channel, perhaps.length <= 6]).toEqual([channel, true]);
      for (const one of seen) expect([channel, one]).toEqual([channel, [...new Set(one)]]);
    }
    expect(items.filter(({ channel }) => channel === 'whatsapp')).toEqual([]);
  });
});

async function startSmtp() {
  let isAway = false;
  const taken: { to: string; text: string }[] = [];
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (_session, done) =>
      done(isAway ? Object.assign(new Error('Service not available'), { responseCode: 421 }) : null),
    onData(stream, session, done) {
      let mail = '';
      stream.on('data', (chunk: Buffer) => {
        mail += chunk.toString();
      });
      stream.on('end', () => {
        const text = /^(\d+: m\d+)\r?$/m.exec(mail)?.[1] ?? mail;
        taken.push({ to: session.envelope.rcptTo[0]!.address, text });
        done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as { port: number }).port,
    taken,
    away: (away: boolean) => {
      isAway = away;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
