/** What we send by mail. */
import { describe, expect, it } from '@jest/globals';
import { answer, eventually, post, settings, start, write } from './post.ts';
import { open, outbound } from './world.ts';

describe('what we send', () => {
  it('shows choices as numbered text and attaches the brochure [M7] [M12]', async () => {
    post.account = await open(settings(), post.port);
    const sent = await post.account.send(
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
        { to: post.them.address },
      ),
    );
    expect(sent).toMatchObject({ ok: true, choiceMap: { 1: 'crm', 2: 'erp', crm: 'crm' } });
    await post.account.send(
      outbound(
        {
          kind: 'media',
          media: { type: 'document', id: 'brochure', filename: 'RSoft CRM brochure.pdf' },
          caption: 'Our brochure',
        },
        { id: 'b', to: post.them.address },
      ),
    );
    await post.account.send(
      outbound(
        {
          kind: 'location',
          name: 'RSoft Technologies',
          address: 'Anna Salai, Chennai',
          latitude: 13.06,
          longitude: 80.25,
        },
        { id: 'c', to: post.them.address },
      ),
    );

    const [choices, brochure, place] = (await post.server.until(post.them.address, 3))
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
    post.account = await open(settings(), post.port);
    expect(
      await post.account.send(
        outbound(
          { kind: 'media', media: { type: 'document', id: '/etc/passwd' } },
          { to: post.them.address },
        ),
      ),
    ).toMatchObject({ ok: false, error: 'content' });
    expect(
      await post.account.send(
        outbound({ kind: 'text', text: 'x' }, { to: `${post.them.address}, boss@rsoft.example` }),
      ),
    ).toMatchObject({ ok: false, error: 'recipient' });
    await post.account.send(
      outbound(
        { kind: 'text', text: '<b>Hi</b>', subject: 'Hi\r\nBcc: boss@rsoft.example' },
        { to: post.them.address },
      ),
    );
    const [received] = await post.server.until(post.them.address, 1);
    expect(received!.headers.has('bcc')).toBe(false);
    expect(received!.html).toContain('&lt;b&gt;Hi&lt;/b&gt;');
  });

  it('comes back from a mailbox that does not exist, and is reported as failed', async () => {
    await start();
    const nobody = 'nobody@customer.example';
    expect(
      await post.account.send(
        outbound({ kind: 'text', text: 'Hello?' }, { id: '01JDC0000000000000000DEAD1', to: nobody }),
      ),
    ).toMatchObject({ ok: true });
    await eventually(async () => post.port.received.length > 0);
    expect(post.port.received).toMatchObject([
      { ref: '01JDC0000000000000000DEAD1', status: 'failed', error: expect.stringContaining('5.1.1') },
    ]);
    expect(post.port.events).toEqual([]);
  });

  it('never answers machines, though a colleague may', async () => {
    await start();
    await write({ 'Auto-Submitted': 'auto-replied', Subject: 'Out of office' }, 'I am away until Monday.\n');
    const [event] = await post.port.until(1);
    expect(event!.body).toMatchObject({
      kind: 'signal',
      name: 'mail.automatic',
      data: { subject: 'Out of office', text: 'I am away until Monday.' },
    });
    expect(await answer(event!, 'Which product?')).toMatchObject({ ok: false, error: 'optout' });
    expect(
      await post.account.send(
        outbound(
          { kind: 'text', text: 'Enjoy!' },
          { to: post.them.address, meta: { ...event!.meta, author: { kind: 'user', name: 'Asha' } } },
        ),
      ),
    ).toMatchObject({ ok: true });
    const [received] = await post.server.until(post.them.address, 1);
    expect(received!.from!.value[0]!.name).toBe('Asha (RSoft)');
    expect(received!.headers.has('auto-submitted')).toBe(false);
  });
});
