/**
 * The composition root. With `src/app/` it is the one place that knows everything: it puts the kernel, the modules, the
 * channels and the surfaces together and hands each what it needs.
 */
import type { FastifyInstance } from 'fastify';
import { type ApiDeps, createServer } from './api/server.ts';
import { createEngine, followChanges } from './app/engine.ts';
import { openFiles } from './app/files.ts';
import type { Kernel } from './app/kernel.ts';
import { createPages } from './app/pages.ts';
import { createPorts, probesOf } from './app/ports.ts';
import { createQueues } from './app/queues.ts';
import { createReload } from './app/reload.ts';
import { type Accounts, openAccounts } from './channels/accounts.ts';
import { guideOf } from './channels/index.ts';
import { previewOf } from './channels/preview.ts';
import { systemActor } from './core/actor.ts';
import { type Bus, createBus } from './core/bus.ts';
import { type Catalogue, createCatalogue } from './core/catalogue.ts';
import { type Clock, systemClock } from './core/clock.ts';
import type { Config } from './core/config.ts';
import { type Following, followInserts } from './core/follow.ts';
import { type Ids, ulids } from './core/ids.ts';
import { createLive } from './core/live.ts';
import { createLogger, type Logger } from './core/logger.ts';
import type { InboundEvent } from './core/messaging.ts';
import { openStore } from './core/store.ts';
import type { Decide } from './core/turn.ts';
import { type Accepted, createIntake } from './domain/conversations/accept.ts';
import { InboxModel } from './domain/conversations/model/inbox.ts';
import type { Sender } from './domain/conversations/sending.ts';
import type { Judge } from './domain/imports/reading.ts';
import { modules } from './domain/index.ts';
import { loadPipelines } from './domain/pipelines/pipelines.ts';
import type { Reload } from './domain/settings/channels.ts';
import { fillKept } from './domain/settings/kept.ts';
import { createScheduler } from './jobs/scheduler.ts';
import * as retrieval from './nlu/retrieval/index.ts';

export type AppOptions = {
  config: Config;
  clock?: Clock;
  ids?: Ids;
  log?: Logger;
  /** Replaces the flow engine: for tests and benchmarks of the path itself. */
  decide?: Decide;
  /** Delivers what no open account of this name does: `simulate` and tests collect messages with it. */
  sender?: (channel: string, account: string) => Sender | undefined;
  /** Opens no account, though they stay configured: a rehearsal reaches nobody. */
  offline?: boolean;
  /** Pages beside the product's own: the playground. */
  plugins?: ApiDeps['plugins'];
};

export type App = {
  bus: Bus;
  catalogue: Catalogue;
  config: Config;
  accounts: Accounts;
  /** The way in of every event: durable when it resolves. */
  accept(events: InboundEvent[]): Promise<Accepted>;
  server: FastifyInstance;
  /** Takes over channel accounts and secrets as they are set now. @throws ConfigError; then nothing has changed */
  reload: Reload;
  /** Starts what the role asks for: queues and sockets (worker), HTTP (api). Answers the address listened on. */
  start(): Promise<string | undefined>;
  /** Resolves when every queue is empty: nothing waits in inbox, events, outbox or due timers. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

export async function createApp(options: AppOptions): Promise<App> {
  const {
    config,
    clock = systemClock,
    ids = ulids(clock),
    log = createLogger(config.env.LOG_LEVEL),
  } = options;
  const isWorker = config.env.PARLEY_ROLE !== 'api';
  const isApi = config.env.PARLEY_ROLE !== 'worker';
  const store = await openStore(config, log, clock);
  await loadPipelines(config);
  if (!options.offline) await fillKept(config);

  // — the catalogue and its bus —
  const owner = ids.next();
  const live = createLive(log);
  const catalogue: Catalogue = createCatalogue(
    modules(
      () => catalogue,
      () => {
        if (!engine) throw new Error('There is no conversation engine here.');
        return engine.workshop;
      },
      () => judge,
      () => probesOf(accounts),
      () => ({ ...retrieval, preview: (text) => previewOf(text, []) }),
      () => intake.accept,
      () => reload,
      guideOf,
    ),
  );
  const bus = createBus({
    catalogue,
    config,
    clock,
    ids,
    log,
    owner,
    onCommit: (commit) => {
      live.publish(commit.events);
      queues.committed(commit);
    },
  });
  const kernel: Kernel = { bus, catalogue, config, clock, ids, live, log, owner };

  // — what decides, and the queues —
  const assisted = config.app.llm.enabled && !options.offline;
  const engine = options.decide
    ? undefined
    : await createEngine(kernel, { assisted, accounts: () => accounts });
  followChanges(kernel, engine);
  const judge: Judge | undefined = engine && ((text) => engine.junkOf(text, clock.now()));
  const files = openFiles(kernel);
  const queues = createQueues(kernel, {
    decide: options.decide ?? engine!.decide,
    judge,
    files,
    accounts: () => accounts,
    sender: options.sender,
    assisted,
  });
  const { lanes, pumps } = queues;
  const scheduler = createScheduler({ bus, catalogue, config, log });

  // — channels —
  const intake = createIntake({ clock, ids, wake: isWorker ? lanes.kick : () => {} });
  const { media, portOf } = createPorts(kernel, files, intake.accept);
  const accounts = await openAccounts(options.offline ? [] : config.accounts, portOf, log);
  const reload: Reload = options.offline ? async () => [] : createReload(kernel, () => accounts);
  for (const { channel, id, reason } of accounts.closed)
    log.info({ channel, account: id, reason }, 'a channel account stays closed');

  // — HTTP —
  let ready = false;
  let inbox: Following | undefined;
  const server = await createServer({
    ...kernel,
    accounts: { get: (channel, account) => accounts.get(channel, account)?.account },
    isReady: () => ready,
    plugins: [
      ...createPages(kernel, { accept: intake.accept, accounts, files, media }),
      ...(options.plugins ?? []),
    ],
  });

  return {
    bus,
    catalogue,
    config,
    accounts,
    server,
    accept: intake.accept,
    reload,
    async start() {
      live.follow(owner, isApi);
      if (isWorker) {
        for (const { name, start } of catalogue.modules)
          if (start) await bus.unitOfWork({ actor: systemActor(name), surface: 'timer' }, start);
        for (const pump of pumps) pump.start();
        // What another process accepts is begun at once here; polling only makes up for what a broken stream missed.
        if (!isApi)
          inbox = followInserts(
            InboxModel,
            ({ _id, lane }) => {
              if (!intake.isOwn(_id)) lanes.kick(lane);
            },
            log,
            ['_id', 'lane'],
          );
        await scheduler.start();
        await accounts.start();
      }
      ready = true;
      const address = isApi
        ? await server.listen({ host: config.env.HOST, port: config.env.PORT })
        : undefined;
      if (isWorker) setImmediate(() => engine?.warm());
      return address;
    },
    async idle() {
      // Each queue may fill another: round and round until all are quiet at once.
      for (let quiet = 0; quiet < 2; quiet++) for (const pump of pumps) await pump.idle();
    },
    async stop() {
      ready = false;
      await server.close();
      await scheduler.stop();
      await accounts.stop();
      await inbox?.stop();
      for (const pump of pumps) await pump.stop();
      await live.stop();
      await store.close();
    },
  };
}
