import { describe, expect, it } from '@jest/globals';
import { textToHtml } from '../../../src/channels/email/html.ts';
import { findOwnId, makeMessageId, readMessageId } from '../../../src/channels/email/message-id.ts';
import { splitReply } from '../../../src/channels/email/quote.ts';
import { readMail } from '../../../src/channels/email/read.ts';
import { emailSettings } from '../../../src/channels/email/settings.ts';
import type { InboundEvent } from '../../../src/core/messaging.ts';
import { fakePort } from '../contract/fake-port.ts';
import { mail, settingsFor } from './world.ts';

const port = fakePort();
const settings = emailSettings.parse(
  settingsFor({ ports: { imaps: 993, submission: 587 } as never, caFile: '' }),
);
async function read(raw: string | Buffer): Promise<InboundEvent> {
  const source = Buffer.from(raw as string);
  const result = await readMail(
    {
      source,
      size: source.length,
      receivedAt: new Date('2026-11-23T09:00:05Z'),
      place: { uidValidity: '1', uid: 7 },
    },
    { account: 'main', settings, port },
  );
  if (!('event' in result)) throw new Error('a receipt, not a mail');
  return result.event;
}
const textOf = async (raw: string | Buffer) => ((await read(raw)).body as { text: string }).text;

describe('whatever arrives is read', () => {
  it('HTML alone becomes text: no scripts, no styles, links kept', async () => {
    const html =
      '<html><head><style>p{color:red}</style><script>alert(1)</script></head><body><p>Hello&nbsp;there,</p><p>please call <a href="https://rsoft.example">us</a> &amp; quote.</p></body></html>';
    const text = await textOf(mail({ 'Content-Type': 'text/html; charset=utf-8' }, html));
    expect(text).toMatch(/Hello.there,/);
    expect(text).toContain('& quote.');
    expect(text).toContain('https://rsoft.example');
    expect(text).not.toMatch(/alert|color:red|</);
  });

  it.each([
    [
      'utf-8 in base64',
      { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'base64' },
      Buffer.from('मुझे डेमो चाहिए').toString('base64'),
      'मुझे डेमो चाहिए',
    ],
    [
      'windows-1252',
      { 'Content-Type': 'text/plain; charset=windows-1252', 'Content-Transfer-Encoding': 'quoted-printable' },
      '=80 500 f=FCr zwei',
      '€ 500 für zwei',
    ],
    [
      'quoted-printable',
      { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'quoted-printable' },
      'Sal=C3=A9 =\nne',
      'Salé ne',
    ],
    [
      'a charset that does not exist',
      { 'Content-Type': 'text/plain; charset=x-klingon-8' },
      'Hello',
      'Hello',
    ],
    ['a broken transfer encoding', { 'Content-Transfer-Encoding': 'what' }, 'Hello', 'Hello'],
    [
      'a multipart without its end',
      { 'Content-Type': 'multipart/mixed; boundary=x' },
      '--x\nContent-Type: text/plain\n\nHello',
      'Hello',
    ],
    [
      'a multipart whose boundary never comes',
      { 'Content-Type': 'multipart/mixed; boundary=x' },
      'Hello',
      'Demo',
    ],
    ['nothing but a subject', {}, '', 'Demo'],
    ['only emoji', { 'Content-Type': 'text/plain; charset=utf-8' }, '🙂🙂', '🙂🙂'],
    ['right to left', { 'Content-Type': 'text/plain; charset=utf-8' }, 'أريد عرضا', 'أريد عرضا'],
  ])('%s', async (_name, headers, body, expected) => {
    expect(await textOf(mail(headers as Record<string, string>, body))).toBe(expected);
  });

  it.each([
    ['an empty mail', ''],
    ['bytes that are no mail', Buffer.from([0, 255, 254, 13, 10, 13, 10, 200, 201])],
    ['a From line that is none', mail({ From: 'nobody at all' }, 'Hi')],
    ['no From line', mail({ From: '' }, 'Hi')],
    ['a header that never ends', `Subject: ${'x'.repeat(200_000)}`],
    [
      'a thousand nested parts',
      mail(
        { 'Content-Type': 'multipart/mixed; boundary=b0' },
        Array.from(
          { length: 1000 },
          (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n`,
        ).join('\n'),
      ),
    ],
    ['HTML nested ten thousand deep', mail({ 'Content-Type': 'text/html' }, `${'<div>'.repeat(10_000)}Hi`)],
  ])('%s is kept', async (_name, raw) => {
    const event = await read(raw);
    expect(event.id).toMatch(/^[0-9a-f]{40}$/);
    expect(['text', 'signal']).toContain(event.body.kind);
  });

  it('a null byte is shown as what it is not', async () => {
    expect(await textOf(mail({}, 'a\u0000b'))).toBe('a\ufffdb');
  });

  it('20,000 characters are kept', async () => {
    expect(await textOf(mail({}, 'word '.repeat(4_000).trim()))).toHaveLength(19_999);
    expect(await textOf(mail({}, 'x'.repeat(90) + '\n'.repeat(1) + 'word '.repeat(9_000)))).toHaveLength(
      20_000,
    );
  });

  it('a date that cannot be is replaced by the server’s', async () => {
    expect((await read(mail({ Date: 'Fri, 01 Jan 2100 00:00:00 +0000' }, 'Hi'))).at).toEqual(
      new Date('2026-11-23T09:00:05Z'),
    );
    expect((await read(mail({ Date: 'Mon, 23 Nov 2026 14:29:00 +0530' }, 'Hi'))).at).toEqual(
      new Date('2026-11-23T08:59:00Z'),
    );
  });

  it('the conversation is with whoever gets the answers', async () => {
    const event = await read(
      mail({ From: 'Form <form@website.example>', 'Reply-To': 'Kumar <Kumar@Customer.example>' }, 'Hi'),
    );
    expect(event).toMatchObject({
      thread: 'kumar@customer.example',
      from: [{ scheme: 'email', value: 'kumar@customer.example' }],
      name: 'Kumar',
    });
  });

  it('pictures in a signature are no files, what is attached is', async () => {
    const parts = [
      '--x',
      'Content-Type: text/plain',
      '',
      'Hi',
      '--x',
      'Content-Type: image/png; name=logo.png',
      'Content-Disposition: inline; filename=logo.png',
      'Content-ID: <logo>',
      '',
      'x',
      '--x',
      'Content-Type: image/jpeg; name="../../etc/x.jpg"',
      'Content-Disposition: attachment; filename="../../etc/x.jpg"',
      '',
      'x',
      '--x--',
    ];
    const { body } = await read(mail({ 'Content-Type': 'multipart/mixed; boundary=x' }, parts.join('\n')));
    expect(body).toMatchObject({ kind: 'media', media: [{ type: 'image', filename: '.._.._etc_x.jpg' }] });
  });
});

describe('machines are heard, not answered (RFC 3834)', () => {
  it.each([
    ['Auto-Submitted', { 'Auto-Submitted': 'auto-generated' }],
    ['a mailing list', { 'List-Id': '<news.example>' }],
    ['bulk', { Precedence: 'bulk' }],
    ['a null sender', { 'Return-Path': '<>' }],
    ['Exchange’s out of office', { 'X-Auto-Response-Suppress': 'All' }],
    ['a mailer daemon', { From: 'MAILER-DAEMON@mx.example' }],
    ['a sender that takes no answer', { From: 'no-reply@shop.example' }],
    ['ourselves', { From: 'hello@rsoft.example' }],
    ['nobody', { From: '' }],
  ])('%s', async (_name, headers) => {
    const event = await read(mail(headers as Record<string, string>, 'Hello'));
    expect(event.body).toMatchObject({ kind: 'signal', name: 'mail.automatic', data: { text: 'Hello' } });
    expect(event.meta!.automatic).toEqual(expect.any(String));
  });

  it('a person who says so is answered', async () => {
    expect((await read(mail({ 'Auto-Submitted': 'no', Precedence: 'normal' }, 'Hello'))).body.kind).toBe(
      'text',
    );
  });
});

describe('what is new in a reply', () => {
  it.each([
    [
      'Gmail',
      'Yes please.\n\nOn Mon, 23 Nov 2026 at 09:00, RSoft <hello@rsoft.example> wrote:\n> When?\n',
      'Yes please.',
    ],
    [
      'Gmail, wrapped',
      'Yes.\n\nOn Mon, 23 Nov 2026 at 09:00, A Very Long Name Of A Firm\n<hello@rsoft.example> wrote:\n\n> When?\n',
      'Yes.',
    ],
    [
      'Outlook',
      'Yes.\n\nFrom: RSoft <hello@rsoft.example>\nSent: Monday, 23 November 2026 09:00\nTo: Priya\nSubject: Re: Demo\n\nWhen?',
      'Yes.',
    ],
    [
      'Outlook’s line',
      'Yes.\n\n________________________________\nFrom: RSoft\nSent: Monday\n\nWhen?',
      'Yes.',
    ],
    ['Original Message', 'Yes.\n\n-----Original Message-----\nFrom: RSoft\nWhen?', 'Yes.'],
    ['Hindi Gmail', 'हाँ\n\nसोम, 23 नव॰ 2026 को RSoft <hello@rsoft.example> ने लिखा:\n> When?', 'हाँ'],
    ['a signature', 'Yes.\n-- \nPriya Raman\nCustomer Ltd', 'Yes.'],
    ['a telephone’s footer', 'Yes.\n\nSent from my iPhone', 'Yes.'],
    ['an answer below', '> When?\nTomorrow at 11.\n', 'Tomorrow at 11.'],
    [
      'answers between the lines',
      '> Which product?\nThe CRM.\n> When?\nTomorrow.\n',
      '> Which product?\nThe CRM.\n> When?\nTomorrow.',
    ],
    [
      'a sentence like a heading',
      'On Monday I wrote to you:\nno answer came.',
      'On Monday I wrote to you:\nno answer came.',
    ],
    [
      'no quotation',
      'From: Chennai\nTo: Madurai, how much is the freight?',
      'From: Chennai\nTo: Madurai, how much is the freight?',
    ],
  ])('%s', (_name, text, fresh) => {
    expect(splitReply(text).fresh).toBe(fresh);
  });

  it('loses nothing: what is cut off is kept', () => {
    expect(splitReply('Yes.\n\nOn Mon, 23 Nov 2026, RSoft wrote:\n> When?').quoted).toBe(
      'On Mon, 23 Nov 2026, RSoft wrote:\n> When?',
    );
  });
});

describe('our Message-IDs', () => {
  const id = makeMessageId(port, { outboxId: '01JDC', thread: 'priya@customer.example' }, 'rsoft.example');

  it('come back with what they were about', () => {
    expect(id).toMatch(/^<[^\s<>@]+@rsoft\.example>$/);
    expect(findOwnId(port, ['<x@y>', id, '<z@y>'])).toEqual({
      outboxId: '01JDC',
      thread: 'priya@customer.example',
    });
  });

  it('cannot be forged or altered', () => {
    expect(readMessageId(port, id.replace('01JDC', '01JDD'))).toBeUndefined();
    expect(readMessageId(port, '<01JDC.cHJpeWE.AAAA@rsoft.example>')).toBeUndefined();
    expect(readMessageId(port, '<x@y>')).toBeUndefined();
  });
});

it('what goes out as HTML is escaped, with links', () => {
  expect(textToHtml('<b>Hi</b> & see https://rsoft.example/a?b=1&c="x".\n\nBye')).toContain(
    '&lt;b&gt;Hi&lt;/b&gt; &amp; see <a href="https://rsoft.example/a?b=1&amp;c=">https://rsoft.example/a?b=1&amp;c=</a>&quot;x&quot;.</p>',
  );
});
