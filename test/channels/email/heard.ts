/** What customers write by mail. */
import { describe, expect, it } from '@jest/globals';
import { answer, pairs, post, start, write } from './post.ts';
import { mail } from './world.ts';

describe('a customer who writes an e-mail', () => {
  it('is heard and answered in the same thread, over a login and TLS [M3] [M7]', async () => {
    await start();
    await write(
      { Subject: 'Demo of the CRM', 'Message-ID': '<first@customer.example>' },
      'Could you show me the CRM?\n',
    );
    const [event] = await post.port.until(1);
    expect(event).toMatchObject({
      channel: 'email',
      account: 'main',
      audience: 'customer',
      thread: post.them.address,
      from: [{ scheme: 'email', value: post.them.address }],
      name: 'Priya Raman',
      body: { kind: 'text', text: 'Could you show me the CRM?' },
      meta: { subject: 'Demo of the CRM', source: 'email', medium: 'email' },
    });

    expect(await answer(event!, 'With pleasure. When?')).toMatchObject({ ok: true });
    const [received] = await post.server.until(post.them.address, 1);
    expect(received!.subject).toBe('Re: Demo of the CRM');
    expect(received!.inReplyTo).toBe('<first@customer.example>');
    expect(received!.references).toBe('<first@customer.example>');
    expect(received!.text?.trim()).toBe('With pleasure. When?');
    expect(received!.html).toContain('With pleasure. When?');
    expect(received!.from?.value[0]).toEqual({ address: post.us.address, name: 'RSoft' });
    expect(received!.headers.get('auto-submitted')).toBe('auto-replied');
  });

  it('stays in one conversation over replies, and the bot reads only what is new', async () => {
    await start();
    await write({}, 'Could you show me the CRM?\n');
    await answer((await post.port.until(1))[0]!, 'When would suit you?');
    const [ours] = await post.server.until(post.them.address, 1);

    await write(
      {
        Subject: 'Re: Demo',
        'Message-ID': '<second@customer.example>',
        'In-Reply-To': ours!.messageId!,
        References: `<m1@customer.example> ${ours!.messageId}`,
      },
      `Tomorrow at 11.\n\nOn Mon, 23 Nov 2026 at 09:01, RSoft <${post.us.address}> wrote:\n> When would suit you?\n`,
    );
    const [first, second] = await post.port.until(2);
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
    await answer((await post.port.until(1))[0]!, 'When?');
    const [ours] = await post.server.until(post.them.address, 1);
    const colleague = pairs[19]![1].address;
    await post.server.deliver(
      mail(
        {
          From: `Ravi <${colleague}>`,
          To: post.us.address,
          'Message-ID': '<ravi@customer.example>',
          References: ours!.messageId!,
        },
        'Friday is better.\n',
      ),
      { from: colleague, to: post.us.address },
    );
    const event = (await post.port.until(2))[1]!;
    expect(event).toMatchObject({
      thread: post.them.address,
      from: [{ scheme: 'email', value: post.them.address }],
      meta: { sender: colleague },
    });
    expect(event.name).toBeUndefined();
    await answer(event, 'Friday it is.', '01JDC00000000000000000000B');
    expect((await post.server.until(post.them.address, 2))[1]!.cc).toMatchObject({
      value: [{ address: colleague }],
    });
  });

  it('sends the same mail twice and it is one; another text under the same Message-ID is another', async () => {
    await start();
    await write({}, 'Once\n');
    await write({}, 'Once\n');
    await write({}, 'Twice\n');
    await post.port.until(2);
    await write({ 'Message-ID': '<last@customer.example>' }, 'End\n');
    const events = await post.port.until(3);
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
    const [event] = await post.port.until(1);
    expect(event!.body).toMatchObject({
      kind: 'media',
      text: 'Our requirements are attached.',
      media: [{ type: 'document', mime: 'application/pdf', filename: 'needs.pdf', bytes: 10 }],
    });
    const [ref] = (event!.body as unknown as { media: [{ type: 'document'; id: string }] }).media;
    expect((await post.account.media!(ref)).body.toString()).toBe('%PDF-needs');
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
    const events = await post.port.until(2);
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
