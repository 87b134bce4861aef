/** Plays WhatsApp behind a page of our own, which the real driver opens in Chromium as if it were WhatsApp's. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventually } from '../../../support/eventually.ts';

const version = '2.3000.1';
export type PageServer = Awaited<ReturnType<typeof startPageServer>>;
type Message = { id: string; from: string; text: string; name: string };

export async function startPageServer() {
  const dir = mkdtempSync(join(tmpdir(), 'whatsapp-page-'));
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const page = readFileSync(new URL('./page.html', import.meta.url), 'utf8');
  writeFileSync(
    join(dir, `${version}.html`),
    page.replace('__PORT__', String(port)).replace('__VERSION__', version),
  );

  const people: { phone: string; lid: string }[] = [];
  const waiting: Message[] = [];
  const sent: { id: string; to: string; text: string }[] = [];
  const state = { isPaired: false, answers: true, opened: 0, ended: 0 };
  let line: WebSocket | undefined;
  const tell = (what: object): void => line?.send(JSON.stringify(what));

  server.on('connection', (socket) => {
    line = socket;
    state.opened++;
    socket.on('close', () => {
      state.ended++;
      if (line === socket) line = undefined;
    });
    socket.on('message', (data: Buffer) => {
      const { sent: one, loggedOut } = JSON.parse(data.toString());
      if (loggedOut) state.isPaired = false;
      if (!one) return;
      sent.push(one);
      if (state.answers) tell({ ack: { id: one.id, ack: 1 } });
    });
    tell({ hello: { isPaired: state.isPaired, people, waiting: waiting.splice(0) } });
  });

  return {
    dir,
    version,
    sent,
    state,
    person: (phone: string, lid: string): void => void people.push({ phone, lid }),
    /** The phone scanned the code. */
    scan(): void {
      state.isPaired = true;
      tell({ state: 'CONNECTED' });
    },
    become: (name: string): void => tell({ state: name }),
    /** At once, or when the page is opened the next time. */
    say: (message: Message): void => void (line ? tell({ message }) : waiting.push(message)),
    ack: (id: string, ack: number): void => tell({ ack: { id, ack } }),
    isOpen: (): boolean => line !== undefined,
    until: (isSo: () => boolean, what: string) => eventually(async () => isSo() || undefined, what),
    async close(): Promise<void> {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
