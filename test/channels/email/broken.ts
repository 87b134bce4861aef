/** Mail when things break. */
import { describe, expect, it } from '@jest/globals';
import type { FakePort } from '../contract/fake-port.ts';
import { answer, eventually, post, settings, start, write } from './post.ts';
import { open, outbound } from './world.ts';

describe('when things break', () => {
  it('takes the mail again when it could not be stored, and misses none [B8]', async () => {
    post.port.failAccept();
    await start();
    await write({}, 'Anybody there?\n');
    expect((await post.port.until(1))[0]!.body).toMatchObject({ text: 'Anybody there?' });
  });

  it('keeps a mail that cannot be stored as a note, and goes on with those behind it [B8]', async () => {
    const store = post.port.accept;
    post.port.accept = async (events) => {
      if (JSON.stringify(events).includes('poison')) throw new Error('this one cannot be stored');
      return store(events);
    };
    await start();
    await write({ 'Message-ID': '<p@customer.example>' }, 'poison\n');
    expect((await post.port.until(1))[0]).toMatchObject({ thread: 'nobody', body: { kind: 'unknown' } });
    await write({ 'Message-ID': '<q@customer.example>' }, 'And this?\n');
    expect((await post.port.until(2))[1]!.body).toMatchObject({ text: 'And this?' });
  });

  it('keeps, but does not answer, a flood from one sender', async () => {
    await start({ hourlyFromOne: 2 });
    for (const n of [1, 2, 3]) await write({ 'Message-ID': `<${n}@customer.example>` }, `Mail ${n}\n`);
    const events = await post.port.until(3);
    expect(events.map(({ meta }) => meta!.automatic)).toEqual([null, null, 'too many mails in an hour']);
    expect(await answer(events[2]!, 'Hello')).toMatchObject({ ok: false, error: 'optout' });
  });

  it('goes on after the server was restarted, with what came meanwhile', async () => {
    await start();
    await write({ 'Message-ID': '<a@customer.example>' }, 'Before\n');
    await post.port.until(1);
    await post.server.restartImap();
    await write({ 'Message-ID': '<b@customer.example>' }, 'After\n');
    const events = await post.port.until(2);
    expect(events.map(({ body }) => (body as { text: string }).text)).toEqual(['Before', 'After']);
  });

  it('goes on from its place after a stop, and leaves what was there before the first start alone', async () => {
    await write({ 'Message-ID': '<old@customer.example>' }, 'Years ago\n');
    post.port.clock.advance(48 * 3_600_000);
    await start();
    await eventually(async () => (await post.account.health!()).detail === 'receiving, sending');
    await post.account.stop!();
    await write({ 'Message-ID': '<while@customer.example>' }, 'While you were out\n');
    await start();
    const events = await post.port.until(1);
    expect(events.map(({ body }) => (body as { text: string }).text)).toEqual(['While you were out']);
  });

  it('is read by one process at a time; another takes over where the first stopped', async () => {
    const first = await open(settings(), withOneLease(post.port));
    const second = await open(settings(), post.port);
    await first.start!();
    await second.start!();
    await write({ 'Message-ID': '<a@customer.example>' }, 'One\n');
    await post.port.until(1);
    expect((await second.health!()).detail).toBe('waiting: another process reads this mailbox, sending');
    await first.stop!();
    await write({ 'Message-ID': '<b@customer.example>' }, 'Two\n');
    expect((await post.port.until(2)).map(({ body }) => (body as { text: string }).text)).toEqual([
      'One',
      'Two',
    ]);
    await second.stop!();
  });

  it('says what is wrong with a password, on both sides', async () => {
    const wrong = settings();
    await start({ imap: { ...wrong.imap, password: 'no' }, smtp: { ...wrong.smtp, password: 'no' } });
    expect(await post.account.send(outbound({ kind: 'text', text: 'Hi' }))).toMatchObject({
      ok: false,
      error: 'auth',
    });
    await eventually(async () => (await post.account.health!()).detail.startsWith('not connected'));
    expect(await post.account.health!()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^not connected: .*authentication failed.*cannot send: .*535/i),
    });
    expect(post.port.logged.join('\n')).not.toContain('"no"');
  });

  it('refuses a server that it cannot trust', async () => {
    const { ca: _, ...smtp } = settings().smtp;
    post.account = await open(
      { ...settings(), smtp: { ...smtp, ca: '/etc/ssl/certs/ca-certificates.crt' } },
      post.port,
    );
    expect(await post.account.send(outbound({ kind: 'text', text: 'Hi' }))).toMatchObject({
      ok: false,
      error: 'transient',
      message: expect.stringMatching(/self-signed|certificate/i),
    });
  });
});

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
