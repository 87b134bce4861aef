/** One linked phone by whatsapp-web.js: a browser of its own with WhatsApp's page in it. When either ends, so does the process. */
import { mkdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import whatsappWeb, { type Client } from 'whatsapp-web.js';
import type { AppSide, DriverSide } from '../linked/contract.ts';
import { unreadMessages } from './page.ts';
import { closeCodes, type PageMessage, personOf, readMessage, receiptOf } from './read.ts';
import { createSending } from './sending.ts';
import { type WebSettings, webSettings } from './settings.ts';

const {
  Client: PageClient,
  LocalAuth,
  Message,
} = whatsappWeb as unknown as {
  Client: new (options: object) => Client;
  LocalAuth: new (options: { clientId: string; dataPath: string }) => object;
  Message: new (client: Client, data: unknown) => PageMessage;
};

export function createDriver(app: AppSide, onBrowser: (pid: number) => void): DriverSide {
  let client: Client;
  let sending: ReturnType<typeof createSending>;
  let isClosed = false;
  /** The page tells of a message twice when it comes again. */
  const taken = new Set<string>();
  let taking: Promise<void> = Promise.resolve();

  async function connect(given: Record<string, unknown>): Promise<void> {
    const settings = webSettings.parse(given);
    client = new PageClient(optionsOf(settings));
    sending = createSending(app, client);
    listen();
    const late = setTimeout(
      () => void close(0, `WhatsApp’s page was not ready in ${settings.readySeconds} s`),
      settings.readySeconds * 1000,
    );
    // A code on the screen waits for a person; the rest of the way has its own limit.
    client.once('qr', () => clearTimeout(late));
    client.once('ready', () => clearTimeout(late));
    client.once('authenticated', () => late.refresh());
    try {
      await client.initialize();
    } catch (error) {
      await close(0, `the page did not open: ${(error as Error)?.message ?? String(error)}`);
    }
  }

  function listen(): void {
    client.on('qr', (code: string) => void app.qr(code).catch(() => {}));
    client.on('authenticated', () => {
      // Restored sessions authenticate, too; only a code that was scanned links anew.
    });
    client.on('ready', () => void ready());
    client.on('message', (message) => void take(message as unknown as PageMessage).catch(() => {}));
    client.on('message_ack', (message, ack) => {
      const receipt = receiptOf(message as unknown as PageMessage, ack, Date.now());
      if (receipt) sending.heard(receipt.id, receipt.status);
      if (receipt && !sending.isUnderWay(receipt.id)) app.receipts([receipt]).catch(() => {});
    });
    client.on('disconnected', (reason: string) => void close(closeCodes[reason] ?? 0, reason));
    client.on('auth_failure', (words: string) => void close(401, words));
    watchForBrowser();
  }

  /** The library says nothing when its browser is gone, and gives it away only as a field that is set. */
  function watchForBrowser(): void {
    let browser: Client['pupBrowser'];
    Object.defineProperty(client, 'pupBrowser', {
      configurable: true,
      get: () => browser,
      set: (made: Client['pupBrowser']) => {
        browser = made;
        const pid = made?.process()?.pid;
        if (pid) {
          onBrowser(pid);
          app.helper(pid).catch(() => {});
        }
        made?.on('disconnected', () => void close(0, 'the browser ended'));
      },
    });
  }

  async function ready(): Promise<void> {
    const { wid, pushname } = client.info;
    await app.online({ ...personOf(wid._serialized), ...(pushname && { name: pushname }) });
    const missed = (await unreadMessages(client.pupPage!)).map((data) => new Message(client, data));
    for (const message of missed) await take(message).catch(() => {});
  }

  /** One after the other. What could not be stored ends the connection: unread, it is looked for with the next. */
  function take(message: PageMessage): Promise<void> {
    const work = taking.then(async () => {
      if (taken.has(message.id._serialized)) return;
      const read = readMessage(message, await whoIs(message.from));
      if (!read) return;
      await app.accept([read]);
      taken.add(message.id._serialized);
      if (taken.size > 5_000) taken.delete(taken.values().next().value!);
    });
    taking = work.catch((error: Error) => close(0, `a message could not be stored: ${error.message}`));
    return work;
  }

  /** Number and hidden id, as far as the page knows both. */
  async function whoIs(id: string): Promise<ReturnType<typeof personOf>> {
    const own = personOf(id);
    if (!own.phone && !own.lid) return own;
    const [both] = await client.getContactLidAndPhone([id]).catch(() => []);
    return personOf(id, both?.pn, both?.lid);
  }

  async function close(code: number, detail: string): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    await app.closed({ code, detail });
  }

  return {
    connect,
    send: (message) => sending.send(message),
    async download(file, maxBytes) {
      const message = await client.getMessageById(file);
      const media = await message?.downloadMedia();
      if (!media) throw new Error('WhatsApp does not keep this file any more');
      const body = Buffer.from(media.data, 'base64');
      if (body.length > maxBytes)
        throw new Error(`the file is larger than ${Math.floor(maxBytes / 1_000_000)} MB`);
      return { body, mime: media.mimetype };
    },
    async unpair() {
      isClosed = true;
      await client.logout();
    },
  };
}

/** The page of a certain version only where one is kept; else WhatsApp's newest. */
function optionsOf(settings: WebSettings): object {
  const dir = resolve(settings.dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return {
    authStrategy: new LocalAuth({ clientId: basename(dir), dataPath: dirname(dir) }),
    ...(settings.version && { webVersion: settings.version }),
    webVersionCache: settings.versionDir
      ? { type: 'local', path: settings.versionDir, strict: true }
      : { type: 'none' },
    qrMaxRetries: 6,
    takeoverOnConflict: false,
    puppeteer: {
      headless: true,
      executablePath: settings.chromium,
      // A browser whose pipe is closed ends: it does not outlive this process, however that dies.
      pipe: true,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        ...(settings.sandbox ? [] : ['--no-sandbox']),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        ...settings.switches,
      ],
    },
  };
}
