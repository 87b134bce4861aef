/** The business modules on a real store, without channels: a bus, a clock that stands still, and what follows run at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '../../../src/core/actor.ts';
import { type Bus, type Caller, createBus } from '../../../src/core/bus.ts';
import { type Catalogue, createCatalogue } from '../../../src/core/catalogue.ts';
import { type FakeClock, fakeClock } from '../../../src/core/clock.ts';
import { type Config, loadConfig } from '../../../src/core/config.ts';
import { createDispatcher } from '../../../src/core/dispatcher.ts';
import { EventModel } from '../../../src/core/events.ts';
import { ulids } from '../../../src/core/ids.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import type { Identity } from '../../../src/core/messaging.ts';
import { openStore } from '../../../src/core/store.ts';
import { createTimers, TimerModel } from '../../../src/core/timers.ts';
import { ConversationModel } from '../../../src/domain/conversations/model/conversation.ts';
import { OutboxModel } from '../../../src/domain/conversations/model/outbox.ts';
import { recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { modules } from '../../../src/domain/index.ts';
import { actorOf } from '../../../src/domain/staff/actors.ts';
import { createUser } from '../../../src/domain/staff/contract.ts';
import { UserModel } from '../../../src/domain/staff/model.ts';
import { takeDatabase } from '../../support/database.ts';

export const asSystem: Caller = { actor: systemActor('test'), surface: 'cli' };
export type Person = Caller & { id: string };
export type Sent = { to: string; channel: string; purpose: string; text: string; card?: any };

export async function sales({
  now = '2026-03-11T05:00:00Z',
  change,
}: {
  now?: string;
  change?: (config: Config) => void;
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-sales-'));
  const database = await takeDatabase();
  const config = loadConfig({
    PARLEY_DATA: folder,
    PARLEY_SECRET: 'a secret of the tests, long enough to be taken',
    MONGODB_URI: database.uri,
    LOG_LEVEL: 'silent',
  });
  change?.(config);
  const clock: FakeClock = fakeClock(now);
  const ids = ulids(clock);
  const log = silentLogger;
  const store = await openStore(config, log);
  const catalogue: Catalogue = createCatalogue(modules(() => catalogue));
  const bus: Bus = createBus({ catalogue, config, clock, ids, log, onCommit: () => dispatcher.wake() });
  const dispatcher = createDispatcher({ bus, catalogue, clock, log, pollMs: 3_600_000 });
  const timers = createTimers({ bus, clock, log, pollMs: 3_600_000 });
  dispatcher.start();
  timers.start();
  let people = 0;

  /** Everything that follows from what was done, due timers included. */
  async function settle(): Promise<void> {
    await timers.idle();
    await dispatcher.idle();
    const failed: any = await EventModel.findOne({ 'failures.0': { $exists: true } }).lean();
    if (failed) throw new Error(`a subscriber failed: ${JSON.stringify(failed.failures)}`);
    const stuck = await TimerModel.findOne({ failures: { $gt: 0 } }).lean();
    if (stuck) throw new Error(`a timer failed: ${stuck._id}: ${stuck.error}`);
  }

  return {
    bus,
    config,
    clock,
    settle,
    async user(
      name: string,
      role: string,
      more: { managerId?: string; teamIds?: string[] } = {},
    ): Promise<Person> {
      const { user } = await bus.command(
        createUser,
        { email: `u${++people}@example.com`, name, role, ...more },
        asSystem,
      );
      return { id: user.id, actor: (await actorOf(user.id))!, surface: 'api' };
    },
    /** Rights are of the moment: asks again who somebody is. */
    async again({ id }: Person): Promise<Person> {
      return { id, actor: (await actorOf(id))!, surface: 'api' };
    },
    async linkSlack({ id }: Person, thread: string): Promise<void> {
      await UserModel.updateOne(
        { _id: id },
        { $push: { linked: { channel: 'slack', account: 'main', thread } } },
      );
    },
    async conversation(thread: string, identities: Identity[], more: object = {}): Promise<string> {
      const _id = ids.next();
      await ConversationModel.create([
        {
          _id,
          channel: 'whatsapp',
          account: 'main',
          thread,
          identities,
          lastMessageAt: clock.now(),
          startedAt: clock.now(),
          ...more,
        },
      ]);
      return _id;
    },
    async enquire(said: object) {
      const answer = await bus.command(
        recordEnquiry,
        { source: 'Website', medium: 'webchat', ...said } as never,
        asSystem,
      );
      await settle();
      return answer as Awaited<
        ReturnType<typeof bus.command<typeof recordEnquiry.input, typeof recordEnquiry.output>>
      >;
    },
    /** What modules do as a worker starts. */
    async start(): Promise<void> {
      for (const module of catalogue.modules) if (module.start) await bus.unitOfWork(asSystem, module.start);
    },
    /** Lets the time pass, stopping at each timer on the way. */
    async until(moment: string): Promise<void> {
      const end = new Date(moment);
      for (;;) {
        const next = await TimerModel.findOne({ dueAt: { $lte: end } })
          .sort({ dueAt: 1 })
          .lean();
        if (!next) break;
        if (next.dueAt > clock.now()) clock.set(next.dueAt);
        await settle();
      }
      clock.set(end);
      await settle();
    },
    async sent(): Promise<Sent[]> {
      const rows: any[] = await OutboxModel.find().sort({ _id: 1 }).lean();
      return rows.map(({ to, channel, purpose, content }) => ({
        to,
        channel,
        purpose,
        text: content.kind === 'card' ? content.card.text : content.text,
        card: content.card,
      }));
    },
    async dispose(): Promise<void> {
      await timers.stop();
      await dispatcher.stop();
      await store.close();
      await database.giveBack();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Sales = Awaited<ReturnType<typeof sales>>;
