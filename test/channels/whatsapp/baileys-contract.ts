/** Baileys against WhatsApp on loopback: the contract of every channel. */
import { afterAll } from '@jest/globals';
import { driverSettings, openDriver } from '../../../src/channels/whatsapp/drivers.ts';
import type { LinkedAccount } from '../../../src/channels/whatsapp/linked/account.ts';
import { channelContract } from '../contract/suite.ts';
import { phase, relay } from './linked-contract.ts';
import { type FakeWhatsApp, startWhatsApp } from './peer/server.ts';

const priya = '919812345678';
const { port: lasting, to } = relay();
const secrets: string[] = [];
let wa: FakeWhatsApp | undefined;
let account: LinkedAccount;
/** A connection that was given up is made again when the next message is told, as a provider sends again. */
let again = Promise.withResolvers<void>();

async function start(): Promise<FakeWhatsApp> {
  for (const method of ['log', 'info', 'warn', 'error'] as const) console[method] = () => {};
  const started = await startWhatsApp();
  started.customer(priya, '55000000000001', 'Priya');
  const settings = {
    driver: 'baileys',
    socketUrl: started.url,
    trustedRoot: started.trustedRoot,
    minGapMs: 0,
    maxGapMs: 0,
  };
  const wait = () => again.promise;
  account = openDriver('main', driverSettings.parse(settings), lasting, { wait }) as LinkedAccount;
  again.resolve();
  await account.start();
  await account.link.pair();
  const { qr } = await phase(account, 'scan');
  secrets.push(...qr!.split('#')[1]!.split(',').slice(0, 4));
  started.scan(qr!);
  await phase(account, 'online');
  return started;
}

afterAll(async () => {
  again.resolve();
  await account?.stop();
  await wa?.close();
});

/** Resolves when the device has acknowledged it, rejects when it gives the connection up instead. */
async function told(id: string, what: Parameters<FakeWhatsApp['say']>[1]): Promise<void> {
  const peer = wa!;
  const isWaiting = () => peer.unacknowledged().includes(id);
  await connected(peer);
  // What it did not acknowledge it is sent again by itself when it has logged in.
  if (refused.delete(id))
    return peer.until(() => !isWaiting(), `the acknowledgement of ${id}`).then(() => {});
  again = Promise.withResolvers();
  await peer.say(priya, what, { id });
  await peer.until(() => !isWaiting() || !peer.isOnline(), `an answer to ${id}`);
  if (isWaiting()) {
    refused.add(id);
    throw new Error('not acknowledged');
  }
  again.resolve();
}
const refused = new Set<string>();

async function connected(peer: FakeWhatsApp): Promise<void> {
  again.resolve();
  await peer.until(peer.isOnline, 'the login');
  await phase(account, 'online');
}

channelContract({
  name: 'whatsapp by Baileys',
  secrets,
  async open(port) {
    wa ??= await start();
    const peer = wa;
    await connected(peer);
    await peer.until(() => peer.unacknowledged().length === 0, 'all that waited');
    peer.received.splice(0);
    to(port);
    return {
      account,
      sent: () => peer.received.map(({ to, text }) => ({ to, text })),
      fail(how) {
        if (how !== 'timeoutAfterAccept') {
          peer.faults.refuse = how === 'rate' ? '429' : '401';
          return;
        }
        peer.faults.keepAcks = true;
        const before = peer.received.length;
        void peer.until(() => peer.received.length > before, 'the message').then(peer.hangUp, () => {});
      },
      async close() {
        Object.assign(peer.faults, { refuse: undefined, keepAcks: false });
      },
    };
  },
  deliver: (_, { id, text }) => told(id, text),
  deliverUnknown: (_, id) =>
    told(id, { pollCreationMessage: { name: 'Which day?', options: [{ optionName: 'Monday' }] } }),
  send: { to: priya, meta: { lastInboundAt: '2026-11-23T09:00:00Z' } },
  refusesPrivateMedia: true,
});
