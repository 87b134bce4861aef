/** One linked phone by Baileys: one socket, one connection. When it ends, so does the process. */
import {
  type ConnectionState,
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  makeWASocket,
  proto,
  WA_CERT_DETAILS,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { AppSide, DriverSide } from '../linked/contract.ts';
import { isLoopback } from '../linked/settings.ts';
import { loadAuthState } from './auth-state.ts';
import { durably } from './durable.ts';
import { download } from './media.ts';
import { quiet } from './quiet.ts';
import { personOf, readMessage, unreadable } from './read.ts';
import { receiptsOf } from './receipts.ts';
import { createSending } from './sending.ts';
import { type BaileysSettings, baileysSettings } from './settings.ts';

/** A message that could not be decrypted is asked for again; the phone answers in seconds, if it does. */
const unreadableAfterMs = 60_000;

export function createDriver(app: AppSide): DriverSide {
  let settings: BaileysSettings;
  let socket: WASocket;
  let sending: ReturnType<typeof createSending> | undefined;
  /** What was accepted by this process: the library tells of it a second time. */
  const taken = new Set<string>();
  let isClosed = false;

  async function connect(given: Record<string, unknown>): Promise<void> {
    settings = baileysSettings.parse(given);
    if (settings.trustedRoot && isLoopback(settings.socketUrl))
      WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(settings.trustedRoot, 'hex');
    const auth = await loadAuthState(app);
    const durable = durably((message) => take(message));
    sending = createSending(app, () => socket);
    const version = settings.version.split('.').map(Number) as [number, number, number];
    socket = makeWASocket({
      auth: auth.state,
      waWebSocketUrl: settings.socketUrl,
      ...(settings.version && { version }),
      browser: ['Parley', 'Chrome', '1.0.0'],
      logger: quiet,
      makeSignalRepository: durable.makeSignalRepository,
      patchMessageBeforeSending: sending.note,
      getMessage: sending.sentBefore,
      // The phone keeps ringing for what comes in.
      markOnlineOnConnect: false,
      syncFullHistory: false,
      // The first pieces bring which hidden id is which number; the messages of the past are not ours.
      shouldSyncHistoryMessage: ({ syncType }) => !pastMessages.has(syncType ?? -1),
      shouldIgnoreJid: (jid) => Boolean(isJidGroup(jid) || isJidBroadcast(jid) || isJidNewsletter(jid)),
      transactionOpts: { maxCommitRetries: 2, delayBetweenTriesMs: 200 },
      generateHighQualityLinkPreview: false,
    });
    durable.attach(socket as never);
    socket.ev.on('creds.update', () => auth.save());
    socket.ev.on('connection.update', (update) => void follow(update, auth.saved));
    socket.ev.on('messages.upsert', ({ messages, type }) => void upsert(messages, type));
    socket.ev.on('messages.update', (updates) => {
      const receipts = receiptsOf(updates).filter(
        ({ id, status }) => status !== 'failed' || !sending?.isUnderWay(id),
      );
      if (receipts.length) app.receipts(receipts).catch(() => {});
    });
  }

  /** @throws when it was not stored: then it is not acknowledged either. */
  async function take(message: WAMessage): Promise<void> {
    const read = readMessage(message);
    if (!read || taken.has(read.id)) return;
    if (!read.from.phone && read.from.lid) {
      const pn = await socket.signalRepository.lidMapping.getPNForLID(`${read.from.lid}@lid`);
      Object.assign(read.from, personOf(pn));
    }
    try {
      await app.accept([read]);
    } catch (error) {
      // Unacknowledged, it comes again with the next connection.
      void close(0, `a message could not be stored: ${(error as Error).message}`);
      throw error;
    }
    remember(read.id);
  }

  function remember(id: string): void {
    taken.add(id);
    if (taken.size > 5_000) taken.delete(taken.values().next().value!);
  }

  /** What did not come through decryption: of both types, but neither ours nor the past's. */
  async function upsert(messages: WAMessage[], type: string): Promise<void> {
    for (const message of messages) {
      if (message.messageStubType === proto.WebMessageInfo.StubType.CIPHERTEXT) {
        waitForAnother(message);
        continue;
      }
      const age = Date.now() - Number(message.messageTimestamp ?? 0) * 1000;
      if (type === 'notify' || age < freshMs) await take(message).catch(() => {});
    }
  }

  function waitForAnother(message: WAMessage): void {
    const { id, fromMe } = message.key;
    const { phone, lid } = personOf(message.key.remoteJid, message.key.remoteJidAlt);
    if (!id || fromMe || (!phone && !lid)) return;
    setTimeout(() => {
      if (taken.has(id)) return;
      const note = 'A message that could not be decrypted; the customer may have to send it again';
      app.accept([unreadable(message, note)]).catch(() => {});
    }, unreadableAfterMs).unref();
  }

  async function follow(
    { qr, isNewLogin, connection, lastDisconnect }: Partial<ConnectionState>,
    saved: () => Promise<void>,
  ): Promise<void> {
    if (qr) await app.qr(qr);
    if (isNewLogin) {
      await saved();
      await app.paired(personOf(socket.user?.id, socket.user?.lid));
    }
    if (connection === 'open') {
      const { id, lid, name } = socket.user ?? {};
      await app.online({ ...personOf(id, lid), ...(name && { name }) });
    }
    if (connection === 'close') {
      const error = lastDisconnect?.error as (Error & { output?: { statusCode?: number } }) | undefined;
      await saved();
      await close(error?.output?.statusCode ?? 0, error?.message ?? 'closed');
    }
  }

  async function close(code: number, detail: string): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    // Nothing is acknowledged any more.
    socket.ws.close().catch(() => {});
    await app.closed({ code, detail });
  }

  return {
    connect,
    send: (message) => sending!.send(message),
    download: (file, maxBytes) => download(file, { maxBytes, socketUrl: settings.socketUrl }),
    async unpair() {
      isClosed = true;
      if (socket.user) await socket.logout();
      else await socket.ws.close();
    },
  };
}

const freshMs = 7 * 24 * 3600_000;
const { RECENT, FULL, ON_DEMAND } = proto.HistorySync.HistorySyncType;
const pastMessages = new Set<number>([RECENT, FULL, ON_DEMAND]);
