/**
 * Plays Meta's APIs, Slack, Telegram and Twilio on loopback: same addresses, limits, signatures and retries as documented, with a
 * control interface to play the people. Tests use it, and so does the playground. That our side agrees with it proves
 * nothing about the providers: each fixture names the documentation it was made from.
 */
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, type FakeClock, systemClock } from '../../core/clock.ts';
import { controlRoutes } from './control.ts';
import { facebookRoutes } from './facebook/graph.ts';
import { createFacebookPeople, type FacebookPeople } from './facebook/people.ts';
import { newState as newFacebook } from './facebook/state.ts';
import { serve } from './http.ts';
import { createMeter } from './meter.ts';
import { outageRoutes } from './outage.ts';
import { createPeople, type SlackPerson } from './slack/person.ts';
import { newState as newSlack } from './slack/state.ts';
import { createTransport } from './slack/transport.ts';
import { webApiRoutes } from './slack/web-api.ts';
import { createTwilio, type TextPhones } from './sms/twilio.ts';
import { createVoice, type Telephones } from './sms/voice.ts';
import { botApiRoutes, unknownBot } from './telegram/bot-api.ts';
import { createTelegramPeople, type TelegramPeople } from './telegram/person.ts';
import { newState as newTelegram } from './telegram/state.ts';
import {
  demoAccounts,
  type EmulatorAccounts,
  type Fault,
  type Outage,
  type Provider,
  type Violation,
  type World,
} from './types.ts';
import { graphRoutes } from './whatsapp/graph.ts';
import { createPhone, type Phone } from './whatsapp/phone.ts';
import { newState as newWhatsApp } from './whatsapp/state.ts';

export { demoAccounts } from './types.ts';

export type EmulatorOptions = {
  /** 0 or absent: the system chooses. */
  port?: number;
  /** A fake clock makes `advance` possible; retries then wait for it. */
  clock?: Clock;
  /** Where the product listens; the webhook paths default to `/webhooks/<channel>/main`. May be set later. */
  target?: {
    baseUrl: string;
    /** Its PUBLIC_URL where that is another: Twilio signs the address that it calls. */
    publicUrl?: string;
    whatsappPath?: string;
    slackPath?: string;
  };
  accounts?: Partial<EmulatorAccounts>;
  /** Sends `sent` and `delivered` after each WhatsApp message by itself; true by default. */
  autoStatuses?: boolean;
  /** Refuses what comes faster than the providers document, and counts it; else only what is planned is refused. */
  paced?: boolean;
  /** How long Slack waits for a socket's acknowledgement; 3000 as documented. */
  slackAckMs?: number;
};

export type Emulator = {
  url: string;
  accounts: EmulatorAccounts;
  whatsapp: Phone;
  slack: SlackPerson;
  /** A page's Messenger, comments and lead forms, and its Instagram account. */
  facebook: FacebookPeople;
  /** The customers' bot, and the colleagues'. */
  telegram: TelegramPeople;
  telegramStaff: TelegramPeople;
  /** Customers' telephones, for text messages by Twilio. */
  sms: TextPhones;
  /** The same telephones, for calls. */
  telephone: Telephones;
  target(): EmulatorOptions['target'];
  setTarget(target: NonNullable<EmulatorOptions['target']>): void;
  /** The next `times` calls or webhooks of this provider go wrong this way. */
  fail(provider: Provider, fault: Fault, times?: number): void;
  /** From now on this provider is away as a whole; absent: it is back. */
  outage(provider: Provider, how?: Outage): void;
  /** What came faster than documented; counted only when started with `paced`. */
  violations(): Violation[];
  /** Moves a fake clock on and sends what became due for retry. */
  advance(ms: number): Promise<void>;
  /** Resolves with the first defined answer of `read`, asked again at every change; rejects after `timeoutMs`. */
  waitFor<T>(read: () => T | undefined | false, what?: string, timeoutMs?: number): Promise<T>;
  /** Environment variables that make config/channels.yaml use this emulator. `socket` adds the Socket Mode token. */
  environment(options?: { socket?: boolean }): Record<string, string>;
  close(): Promise<void>;
};

export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = options.clock ?? systemClock;
  const accounts: EmulatorAccounts = { ...demoAccounts, ...options.accounts };
  let target = options.target;
  let count = 0;
  const faults: { provider: Provider; fault: Fault }[] = [];
  const outages = new Map<Provider, Outage>();
  const meter = createMeter(clock);
  const bus = new EventEmitter().setMaxListeners(0);
  const world: World = {
    clock,
    bus,
    next: () => ++count,
    allow: options.paced ? meter.allow : () => true,
    takeFault(provider, kinds) {
      const index = faults.findIndex(
        (planned) => planned.provider === provider && (kinds as readonly Fault[]).includes(planned.fault),
      );
      return index < 0 ? undefined : (faults.splice(index, 1)[0]!.fault as never);
    },
  };
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const targetUrl = (path: string): string => `${target?.baseUrl ?? 'http://127.0.0.1:9'}${path}`;

  const whatsappState = newWhatsApp(accounts.whatsapp);
  const phone = createPhone(world, whatsappState, () =>
    targetUrl(target?.whatsappPath ?? '/webhooks/whatsapp/main'),
  );
  const graph = graphRoutes(
    world,
    whatsappState,
    (to, message) => {
      bus.emit('change');
      if (options.autoStatuses ?? true) setImmediate(() => void phone.report(to, message));
    },
    base,
  );
  const slackState = newSlack(accounts.slack);
  const transport = createTransport(
    world,
    slackState,
    () => targetUrl(target?.slackPath ?? '/webhooks/slack/main'),
    options.slackAckMs,
  );
  const people = createPeople(world, slackState, transport, base);

  const facebookState = newFacebook(accounts.facebook);
  const facebook = createFacebookPeople(
    world,
    facebookState,
    (side) => targetUrl(side === 'page' ? '/webhooks/facebook/main' : '/webhooks/instagram/main'),
    base,
  );
  const page = facebookRoutes(
    world,
    facebookState,
    (person, message) => {
      if (options.autoStatuses ?? true) setImmediate(() => void facebook.report(person, message));
    },
    base,
  );
  const telegrams = [accounts.telegram, accounts.telegramStaff].map((bot) => {
    const state = newTelegram(bot);
    const api = botApiRoutes(world, state);
    return { api, people: createTelegramPeople(world, state, api.run) };
  });
  const [telegram, telegramStaff] = telegrams.map(({ people: chats }) => chats) as [
    TelegramPeople,
    TelegramPeople,
  ];

  const twilioTarget = {
    reach: targetUrl,
    signed: (path: string) => `${target?.publicUrl ?? target?.baseUrl ?? 'http://127.0.0.1:9'}${path}`,
  };
  const twilio = createTwilio(world, accounts.twilio, twilioTarget, {
    autoStatuses: options.autoStatuses ?? true,
  });
  const telephone = createVoice(world, accounts.twilio, twilioTarget);

  const emulator: Emulator = {
    get url() {
      return base();
    },
    accounts,
    whatsapp: phone,
    slack: people,
    facebook,
    telegram,
    telegramStaff,
    sms: twilio.phones,
    telephone,
    target: () => target,
    setTarget: (to) => {
      target = to;
    },
    fail(provider, fault, times = 1) {
      for (let n = 0; n < times; n++) faults.push({ provider, fault });
    },
    outage(provider, how) {
      if (how) outages.set(provider, how);
      else outages.delete(provider);
    },
    violations: meter.violations,
    async advance(ms) {
      if (!('advance' in clock)) throw new Error('the emulator was started with the real clock');
      (clock as FakeClock).advance(ms);
      await retryDue();
    },
    waitFor: (read, what = 'what was waited for', timeoutMs = 60_000) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = read();
          if (found === undefined || found === false) return false;
          clearTimeout(timer);
          bus.off('change', check);
          resolve(found as never);
          return true;
        };
        const timer = setTimeout(() => {
          bus.off('change', check);
          reject(new Error(`the emulator did not see ${what} within ${timeoutMs} ms`));
        }, timeoutMs);
        if (!check()) bus.on('change', check);
      }),
    environment: ({ socket } = {}) => ({
      WHATSAPP_API_URL: base(),
      WHATSAPP_PHONE_NUMBER_ID: accounts.whatsapp.phoneNumberId,
      WHATSAPP_ACCESS_TOKEN: accounts.whatsapp.accessToken,
      WHATSAPP_APP_SECRET: accounts.whatsapp.appSecret,
      WHATSAPP_VERIFY_TOKEN: accounts.whatsapp.verifyToken,
      WHATSAPP_NOTICE_TEMPLATE: 'notice:en',
      SLACK_API_URL: `${base()}/api/`,
      SLACK_BOT_TOKEN: accounts.slack.botToken,
      SLACK_SIGNING_SECRET: accounts.slack.signingSecret,
      FACEBOOK_API_URL: base(),
      FACEBOOK_PAGE_ID: accounts.facebook.pageId,
      FACEBOOK_PAGE_TOKEN: accounts.facebook.accessToken,
      FACEBOOK_APP_SECRET: accounts.facebook.appSecret,
      FACEBOOK_VERIFY_TOKEN: accounts.facebook.verifyToken,
      INSTAGRAM_ID: accounts.facebook.instagramId,
      TELEGRAM_API_URL: base(),
      TELEGRAM_BOT_TOKEN: accounts.telegram.token,
      TELEGRAM_STAFF_BOT_TOKEN: accounts.telegramStaff.token,
      TWILIO_API_URL: base(),
      TWILIO_ACCOUNT_SID: accounts.twilio.accountSid,
      TWILIO_AUTH_TOKEN: accounts.twilio.authToken,
      TWILIO_SMS_FROM: accounts.twilio.number,
      TWILIO_MENU: 'telephone',
      TWILIO_FORWARD: '+919900011122',
      ...(socket && { SLACK_APP_TOKEN: accounts.slack.appToken }),
    }),
    async close() {
      clearInterval(ticking);
      transport.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const routes = [
    outageRoutes(accounts, (provider) => outages.get(provider)),
    page,
    graph,
    webApiRoutes(world, slackState, base),
    controlRoutes(() => emulator, bus),
    ...telegrams.map(({ api }) => api),
    twilio.routes,
    unknownBot,
  ];
  const server = createServer((request, response) => {
    serve(request, response, routes).catch((error: Error) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: error.message, code: 1 } }));
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (!transport.upgrade(request, socket, head)) socket.destroy();
  });
  const retryDue = async () => {
    await phone.retryDue();
    await people.retryDue();
    await facebook.retryDue();
    for (const bot of telegrams) await bot.people.retryDue();
    await twilio.phones.retryDue();
  };
  const ticking = setInterval(() => void retryDue(), 1000);
  ticking.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return emulator;
}
