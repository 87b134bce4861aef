/**
 * The composition root: the one file that knows everything. It puts the kernel, the modules, the channels and the
 * surfaces together and hands each what it needs.
 */
import type { FastifyInstance } from 'fastify';
import { fileRoutes } from './api/files.ts';
import { formRoutes } from './api/forms.ts';
import { importRoutes } from './api/imports.ts';
import { leadIntakeRoutes } from './api/lead-intake.ts';
import { mediaRoutes } from './api/media.ts';
import { meetRoutes } from './api/meet.ts';
import { recordingRoutes } from './api/recordings.ts';
import { type ApiDeps, createServer } from './api/server.ts';
import { voiceNoteRoutes } from './api/voice-notes.ts';
import { createReload } from './app/reload.ts';
import { type Accounts, openAccounts } from './channels/accounts.ts';
import { createMediaStore } from './channels/media-store.ts';
import { previewOf } from './channels/preview.ts';
import { isWebchatAccount, type WebchatAccount } from './channels/webchat/channel.ts';
import type { VisitorIdentity } from './channels/webchat/identity.ts';
import { type WebchatDeps, webchatPlugin } from './channels/webchat/plugin.ts';
import { accountKeys } from './core/account-keys.ts';
import { accountState } from './core/account-state.ts';
import { systemActor } from './core/actor.ts';
import { type Bus, createBus } from './core/bus.ts';
import { type Catalogue, createCatalogue } from './core/catalogue.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { type Config, mailAccount } from './core/config.ts';
import type { ChannelPort } from './core/define.ts';
import { createDispatcher } from './core/dispatcher.ts';
import { type Following, followInserts } from './core/follow.ts';
import { type Ids, ulids } from './core/ids.ts';
import { holdLease } from './core/lease.ts';
import { createLive } from './core/live.ts';
import { createLogger, type Logger } from './core/logger.ts';
import type { InboundEvent } from './core/messaging.ts';
import { createSigner } from './core/signing.ts';
import { openStore } from './core/store.ts';
import { createTimers } from './core/timers.ts';
import type { Decide } from './core/turn.ts';
import { openVault } from './core/vault.ts';
import { invitationMedia } from './domain/calendar/media.ts';
import { confirmCode, passOn, sendCode } from './domain/contacts/contract.ts';
import { type Accepted, createIntake } from './domain/conversations/accept.ts';
import { handOn } from './domain/conversations/assistance.ts';
import { callTurn, isCall } from './domain/conversations/call-turn.ts';
import { filesReceived } from './domain/conversations/contract.ts';
import { deadLetter } from './domain/conversations/dead.ts';
import { createLanes } from './domain/conversations/lanes.ts';
import { InboxModel } from './domain/conversations/model/inbox.ts';
import { createOutages } from './domain/conversations/outages.ts';
import { createOutbox, type Sender } from './domain/conversations/outbox.ts';
import { applyReceipts } from './domain/conversations/settle.ts';
import { type StaffTurn, staffTurn } from './domain/conversations/staff-turn.ts';
import { createCustomerTurns } from './domain/conversations/together.ts';
import { createTranscript } from './domain/conversations/transcript.ts';
import { uploadedFiles } from './domain/files/contract.ts';
import { createFileFetcher } from './domain/files/fetcher.ts';
import { customerLink, fileOpener } from './domain/files/links.ts';
import { fileIdOf, fileMedia } from './domain/files/media.ts';
import { createScan } from './domain/files/scan.ts';
import { createFileStore } from './domain/files/store.ts';
import { createUploads, type Uploads } from './domain/files/uploads.ts';
import { flowPublished } from './domain/flows/contract.ts';
import { createFormIntake } from './domain/forms/intake.ts';
import { importStarted } from './domain/imports/contract.ts';
import { createImportIntake } from './domain/imports/intake.ts';
import type { Judge } from './domain/imports/reading.ts';
import { createImporter } from './domain/imports/runner.ts';
import { modules } from './domain/index.ts';
import type { Reload } from './domain/settings/channels.ts';
import { forgetBrowser } from './domain/notifications/contract.ts';
import { pipelineChanged } from './domain/pipelines/contract.ts';
import { loadPipelines } from './domain/pipelines/pipelines.ts';
import { reportMedia } from './domain/reports/media.ts';
import type { ChannelProbe } from './domain/settings/channels.ts';
import { createLeadIntake } from './domain/sources/intake.ts';
import { createRecordingFetcher } from './domain/telephony/fetcher.ts';
import { recordingPlayer } from './domain/telephony/play.ts';
import { createConversationEngine } from './flows/index.ts';
import { createScheduler } from './jobs/scheduler.ts';
import { createLlm, storedLedger } from './llm/index.ts';
import { createAssistant } from './llm/questions.ts';
import { createTranscriber, voiceTypes } from './llm/transcribe.ts';
import { needsOpinion } from './llm/when.ts';
import * as retrieval from './nlu/retrieval/index.ts';
import { createStaffChat } from './staff-chat/index.ts';

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

type ProvedByCode = Awaited<ReturnType<VisitorIdentity['confirm']>>;

export async function createApp(options: AppOptions): Promise<App> {
  const {
    config,
    clock = systemClock,
    ids = ulids(clock),
    log = createLogger(config.env.LOG_LEVEL),
  } = options;
  const isWorker = config.env.PARLEY_ROLE !== 'api';
  const isApi = config.env.PARLEY_ROLE !== 'worker';
  const owner = ids.next();
  const store = await openStore(config, log, clock);
  await loadPipelines(config);

  // — the catalogue and its bus —
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
    ),
  );
  const bus = createBus({
    catalogue,
    config,
    clock,
    ids,
    log,
    onCommit: (events, awaited) => {
      live.publish(events);
      if (awaited) dispatcher.wake();
      outbox.wake();
    },
  });

  // — queues —
  const windowOf = (name: string) => {
    const open = accounts.all().find(({ channel }) => channel.name === name);
    return open && (open.account.capabilities ?? open.channel.capabilities).windowHours;
  };
  const assisted = config.app.llm.enabled && !options.offline;
  const engine = options.decide
    ? undefined
    : await createConversationEngine({
        config,
        now: clock.now(),
        windowOf,
        preview: previewOf,
        ...(assisted && config.app.llm.tasks.includes('understand') && { needsOpinion }),
        phrases: assisted && config.app.llm.tasks.includes('answer'),
      });
  live.subscribe(({ name }) => {
    if (name === flowPublished.name)
      engine?.workshop
        .refresh()
        .catch((err) => log.warn({ err }, 'flows were not taken over; the next start does it'));
  });
  live.subscribe(({ name }) => {
    if (name === pipelineChanged.name)
      loadPipelines(config).catch((err) =>
        log.warn({ err }, 'pipelines were not taken over; the next start does it'),
      );
  });
  const judge: Judge | undefined = engine && ((text) => engine.junkOf(text, clock.now()));
  const importer = createImporter({ bus, clock, log, owner, ...(judge && { judge }) });
  live.subscribe(({ name }) => {
    if (name === importStarted.name) importer.wake();
  });
  const decide = options.decide ?? engine!.decide;
  const staff: StaffTurn = createStaffChat({ bus, catalogue, config });
  const customerTurn = createCustomerTurns({ bus, decide, clock, ids });
  const lanes = createLanes({
    clock,
    log,
    handle: async (entries) => {
      if (isCall(entries[0]!)) return callTurn(entries, bus);
      const done =
        entries[0]!.event.audience === 'staff'
          ? await staffTurn(entries[0]!, { bus, staff })
          : await customerTurn(entries);
      outbox.wake();
      assistant?.wake();
      return done;
    },
    onDead: (entry) => deadLetter(entry, bus),
  });
  const dispatcher = createDispatcher({ bus, catalogue, clock, log });
  const timers = createTimers({ bus, catalogue, clock, log });
  const outbox = createOutbox({
    clock,
    log,
    sender: (channel, account) => {
      const open = accounts.get(channel, account);
      return open
        ? {
            capabilities: open.account.capabilities ?? open.channel.capabilities,
            send: (out) => open.account.send(out),
            ...(open.account.reach && { reach: () => open.account.reach!() }),
          }
        : options.sender?.(channel, account);
    },
    onAway: createOutages(bus).note,
    places: () => accounts.all().map(({ channel, id: account }) => ({ channel: channel.name, account })),
  });
  const scheduler = createScheduler({ bus, catalogue, config, log });
  const assistant = assisted
    ? createAssistant({
        llm: createLlm({
          settings: config.app.llm,
          // A server of one's own often wants none, and the protocol has no word for that.
          apiKey: () => config.env.LLM_API_KEY ?? 'none',
          clock,
          zone: config.app.organisation.timezone,
          ledger: storedLedger,
        }),
        bus,
        clock,
        log,
        deliver: async (ctx, question, outcome) => {
          await handOn(ctx, question, outcome);
          ctx.afterCommit(() => lanes.wake());
        },
      })
    : undefined;
  const vault = openVault(config.dataDir, config.secret, 'recordings');
  const recordings = createRecordingFetcher({
    bus,
    clock,
    log,
    vault,
    fetch: async (account, url) => {
      const open = accounts.get('telephony', account)?.account;
      if (!open?.media) throw new Error(`the telephone account ${account} is not open`);
      return open.media({ type: 'audio', url });
    },
  });
  const fileStore = createFileStore({
    vault: openVault(config.dataDir, config.secret, 'files'),
    scan: createScan(config.app.files.scan),
    clock,
  });
  const uploads = createUploads({ config, clock, ids, store: fileStore });
  const fileFetcher = createFileFetcher({
    bus,
    clock,
    log,
    store: fileStore,
    fetch: async (channel, account, ref) => {
      const open = accounts.get(channel, account)?.account;
      if (!open?.media) throw new Error(`the ${channel} account ${account} is not open`);
      return open.media(ref);
    },
  });
  live.subscribe(({ name }) => {
    if (name === filesReceived.name) fileFetcher.wake();
  });
  const pumps = [
    lanes,
    dispatcher,
    timers,
    importer,
    outbox,
    recordings,
    fileFetcher,
    ...(assistant ? [assistant] : []),
  ];

  // — channels —
  const signer = createSigner(config.secret);
  const publicUrl = config.env.PUBLIC_URL ?? `http://${config.env.HOST}:${config.env.PORT}`;
  const media = createMediaStore(
    config,
    signer,
    publicUrl,
    (id) => reportMedia(bus, id) ?? invitationMedia(bus, id) ?? fileMedia(fileStore, id),
    // Opened for a while, unlike what everybody may have.
    (id) => {
      const fileId = fileIdOf(id);
      return fileId && customerLink(config, fileId, clock.now());
    },
  );
  const intake = createIntake({ clock, ids, wake: isWorker ? lanes.kick : () => {} });
  const portOf = (channel: string, account: string): ChannelPort => ({
    accept: intake.accept,
    receipts: async (receipts) => void (await applyReceipts(receipts)),
    clock,
    log: log.child({ channel, account }),
    publicUrl,
    fetch,
    lease: (name) => holdLease(`${channel}:${account}:${name}`, owner, clock),
    sign: signer.sign,
    verify: signer.verify,
    media,
    state: accountState(`${channel}:${account}`),
    keys: accountKeys(`${channel}:${account}`, config.secret, clock),
    ...(channel === 'push' && {
      gone: async (id: string) =>
        void (await bus.command(forgetBrowser, { id }, { actor: systemActor('push'), surface: 'timer' })),
    }),
  });
  const accounts = await openAccounts(options.offline ? [] : config.accounts, portOf, log);
  const reload: Reload = options.offline
    ? async () => []
    : createReload({ config, live, log }, () => accounts);
  for (const { channel, id, reason } of accounts.closed)
    log.info({ channel, account: id, reason }, 'a channel account stays closed');

  // — HTTP —
  let ready = false;
  let inbox: Following | undefined;
  const transcript = createTranscript('webchat', live);
  const webchats = (): WebchatAccount[] =>
    accounts
      .all()
      .map(({ account }) => account)
      .filter(isWebchatAccount);
  const server = await createServer({
    bus,
    catalogue,
    config,
    clock,
    ids,
    log,
    live,
    accounts: { get: (channel, account) => accounts.get(channel, account)?.account },
    isReady: () => ready,
    plugins: [
      (app) => mediaRoutes(app, media),
      (app) => fileRoutes(app, { bus, clock }, { open: fileOpener(bus, config, fileStore), uploads }),
      (app) =>
        voiceNoteRoutes(
          app,
          { bus, clock },
          { types: voiceTypes, read: createTranscriber(config.app.llm, () => config.env.LLM_API_KEY ?? 'none') },
        ),
      (app) => recordingRoutes(app, recordingPlayer(bus, config, vault), clock),
      (app) => meetRoutes(app, bus, config),
      (app) => formRoutes(app, createFormIntake({ config, clock, accept: intake.accept })),
      (app) => leadIntakeRoutes(app, createLeadIntake({ config, clock, ids, accept: intake.accept })),
      (app) => importRoutes(app, { bus, clock, intake: createImportIntake({ bus, clock, ids }) }),
      async (app) =>
        void (await app.register(webchatPlugin, {
          accounts: webchats,
          transcript,
          ...visitorPorts({
            bus,
            config,
            uploads,
            outside: (channel) => accounts.all().some((one) => one.channel.name === channel),
          }),
        })),
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
      live.follow();
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

/** What visitors of a web chat may do beside writing: send files, show who they are, go on elsewhere. */
function visitorPorts({
  bus,
  config,
  uploads,
  outside,
}: {
  bus: Bus;
  config: Config;
  uploads: Uploads;
  outside: (channel: string) => boolean;
}): Pick<WebchatDeps, 'files' | 'identity'> {
  const caller = { actor: systemActor('webchat'), surface: 'flow' as const };
  return {
    files: {
      maxBytes: uploads.maxBytes,
      take: uploads.take,
      refs: async (owner, fileIds) => (await bus.query(uploadedFiles, { owner, fileIds }, caller)).media,
    },
    identity: {
      ways: () => [
        ...(outside('sms') || outside('whatsapp') ? (['phone'] as const) : []),
        ...(mailAccount(config) ? (['email'] as const) : []),
      ],
      send: (place, to) => bus.command(sendCode, { ...place, ...to }, caller),
      confirm: async (place, code) =>
        (await bus.command(confirmCode, { ...place, code }, caller)) as ProvedByCode,
      pass: async (place) => (await bus.command(passOn, place, caller)).code,
    },
  };
}

/** What can be asked of the channel accounts: those that are open, and why the others are not. */
const probesOf = (accounts: Accounts): ChannelProbe[] => [
  ...accounts.all().map(({ channel, id, account }) => ({
    channel: channel.name,
    account: id,
    ...(account.health && { health: () => account.health!() }),
    ...(account.link && { link: account.link }),
  })),
  ...accounts.closed.map(({ channel, id, reason }) => ({ channel, account: id, closed: reason })),
];
