import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { InboundEvent } from '../../../src/core/messaging.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { customer, firm, mail, open, outbound, settingsFor } from './world.ts';

let server: MailServer;
let port: FakePort;
let account: ChannelAccount;

// A server of its own for each test would cost seconds; a mailbox of its own is as good as one.
let count = 0;
let us = firm;
let them = customer;
const pairs = Array.from(
  { length: 20 },
  (_, n) =>
    [
      { ...firm, address: `hello${n}@rsoft.example` },
      { ...customer, address: `priya${n}@customer.example` },
    ] as const,
);

beforeAll(async () => {
  server = await startMailServer(pairs.flat());
}, 30_000);
afterAll(() => server?.stop(), 30_000);
beforeEach(() => {
  [us, them] = pairs[count++]!;
  port = fakePort();
});
afterEach(() => account?.stop?.());

const settings = (more: Record<string, unknown> = {}) => {
  const { imap, smtp, ...rest } = settingsFor(server);
  return {
    ...rest,
    address: us.address,
    imap: { ...imap, user: us.address },
    smtp: { ...smtp, user: us.address },
    ...more,
  };
};
async function start(more: Record<string, unknown> = {}): Promise<void> {
  account = await open(settings(more), port);
  await account.start!();
}
const write = (headers: Record<string, string>, body: string, from = them.address) =>
  server.deliver(mail({ From: `Priya Raman <${them.address}>`, To: us.address, ...headers }, body), {
    from,
    to: us.address,
  });
/** What the conversation remembers is given back with the answer, as the conversations module does. */
const answer = (event: InboundEvent, text: string, id = '01JDC00000000000000000000A') =>
  account.send(outbound({ kind: 'text', text }, { id, to: event.thread, meta: event.meta! }));

describe('a customer who writes an e-mail', () => {
  it('is heard and answered in the same thread, over a login and TLS [M3] [M7]', async () => {
    await start();
    await write(
      { Subject: 'Demo of the CRM', 'Message-ID': '<first@customer.example>' },
      'Could you show me the CRM?\n',
    );
    const [event] = await port.until(1);
    expect(event).toMatchObject({
      channel: 'email',
      account: 'main',
      audience: 'customer',
      thread: them.address,
      from: [{ scheme: 'email', value: them.address }],
      name: 'Priya Raman',
      body: { kind: 'text', text: 'Could you show me the CRM?' },
      meta: { subject: 'Demo of the CRM', source: 'email', medium: 'email' },
    });

    expect(await answer(event!, 'With pleasure. When?')).toMatchObject({ ok: true });
    const [received] = await server.until(them.address, 1);
    expect(received!.subject).toBe('Re: Demo of the CRM');
    expect(received!.inReplyTo).toBe('<first@customer.example>');
    expect(received!.references).toBe('<first@customer.example>');
    expect(received!.text?.trim()).toBe('With pleasure. When?');
    expect(received!.html).toContain('With pleasure. When?');
    expect(received!.from?.value[0]).toEqual({ address: us.address, name: 'RSoft' });
    expect(received!.headers.get('auto-submitted')).toBe('auto-replied');
  });

  it('stays in one conversation over replies, and the bot reads only what is new', async () => {
    await start();
    await write({}, 'Could you show me the CRM?\n');
    await answer((await port.until(1))[0]!, 'When would suit you?');
    const [ours] = await server.until(them.address, 1);

    await write(
      {
        Subject: 'Re: Demo',
        'Message-ID': '<second@customer.example>',
        'In-Reply-To': ours!.messageId!,
        References: `<m1@customer.example> ${ours!.messageId}`,
      },
      `Tomorrow at 11.\n\nOn Mon, 23 Nov 2026 at 09:01, RSoft <${us.address}> wrote:\n> When would suit you?\n`,
    );
    const [first, second] = await port.until(2);
    expect(second!.thread).toBe(first!.thread);
    expect(second!.body).toMatchObject({
      kind: 'text',
      text: 'Tomorrow at 11.',
      quoted: expect.stringContaining('> When would suit you?'),
    });
  });

  it('has a colleague answer: the conversation stays the customer’s, and both get the next mail', async () => {
    await start();
    await write({}, 'We need a demo.\n');
    await answer((await port.until(1))[0]!, 'When?');
    const [ours] = await server.until(them.address, 1);
    const colleague = pairs[19]![1].address;
    await server.deliver(
      mail(
        {
          From: `Ravi <${colleague}>`,
          To: us.address,
          'Message-ID': '<ravi@customer.example>',
          References: ours!.messageId!,
        },
        'Friday is better.\n',
      ),
      { from: colleague, to: us.address },
    );
    const event = (await port.until(2))[1]!;
    expect(event).toMatchObject({
      thread: them.address,
      from: [{ scheme: 'email', value: them.address }],
      meta: { sender: colleague },
    });
    expect(event.name).toBeUndefined();
    await answer(event, 'Friday it is.', '01JDC00000000000000000000B');
    expect((await server.until(them.address, 2))[1]!.cc).toMatchObject({ value: [{ address: colleague }] });
  });

  it('sends the same mail twice and it is one; another text under the same Message-ID is another', async () => {
    await start();
    await write({}, 'Once\n');
    await write({}, 'Once\n');
    await write({}, 'Twice\n');
    await port.until(2);
    await write({ 'Message-ID': '<last@customer.example>' }, 'End\n');
    const events = await port.until(3);
    expect(events.map(({ body }) => (body as { text: string }).text)).toEqual(['Once', 'Twice', 'End']);
  });

  it('sends files: they are named, and their bytes can be had', async () => {
    await start();
    const parts = [
      '--x',
      'Content-Type: text/plain',
      '',
      'Our requirements are attached.',
      '--x',
      'Content-Type: application/pdf; name="needs.pdf"',
      'Content-Disposition: attachment; filename="needs.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('%PDF-needs').toString('base64'),
      '--x--',
    ];
    await write({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=x' }, parts.join('\n'));
    const [event] = await port.until(1);
    expect(event!.body).toMatchObject({
      kind: 'media',
      text: 'Our requirements are attached.',
      media: [{ type: 'document', mime: 'application/pdf', filename: 'needs.pdf', bytes: 10 }],
    });
    const [ref] = (event!.body as unknown as { media: [{ type: 'document'; id: string }] }).media;
    expect((await account.media!(ref)).body.toString()).toBe('%PDF-needs');
  });

  it('sends 25 MB: kept as a note with its first words, and the next mail is read', async () => {
    await start();
    const parts = [
      '--x',
      'Content-Type: text/plain',
      '',
      'The drawings are attached.',
      '--x',
      'Content-Type: application/zip',
      'Content-Disposition: attachment; filename="all.zip"',
      'Content-Transfer-Encoding: base64',
      '',
      `${'A'.repeat(76)}\n`.repeat(330_000),
      '--x--',
    ];
    await write(
      { Subject: 'Drawings', 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=x' },
      parts.join('\n'),
    );
    await write({ 'Message-ID': '<small@customer.example>' }, 'Did you get them?\n');
    // Two queue runs may overtake each other: the server's order is not the senders'.
    const events = await port.until(2);
    const big = events.find(({ body }) => body.kind === 'unknown');
    const small = events.find(({ body }) => body.kind === 'text');
    expect(big!.body).toMatchObject({
      kind: 'unknown',
      note: expect.stringMatching(/26 MB.*20 MB.*Drawings\s+The drawings are attached\./),
    });
    expect(big!.meta!.automatic).toBeNull();
    expect(small!.body).toMatchObject({ text: 'Did you get them?' });
  });
});

describe('what we send', () => {
  it('shows choices as numbered text and attaches the brochure [M7] [M12]', async () => {
    account = await open(settings(), port);
    const sent = await account.send(
      outbound(
        {
          kind: 'text',
          text: 'Which product?',
          choices: [
            { label: 'CRM', value: 'crm' },
            { label: 'ERP', value: 'erp' },
          ],
          subject: 'Your enquiry',
        },
        { to: them.address },
      ),
    );
    expect(sent).toMatchObject({ ok: true, choiceMap: { 1: 'crm', 2: 'erp', crm: 'crm' } });
    await account.send(
      outbound(
        {
          kind: 'media',
          media: { type: 'document', id: 'brochure', filename: 'RSoft CRM brochure.pdf' },
          caption: 'Our brochure',
        },
        { id: 'b', to: them.address },
      ),
    );
    await account.send(
      outbound(
        {
          kind: 'location',
          name: 'RSoft Technologies',
          address: 'Anna Salai, Chennai',
          latitude: 13.06,
          longitude: 80.25,
        },
        { id: 'c', to: them.address },
      ),
    );

    const [choices, brochure, place] = (await server.until(them.address, 3))
      .sort((a, b) => a.attachments.length - b.attachments.length || a.text!.localeCompare(b.text!))
      .sort((a) => (a.subject === 'Your enquiry' ? -1 : 1))
      .sort((a, b) => Number(/RSoft Tech/.test(a.text!)) - Number(/RSoft Tech/.test(b.text!)));
    expect(choices!.subject).toBe('Your enquiry');
    expect(choices!.text).toContain('1. CRM\n2. ERP');
    expect(brochure!.attachments).toMatchObject([
      { filename: 'RSoft CRM brochure.pdf', contentType: 'application/pdf' },
    ]);
    expect(brochure!.attachments[0]!.content.toString()).toBe('%PDF-brochure');
    expect(place!.text).toContain('Anna Salai, Chennai');
  });

  it('cannot be made to read files or smuggle headers', async () => {
    account = await open(settings(), port);
    expect(
      await account.send(
        outbound({ kind: 'media', media: { type: 'document', id: '/etc/passwd' } }, { to: them.address }),
      ),
    ).toMatchObject({ ok: false, error: 'content' });
    expect(
      await account.send(
        outbound({ kind: 'text', text: 'x' }, { to: `${them.address}, boss@rsoft.example` }),
      ),
    ).toMatchObject({ ok: false, error: 'recipient' });
    await account.send(
      outbound(
        { kind: 'text', text: '<b>Hi</b>', subject: 'Hi\r\nBcc: boss@rsoft.example' },
        { to: them.address },
      ),
    );
    const [received] = await server.until(them.address, 1);
    expect(received!.headers.has('bcc')).toBe(false);
    expect(received!.html).toContain('&lt;b&gt;Hi&lt;/b&gt;');
  });

  it('comes back from a mailbox that does not exist, and is reported as failed', async () => {
    await start();
    const nobody = 'nobody@customer.example';
    expect(
      await account.send(
        outbound({ kind: 'text', text: 'Hello?' }, { id: '01JDC0000000000000000DEAD1', to: nobody }),
      ),
    ).toMatchObject({ ok: true });
    await eventually(async () => port.received.length > 0);
    expect(port.received).toMatchObject([
      { ref: '01JDC0000000000000000DEAD1', status: 'failed', error: expect.stringContaining('5.1.1') },
    ]);
    expect(port.events).toEqual([]);
  });

  it('never answers machines, though a colleague may', async () => {
    await start();
    await write({ 'Auto-Submitted': 'auto-replied', Subject: 'Out of office' }, 'I am away until Monday.\n');
    const [event] = await port.until(1);
    expect(event!.body).toMatchObject({
      kind: 'signal',
      name: 'mail.automatic',
      data: { subject: 'Out of office', text: 'I am away until Monday.' },
    });
    expect(await answer(event!, 'Which product?')).toMatchObject({ ok: false, error: 'optout' });
    expect(
      await account.send(
        outbound(
          { kind: 'text', text: 'Enjoy!' },
          { to: them.address, meta: { ...event!.meta, author: { kind: 'user', name: 'Asha' } } },
        ),
      ),
    ).toMatchObject({ ok: true });
    const [received] = await server.until(them.address, 1);
    expect(received!.from!.value[0]!.name).toBe('Asha (RSoft)');
    expect(received!.headers.has('auto-submitted')).toBe(false);
  });
});

describe('when things break', () => {
  it('takes the mail again when it could not be stored, and misses none [B8]', async () => {
    port.failAccept();
    await start();
    await write({}, 'Anybody there?\n');
    expect((await port.until(1))[0]!.body).toMatchObject({ text: 'Anybody there?' });
  });

  it('keeps a mail that cannot be stored as a note, and goes on with those behind it [B8]', async () => {
    const store = port.accept;
    port.accept = async (events) => {
      if (JSON.stringify(events).includes('poison')) throw new Error('this one cannot be stored');
      return store(events);
    };
    await start();
    await write({ 'Message-ID': '<p@customer.example>' }, 'poison\n');
    expect((await port.until(1))[0]).toMatchObject({ thread: 'nobody', body: { kind: 'unknown' } });
    await write({ 'Message-ID': '<q@customer.example>' }, 'And this?\n');
    expect((await port.until(2))[1]!.body).toMatchObject({ text: 'And this?' });
  });

  it('keeps, but does not answer, a flood from one sender', async () => {
    await start({ hourlyFromOne: 2 });
    for (const n of [1, 2, 3]) await write({ 'Message-ID': `<${n}@customer.example>` }, `Mail ${n}\n`);
    const events = await port.until(3);
    expect(events.map(({ meta }) => meta!.automatic)).toEqual([null, null, 'too many mails in an hour']);
    expect(await answer(events[2]!, 'Hello')).toMatchObject({ ok: false, error: 'optout' });
  });

  it('goes on after the server was restarted, with what came meanwhile', async () => {
    await start();
    await write({ 'Message-ID': '<a@customer.example>' }, 'Before\n');
    await port.until(1);
    await server.restartImap();
    await write({ 'Message-ID': '<b@customer.example>' }, 'After\n');
    const events = await port.until(2);
    expect(events.map(({ body }) => (body as { text: string }).text)).toEqual(['Before', 'After']);
  });

  it('goes on from its place after a stop, and leaves what was there before the first start alone', async () => {
    await write({ 'Message-ID': '<old@customer.example>' }, 'Years ago\n');
    port.clock.advance(48 * 3_600_000);
    await start();
    await eventually(async () => (await account.health!()).detail === 'receiving, sending');
    await account.stop!();
    await write({ 'Message-ID': '<while@customer.example>' }, 'While you were out\n');
    await start();
    const events = await port.until(1);
    expect(events.map(({ body }) => (body as { text: string }).text)).toEqual(['While you were out']);
  });

  it('is read by one process at a time; another takes over where the first stopped', async () => {
    const first = await open(settings(), withOneLease(port));
    const second = await open(settings(), port);
    await first.start!();
    await second.start!();
    await write({ 'Message-ID': '<a@customer.example>' }, 'One\n');
    await port.until(1);
    expect((await second.health!()).detail).toBe('waiting: another process reads this mailbox, sending');
    await first.stop!();
    await write({ 'Message-ID': '<b@customer.example>' }, 'Two\n');
    expect((await port.until(2)).map(({ body }) => (body as { text: string }).text)).toEqual(['One', 'Two']);
    await second.stop!();
  });

  it('says what is wrong with a password, on both sides', async () => {
    const wrong = settings();
    await start({ imap: { ...wrong.imap, password: 'no' }, smtp: { ...wrong.smtp, password: 'no' } });
    expect(await account.send(outbound({ kind: 'text', text: 'Hi' }))).toMatchObject({
      ok: false,
      error: 'auth',
    });
    await eventually(async () => (await account.health!()).detail.startsWith('not connected'));
    expect(await account.health!()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^not connected: .*authentication failed.*cannot send: .*535/i),
    });
    expect(port.logged.join('\n')).not.toContain('"no"');
  });

  it('refuses a server that it cannot trust', async () => {
    const { ca: _, ...smtp } = settings().smtp;
    account = await open(
      { ...settings(), smtp: { ...smtp, ca: '/etc/ssl/certs/ca-certificates.crt' } },
      port,
    );
    expect(await account.send(outbound({ kind: 'text', text: 'Hi' }))).toMatchObject({
      ok: false,
      error: 'transient',
      message: expect.stringMatching(/self-signed|certificate/i),
    });
  });
});

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(30)) if (await isSo()) return;
  throw new Error('it did not come about in ten seconds');
}

/** Both ports share what they are given; the lease is a mutex between them. */
function withOneLease(shared: FakePort): FakePort {
  let holder: Promise<void> = Promise.resolve();
  shared.lease = async () => {
    const before = holder;
    let release = () => {};
    holder = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return { token: 1, lost: new AbortController().signal, release: async () => release() };
  };
  return shared;
}
