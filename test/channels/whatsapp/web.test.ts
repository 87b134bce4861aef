/** The fallback driver: the real whatsapp-web.js in its own process with Debian's Chromium, and a page of our own as WhatsApp's. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { driverSettings, openDriver } from '../../../src/channels/whatsapp/drivers.ts';
import type { LinkedAccount } from '../../../src/channels/whatsapp/linked/account.ts';
import type { Content } from '../../../src/core/messaging.ts';
import { eventually } from '../../support/eventually.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { phase as phaseOf, relay } from './linked-contract.ts';
import { type PageServer, startPageServer } from './page/server.ts';
import { webContract } from './web-contract.ts';

const priya = '919812345678';
const shell = '/usr/bin/chromium-headless-shell';

const { port: lasting, to, has } = relay();
let wa: PageServer;
let account: LinkedAccount;
afterAll(async () => {
  await account?.stop();
  await wa?.close();
});

describe('WhatsApp by its own page (whatsapp-web.js)', () => {
  let port: FakePort;

  beforeAll(async () => {
    wa = await startPageServer();
    wa.person(priya, '55000000000001');
    port = fakePort({ now: new Date().toISOString() });
    to(port);
    const settings = {
      driver: 'web',
      chromium: existsSync(shell) ? shell : '/usr/bin/chromium',
      sandbox: false,
      // Pages of the internet may not reach this machine; this one is ours.
      switches: ['--disable-features=LocalNetworkAccessChecks'],
      dir: join(wa.dir, 'profile'),
      version: wa.version,
      versionDir: wa.dir,
      minGapMs: 0,
      maxGapMs: 0,
    };
    const wait = async () => {};
    account = openDriver('main', driverSettings.parse(settings), lasting, { wait }) as LinkedAccount;
    await account.start();
  });

  const phase = (wanted: string) => phaseOf(account, wanted);
  const send = (id: string, content: Content) =>
    account.send({
      id,
      channel: 'whatsapp',
      account: 'main',
      to: priya,
      content,
      purpose: 'reply',
      meta: { lastInboundAt: port.clock.now().toISOString() },
    });

  it('shows the page’s code, and is connected when the phone has scanned it', async () => {
    await account.link.pair();
    expect((await phase('scan')).qr).toContain('ref-1,');
    wa.scan();
    expect(await phase('online')).toMatchObject({ me: 'RSoft +919800000001' });
  });

  it('takes a message once, though the page tells of it twice, by number and hidden id', async () => {
    const message = { id: '3A01', from: '55000000000001@lid', text: 'Hello', name: 'Priya' };
    wa.say(message);
    wa.say(message);
    wa.say({ ...message, id: '3A02', text: 'Still there?' });
    await port.until(2);
    expect(port.events).toMatchObject([
      {
        id: `${priya}/3A01`,
        thread: priya,
        name: 'Priya',
        from: [
          { scheme: 'phone', value: `+${priya}` },
          { scheme: 'wa_lid', value: '55000000000001' },
        ],
        body: { kind: 'text', text: 'Hello' },
      },
      { id: `${priya}/3A02` },
    ]);
  });

  it('answers with numbered text, and hears that it was read', async () => {
    const choices = [
      { label: 'Yes', value: 'y' },
      { label: 'No', value: 'n' },
    ];
    const sent = await send('o-1', { kind: 'text', text: 'Sure?', choices });
    expect(sent).toMatchObject({ ok: true });
    const { providerId } = sent as { providerId: string };
    expect(wa.sent).toEqual([{ id: providerId, to: `${priya}@c.us`, text: 'Sure?\n\n1. Yes\n2. No' }]);
    wa.ack(providerId, 3);
    await eventually(
      async () => port.received.find(({ status, ref }) => status === 'read' && ref === 'o-1'),
      'the receipt',
    );
  });

  it('notices that its browser is gone, loses nothing meanwhile and repeats nothing', async () => {
    wa.state.answers = false;
    const lost = send('o-2', { kind: 'text', text: 'Once only' });
    await eventually(async () => wa.sent.find(({ text }) => text === 'Once only'), 'the message');
    // Debian's program is a script that starts the browser: the whole group.
    process.kill(-browserOf(account.driverPid()!), 'SIGKILL');
    expect(await lost).toMatchObject({ ok: false, error: 'ambiguous' });
    await eventually(async () => wa.state.ended === 1 || undefined, 'the end of the page');
    wa.say({ id: '3A03', from: '55000000000001@lid', text: 'While it was away', name: 'Priya' });
    wa.state.answers = true;
    await port.until(3);
    await phase('online');
    expect(port.events.map(({ id }) => id)).toEqual([`${priya}/3A01`, `${priya}/3A02`, `${priya}/3A03`]);
    expect(wa.sent.filter(({ text }) => text === 'Once only')).toHaveLength(1);
    expect(wa.state.opened).toBe(2);
  });

  it('stops where another program has taken over', async () => {
    wa.become('CONFLICT');
    expect((await phase('taken over')).words).toContain('Another program');
    await eventually(async () => !wa.isOpen() || undefined, 'the end of the page');
  });
});

webContract(() => ({ wa, account, to, has }), { phone: priya, lid: '55000000000001' });

/** The kernel knows whose child the browser is; puppeteer makes it the leader of a group. */
function browserOf(driver: number): number {
  const children = readFileSync(`/proc/${driver}/task/${driver}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}
