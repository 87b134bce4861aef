/**
 * Watches one mailbox over IMAP: one process at a time, from a durable cursor, by IDLE. A connection that ends is
 * replaced by a new client after a capped wait; nothing is skipped and nothing is counted twice.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FetchMessageObject, ImapFlow } from 'imapflow';
import type { ChannelPort } from '../../core/define.ts';
import type { Intake } from './intake.ts';
import { type EmailSettings, isLoopback } from './settings.ts';

type Cursor = { uidValidity: string; uid: number };
export type Mailbox = ReturnType<typeof createMailbox>;

/** Enough for the text of almost any mail whose attachments are too large. */
const firstBytes = 256 * 1024;
const maxBackoffMs = 60_000;
/** Servers forget to tell: look again at least so often. */
const lookAgainMs = 120_000;

export function createMailbox({
  settings,
  port,
  intake,
  backoffMs = 1_000,
}: {
  settings: EmailSettings;
  port: ChannelPort;
  intake: Intake;
  backoffMs?: number;
}) {
  const stopping = new AbortController();
  let client: ImapFlow | undefined;
  let running: Promise<void> | undefined;
  let state = 'not started';

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        // What went wrong last is more use than that it is being tried again.
        if (failures === 0) state = 'waiting: another process reads this mailbox';
        const lease = await holdUnlessStopped();
        if (!lease) break;
        try {
          await session(lease.lost, () => {
            failures = 0;
          });
        } finally {
          await lease.release();
        }
      } catch (error) {
        if (stopping.signal.aborted) break;
        failures++;
        state = `not connected: ${wordsOf(error)}`;
        port.log.warn(
          { err: error, mailbox: settings.mailbox, failures },
          'the mailbox was lost; it is opened again',
        );
        const wait = Math.min(maxBackoffMs, backoffMs * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
        await sleep(wait, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    state = 'stopped';
  }

  /** Another process may hold the mailbox for ever: stopping must not wait for it. */
  async function holdUnlessStopped() {
    const asked = port.lease(settings.mailbox);
    const stopped = new Promise<undefined>((resolve) =>
      stopping.signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    );
    const lease = await Promise.race([asked, stopped]);
    if (!lease) void asked.then((late) => late.release()).catch(() => {});
    return lease;
  }

  /** One connection, from login to its end; @throws when it ended by itself. */
  async function session(lost: AbortSignal, onReady: () => void): Promise<void> {
    const own = connect(settings);
    client = own;
    const ended = new AbortController();
    let ring = () => {};
    own.on('exists', () => ring());
    own.on('error', (error) => ended.abort(error));
    own.on('close', () => ended.abort(new Error('the server closed the connection')));
    const end = AbortSignal.any([ended.signal, lost, stopping.signal]);
    try {
      await own.connect();
      const { uidValidity } = await own.mailboxOpen(settings.mailbox);
      state = 'receiving';
      onReady();
      while (!end.aborted) {
        // Set before looking: what comes meanwhile rings too.
        const rung = new AbortController();
        ring = () => rung.abort();
        await drain(own, String(uidValidity), end);
        await sleep(lookAgainMs, undefined, { signal: AbortSignal.any([rung.signal, end]) }).catch(() => {});
      }
      if (ended.signal.aborted) throw ended.signal.reason;
    } finally {
      own.removeAllListeners();
      own.on('error', () => {});
      own.close();
    }
  }

  /** Takes everything after the cursor, in order; the cursor moves when a mail is durable, not before. */
  async function drain(own: ImapFlow, uidValidity: string, end: AbortSignal): Promise<void> {
    const key = `cursor:${settings.mailbox}`;
    const kept = await port.state.get<Cursor>(key);
    const from = kept?.uidValidity === uidValidity ? kept.uid : 0;
    const found = await own.fetchAll(
      `${from + 1}:*`,
      { uid: true, size: true, flags: true, internalDate: true },
      { uid: true },
    );
    for (const mail of found.filter(({ uid }) => uid > from).sort((a, b) => a.uid - b.uid)) {
      if (end.aborted) return;
      if (from > 0 || isRecent(mail, kept !== undefined)) await take(own, uidValidity, mail);
      await port.state.set(key, { uidValidity, uid: mail.uid } satisfies Cursor);
    }
    if (!kept && found.length === 0) await port.state.set(key, { uidValidity, uid: 0 } satisfies Cursor);
  }

  /**
   * Without a cursor (first start) or with one for a mailbox that was rebuilt, old mail stays untouched: unread mail of
   * the last hours is taken on the first start, a week after a rebuild. What was taken before is dropped as repeated.
   */
  function isRecent({ flags, internalDate }: FetchMessageObject, isRebuilt: boolean): boolean {
    const age = port.clock.now().getTime() - new Date(internalDate ?? 0).getTime();
    return isRebuilt ? age < 7 * 86_400_000 : age < settings.firstHours * 3_600_000 && !flags?.has('\\Seen');
  }

  async function take(
    own: ImapFlow,
    uidValidity: string,
    { uid, size = 0, internalDate }: FetchMessageObject,
  ): Promise<void> {
    const isTooLarge = size > settings.maxMegabytes * 1_000_000;
    const mail = await own.fetchOne(
      String(uid),
      { source: isTooLarge ? { start: 0, maxLength: firstBytes } : true },
      { uid: true },
    );
    // Somebody deleted it meanwhile.
    if (!mail || mail.source === undefined) return;
    await intake.take({
      source: mail.source,
      size,
      receivedAt: new Date(internalDate ?? port.clock.now()),
      place: { uidValidity, uid },
    });
    await own.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true }).catch(() => false);
  }

  return {
    start(): void {
      running ??= run();
    },
    async stop(): Promise<void> {
      stopping.abort();
      client?.close();
      await running;
    },
    /** `receiving`, or why not. */
    state: () => state,
    /** The bytes of a mail that was taken before, over a connection of its own. */
    async source({ uidValidity, uid }: Cursor): Promise<Buffer | undefined> {
      const own = connect(settings);
      own.on('error', () => {});
      try {
        await own.connect();
        const opened = await own.mailboxOpen(settings.mailbox, { readOnly: true });
        if (String(opened.uidValidity) !== uidValidity) return undefined;
        const mail = await own.fetchOne(String(uid), { source: true }, { uid: true });
        return mail ? mail.source : undefined;
      } finally {
        own.close();
      }
    },
  };
}

function connect({ imap }: EmailSettings): ImapFlow {
  const isLocal = isLoopback(imap.host);
  return new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.secure,
    ...(!imap.secure && !isLocal && { doSTARTTLS: true }),
    auth: { user: imap.user, pass: imap.password },
    tls: { ...(imap.ca && { ca: readFileSync(imap.ca) }), rejectUnauthorized: !isLocal || Boolean(imap.ca) },
    logger: false,
    autoIdleDelay: 500,
    connectionTimeout: 15_000,
    // Renewed well before the half hour after which servers drop an IDLE.
    maxIdleTime: 9 * 60_000,
    socketTimeout: 10 * 60_000,
    maxLiteralSize: 64 * 1024 * 1024,
  });
}

function wordsOf(error: unknown): string {
  const { responseText, code, message } = error as { responseText?: string; code?: string; message: string };
  return responseText ?? (code ? `${message} (${code})` : message);
}
