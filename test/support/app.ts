/** A whole app for a test: a database and a folder of its own, a clock that stands still, messages collected. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { systemActor } from '../../src/core/actor.ts';
import type { Caller } from '../../src/core/bus.ts';
import { type FakeClock, fakeClock } from '../../src/core/clock.ts';
import { type Config, loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type {
  ChannelCapabilities,
  Identity,
  InboundBody,
  InboundEvent,
  Outbound,
} from '../../src/core/messaging.ts';
import { actorOf } from '../../src/domain/staff/actors.ts';
import { createUser } from '../../src/domain/staff/contract.ts';
import { takeDatabase } from './database.ts';

export type TestApp = App & {
  clock: FakeClock;
  /** What went out, in order, to accounts that are not open. */
  sent: Outbound[];
  /** Makes a colleague and answers how they call. */
  user(
    name: string,
    role: string,
    more?: { managerId?: string; teamIds?: string[]; password?: string },
  ): Promise<Caller & { id: string }>;
  /** A customer's message; resolves when everything that follows from it is done. */
  say(
    text: string | InboundBody,
    from?: Partial<Pick<InboundEvent, 'channel' | 'account' | 'thread' | 'from' | 'name' | 'id' | 'meta'>>,
  ): Promise<Outbound[]>;
  dispose(): Promise<void>;
};

export const asSystem: Caller = { actor: systemActor('test'), surface: 'cli' };

const capabilities: ChannelCapabilities = {
  text: 4096,
  buttons: { max: 3, label: 20 },
  list: { rows: 10, label: 24, description: 72 },
  media: true,
  ambiguity: 'resend',
};

export async function testApp(
  options: Partial<AppOptions> & {
    now?: string;
    env?: Record<string, string>;
    change?: (config: Config) => void;
    /** With an embedded store under its own folder, in place of a database of the tests' one. */
    ownStore?: boolean;
  } = {},
): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-'));
  const { PARLEY_DATA, MONGODB_URI } = options.env ?? {};
  // An app that comes back to a folder has its store there.
  const hasOwn = options.ownStore || PARLEY_DATA || MONGODB_URI;
  const database = hasOwn ? undefined : await takeDatabase();
  const config = loadConfig({
    PARLEY_DATA: folder,
    PARLEY_SECRET: 'a secret of the tests, long enough to be taken',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...options.env,
    MONGODB_URI: database?.uri ?? MONGODB_URI,
  });
  config.accounts = config.accounts.filter(({ channel }) => channel === 'webchat');
  options.change?.(config);
  // A Wednesday, 10:30 in Kolkata: within business hours.
  const clock = fakeClock(options.now ?? '2026-03-11T05:00:00Z');
  const sent: Outbound[] = [];
  const sender = () => ({
    capabilities,
    send: async (out: Outbound) => {
      sent.push(out);
      return { ok: true as const, providerId: `test-${out.id}` };
    },
  });
  const app = await createApp({ config, clock, log: silentLogger, sender, ...options });
  let count = 0;

  return Object.assign(app, {
    clock,
    sent,
    async user(name: string, role: string, more: object = {}) {
      const { user } = await app.bus.command(
        createUser,
        { email: `${name.toLowerCase().replace(/\W+/g, '.')}@example.com`, name, role, ...more },
        asSystem,
      );
      return { id: user.id, actor: (await actorOf(user.id))!, surface: 'api' as const };
    },
    async say(text: string | InboundBody, from: Partial<InboundEvent> = {}) {
      const before = sent.length;
      const thread = from.thread ?? '+919812345678';
      const identities: Identity[] = from.from ?? [{ scheme: 'phone', value: thread }];
      const body: InboundBody = typeof text === 'string' ? { kind: 'text', text } : text;
      await app.accept([
        {
          id: `m${++count}`,
          channel: 'whatsapp',
          account: 'main',
          audience: 'customer',
          at: clock.now(),
          ...from,
          thread,
          from: identities,
          body,
        },
      ]);
      await app.idle();
      return sent.slice(before);
    },
    async dispose() {
      await app.stop();
      await database?.giveBack();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
