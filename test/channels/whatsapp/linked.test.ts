/** A phone linked by Baileys: the real library in its own process, against a WhatsApp on loopback that speaks its protocols. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { driverSettings, openDriver } from '../../../src/channels/whatsapp/drivers.ts';
import type { LinkedAccount } from '../../../src/channels/whatsapp/linked/account.ts';
import type { Content, Outbound } from '../../../src/core/messaging.ts';
import { eventually } from '../../support/eventually.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { type MediaHost, startMediaHost } from './peer/media-host.ts';
import { type FakeWhatsApp, startWhatsApp } from './peer/server.ts';
import './baileys-contract.ts';
import { phase as phaseOf } from './linked-contract.ts';

const priya = '919812345678';
const ravi = '919812345699';

describe('WhatsApp by a linked phone (Baileys)', () => {
  let files: MediaHost;
  let wa: FakeWhatsApp;
  let port: FakePort;
  let account: LinkedAccount;
  const codes: string[] = [];

  beforeAll(async () => {
    // libsignal prints sessions; in the product its process has no console.
    for (const method of ['log', 'info', 'warn', 'error'] as const) console[method] = () => {};
    files = await startMediaHost();
    wa = await startWhatsApp({ mediaHost: files.host });
    wa.customer(priya, '55000000000001', 'Priya');
    wa.customer(ravi, '55000000000002', 'Ravi');
    port = fakePort({ now: new Date().toISOString() });
    const settings = {
      driver: 'baileys',
      socketUrl: wa.url,
      trustedRoot: wa.trustedRoot,
      caFile: files.caFile,
      minGapMs: '0',
      maxGapMs: '0',
    };
    // A lost connection is made again at once.
    const wait = async () => {};
    account = openDriver('main', driverSettings.parse(settings), port, { wait }) as LinkedAccount;
    await account.start();
  });
  afterAll(async () => {
    await account?.stop();
    await wa?.close();
    await files?.close();
  });

  const phase = (wanted: string) => phaseOf(account, wanted);
  const out = (content: Content, id: string, more: Partial<Outbound> = {}): Outbound => ({
    id,
    channel: 'whatsapp',
    account: 'main',
    to: priya,
    content,
    purpose: 'reply',
    meta: { lastInboundAt: port.clock.now().toISOString() },
    ...more,
  });
  const textsOf = (thread: string) =>
    port.events.flatMap((event) =>
      event.thread === thread && event.body.kind === 'text' ? [event.body.text] : [],
    );

  it('asks nobody for a code until somebody wants to link a phone', async () => {
    expect(await account.link.state()).toMatchObject({ phase: 'unlinked', words: 'No phone is linked.' });
    expect(await account.health!()).toMatchObject({ ok: false });
    expect(await account.send(out({ kind: 'text', text: 'Hi' }, 'o-0'))).toMatchObject({
      ok: false,
      error: 'auth',
    });
    expect(wa.openConnections()).toBe(0);
  });

  it('links the phone that scans the code, and starts again as its device', async () => {
    await account.link.pair();
    const { qr, words } = await phase('scan');
    codes.push(qr!);
    expect(words).toContain('Linked devices');
    wa.scan(qr!);
    expect(await phase('online')).toMatchObject({ me: '+919800000001' });
    // Paired on one connection (515), logged in on the next.
    expect(wa.logins).toEqual(['919800000001:5']);
    expect(await account.health!()).toEqual({ ok: true, detail: 'Paired and connected.' });
  });

  it('takes a customer’s first message, by hidden id and number, and confirms it [M3]', async () => {
    const id = await wa.say(priya, 'Is the flat still free?');
    await port.until(1);
    expect(port.events[0]).toMatchObject({
      id: `${priya}/${id}`,
      thread: priya,
      name: 'Priya',
      from: [
        { scheme: 'phone', value: `+${priya}` },
        { scheme: 'wa_lid', value: '55000000000001' },
      ],
      body: { kind: 'text', text: 'Is the flat still free?' },
    });
    await wa.until(() => wa.unacknowledged().length === 0, 'the acknowledgement');
    // The same conversation, though this time the number comes first.
    await wa.say(priya, 'Second', { byNumber: true });
    await port.until(2);
    expect(textsOf(priya)).toEqual(['Is the flat still free?', 'Second']);
  });

  it('answers with numbered text, and hears that it was delivered and read', async () => {
    const choices = [
      { label: 'Book a demo', value: 'demo' },
      { label: 'Prices', value: 'prices' },
    ];
    const sent = await account.send(out({ kind: 'text', text: 'What now?', choices }, 'o-1'));
    expect(sent).toMatchObject({ ok: true, choiceMap: { '1': 'demo', prices: 'prices' } });
    expect(wa.received.map(({ to, text }) => [to, text])).toEqual([
      [priya, 'What now?\n\n1. Book a demo\n2. Prices'],
    ]);
    const { providerId } = sent as { providerId: string };
    const heard = (status: string) =>
      eventually(async () => port.received.find((one) => one.status === status), `a receipt says ${status}`);
    wa.receipt(providerId, priya);
    expect(await heard('delivered')).toMatchObject({ ref: 'o-1', providerId });
    wa.receipt(providerId, priya, 'read');
    expect(await heard('read')).toMatchObject({ ref: 'o-1' });
  });

  it('sends and fetches files', async () => {
    const sent = await account.send(
      out({ kind: 'media', media: { type: 'document', id: 'brochure' }, caption: 'As asked' }, 'o-2'),
    );
    expect(sent).toMatchObject({ ok: true });
    const document = wa.received.at(-1)!.message.documentMessage!;
    expect(document).toMatchObject({ fileName: 'RSoft.pdf', caption: 'As asked' });
    // The customer sends the same file on: what was encrypted for them is fetched and decrypted here.
    const before = port.events.length;
    await wa.say(priya, { documentMessage: document });
    const event = (await port.until(before + 1)).at(-1)!;
    expect(event.body).toMatchObject({
      kind: 'media',
      media: [{ type: 'document', mime: 'application/pdf', filename: 'RSoft.pdf' }],
    });
    const { media } = event.body as { media: { type: 'document'; id: string }[] };
    const file = await account.media!(media[0]!);
    expect(file.body.toString()).toBe('%PDF-brochure');
  });

  it('refuses advertising, strangers and numbers without WhatsApp', async () => {
    const say = (more: Partial<Outbound>) => account.send(out({ kind: 'text', text: 'x' }, 'o-3', more));
    expect(await say({ purpose: 'marketing' })).toMatchObject({ ok: false, error: 'window' });
    expect(await say({ meta: {} })).toMatchObject({ ok: false, error: 'window' });
    expect(await say({ to: 'priya@example.com' })).toMatchObject({ ok: false, error: 'recipient' });
    expect(await say({ to: '919999999999' })).toMatchObject({ ok: false, error: 'recipient' });
    wa.faults.refuse = '463';
    expect(await say({ to: ravi })).toMatchObject({
      ok: false,
      error: 'recipient',
      message: expect.stringContaining('does not let this number begin new chats'),
    });
    wa.faults.refuse = undefined;
  });

  it('does not confirm to WhatsApp what could not be stored, and gets it again', async () => {
    const before = port.events.length;
    port.failAccept();
    const id = await wa.say(ravi, 'Do not lose me');
    // The connection is given up, so that nothing can be confirmed, and made again.
    await wa.until(() => wa.logins.length === 2, 'the next login');
    await port.until(before + 1);
    await wa.until(() => wa.unacknowledged().length === 0, 'the acknowledgement');
    expect(textsOf(ravi)).toEqual(['Do not lose me']);
    expect(wa.acknowledged.filter((one) => one.id === id)).toHaveLength(1);
    await phase('online');
  });

  it('loses and repeats nothing when its process is killed with messages under way', async () => {
    // Sent, but the answer is lost: nobody knows. A second one has not begun.
    wa.faults.keepAcks = true;
    const first = account.send(out({ kind: 'text', text: 'Once only' }, 'o-4'));
    await wa.until(() => wa.received.some(({ text }) => text === 'Once only'));
    const second = account.send(out({ kind: 'text', text: 'Not begun' }, 'o-5'));
    const burst = Promise.all([1, 2, 3].map((n) => wa.say(priya, `burst ${n}`)));
    process.kill(driverPid(account), 'SIGKILL');
    await burst;
    expect(await first).toMatchObject({ ok: false, error: 'ambiguous' });
    expect(await second).toMatchObject({ ok: false, error: 'transient' });
    wa.faults.keepAcks = false;
    await wa.until(() => wa.logins.length === 3, 'the next login');
    await wa.say(priya, 'while it was away');
    await wa.until(() => wa.unacknowledged().length === 0, 'the acknowledgements');
    expect(textsOf(priya).slice(-4)).toEqual(['burst 1', 'burst 2', 'burst 3', 'while it was away']);
    await phase('online');
    // The customer's phone settles what the lost answer left open.
    const { id } = wa.received.find(({ text }) => text === 'Once only')!;
    wa.receipt(id, priya);
    await eventually(
      async () => port.received.find(({ ref, status }) => ref === 'o-4' && status === 'delivered'),
      'the receipt of the ambiguous message',
    );
    expect(await account.send(out({ kind: 'text', text: 'Not begun' }, 'o-5'))).toMatchObject({ ok: true });
    const texts = wa.received.map(({ text }) => text);
    expect(texts.filter((text) => text === 'Once only')).toHaveLength(1);
    expect(texts.filter((text) => text === 'Not begun')).toHaveLength(1);
  });

  it('stops when another program has taken the device over, and says so', async () => {
    wa.conflict();
    const { words } = await phase('taken over');
    expect(words).toContain('Another program uses this linked device');
    expect(await account.send(out({ kind: 'text', text: 'Hi' }, 'o-6'))).toMatchObject({
      ok: false,
      error: 'auth',
    });
    expect(wa.openConnections()).toBe(0);
  });

  it('connects again when told to, and forgets everything when unlinked', async () => {
    await account.link.pair();
    await phase('online');
    await account.link.unpair();
    await phase('unlinked');
    expect(await port.keys.get(['creds'])).toEqual({});
    expect(wa.isOnline()).toBe(false);
  });

  it('logs no key and no code', () => {
    const parts = codes.flatMap((code) => code.split('#')[1]!.split(',').slice(0, 4));
    expect(parts).toHaveLength(4);
    expect(port.logged.filter((line) => parts.some((part) => line.includes(part)))).toEqual([]);
    expect(port.logged.join('\n')).not.toMatch(/privKey|private|Closing session/i);
  });
});

/** The process is the product's own affair; a test may kill it. */
const driverPid = (account: LinkedAccount): number => account.driverPid()!;
