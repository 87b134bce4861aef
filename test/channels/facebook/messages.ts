/** What people and a page write to each other in Messenger. */
import { describe, expect, it } from '@jest/globals';
import type { Content } from '../../../src/core/messaging.ts';
import { desk, hours, last, outbound, page, priya, text } from './desk.ts';

describe('a Facebook page', () => {
  it('takes what is written, by the person as this page knows them', async () => {
    expect(await desk.emulator.facebook.say(priya, 'Hello')).toMatchObject({ acknowledged: true });
    expect(desk.port.events).toMatchObject([
      {
        channel: 'facebook',
        thread: priya,
        from: [{ scheme: 'psid', value: priya, scope: page.pageId }],
        body: { kind: 'text', text: 'Hello' },
        meta: { source: 'facebook', medium: 'chat' },
      },
    ]);
  });

  it('offers answers to press and hears which was pressed', async () => {
    await desk.emulator.facebook.say(priya, 'Hi');
    const choices = [
      { label: 'Book a demo', value: 'demo' },
      { label: 'Later', value: 'later' },
    ];
    expect(await desk.account.send(outbound({ kind: 'text', text: 'What next?', choices }))).toMatchObject({
      ok: true,
      choiceMap: { '1': 'demo', 'book a demo': 'demo' },
    });
    await desk.emulator.facebook.press(priya, 'Book a demo');
    expect(last().body).toEqual({ kind: 'press', value: 'demo', label: 'Book a demo' });
  });

  it('hears a button of a page’s menu, and the advertisement or link that opened the chat [M4]', async () => {
    await desk.emulator.facebook.inject(
      priya,
      { postback: { mid: 'p1', title: 'Get started', payload: 'start', referral: { ref: 'poster' } } },
      'Get started',
    );
    expect(last()).toMatchObject({
      body: { kind: 'press', value: 'start' },
      meta: { medium: 'link', campaign: 'poster' },
    });
    const ad = { source: 'ADS', ad_id: '6045', ads_context_data: { ad_title: 'CRM for dealers' } };
    await desk.emulator.facebook.inject(priya, { message: { mid: 'm9', text: 'Hi', referral: ad } }, 'Hi');
    expect(last().meta).toMatchObject({ medium: 'ad', campaign: 'CRM for dealers' });
  });

  it('takes files and fetches them, and sends ours, uploaded once [M12]', async () => {
    const picture = Buffer.from('png');
    await desk.emulator.facebook.file(priya, { mime: 'image/png', body: picture });
    const [ref] = (last().body as any).media;
    expect(ref.type).toBe('image');
    expect(await desk.account.media!(ref)).toEqual({ body: picture, mime: 'image/png' });
    const brochure: Content = {
      kind: 'media',
      media: { type: 'document', id: 'brochure' },
      caption: 'Here it is',
    };
    for (let n = 0; n < 2; n++)
      expect(await desk.account.send(outbound(brochure))).toMatchObject({ ok: true });
    expect(desk.emulator.facebook.seen(priya).map(({ text: shown }) => shown)).toEqual([
      '📎 RSoft.pdf',
      'Here it is',
      '📎 RSoft.pdf',
      'Here it is',
    ]);
    const ids = desk.emulator.facebook
      .taken()
      .flatMap(({ message }) => message.attachment?.payload.attachment_id ?? []);
    expect(new Set(ids).size).toBe(1);
  });

  it('fetches nothing from where a payload points that is not Meta’s', async () => {
    await expect(
      desk.account.media!({ type: 'image', url: 'https://evil.example/a.png' }),
    ).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });

  it('ignores its own echo but for the receipt in it, and what somebody answers in Meta’s inbox', async () => {
    await desk.emulator.facebook.say(priya, 'Hi');
    await desk.account.send(outbound(text('Welcome')));
    await desk.emulator.facebook.report(
      desk.emulator.facebook.person(priya),
      desk.emulator.facebook.seen(priya)[0]!,
    );
    await desk.emulator.facebook.answerInInbox(priya, 'I take over');
    expect(desk.port.events).toHaveLength(1);
    const id = desk.emulator.facebook.seen(priya)[0]!.id;
    expect(desk.port.received).toMatchObject([
      { status: 'sent', ref: 'out-1', providerId: id },
      { status: 'delivered', providerId: id },
    ]);
  });

  it('knows which messages were read, though Messenger tells only up to when', async () => {
    await desk.emulator.facebook.say(priya, 'Hi');
    await desk.account.send(outbound(text('one')));
    await desk.account.send(outbound(text('two'), { id: 'out-2' }));
    await desk.emulator.facebook.read(priya);
    desk.port.clock.advance(1000);
    await desk.account.send(outbound(text('three'), { id: 'out-3' }));
    const [one, two] = desk.emulator.facebook.seen(priya).map(({ id }) => id);
    expect(desk.port.received.map(({ status, providerId }) => [status, providerId])).toEqual([
      ['read', one],
      ['read', two],
    ]);
  });

  it('keeps to 24 hours; a colleague may answer for seven days, the bot may not', async () => {
    await desk.emulator.facebook.say(priya, 'Hi');
    const meta = { lastInboundAt: desk.port.clock.now().toISOString() };
    desk.port.clock.advance(25 * hours);
    expect(await desk.account.send(outbound(text('Still there?'), { meta }))).toMatchObject({
      ok: false,
      error: 'window',
    });
    const byColleague = { ...meta, author: { kind: 'user', id: 'U1' } };
    expect(await desk.account.send(outbound(text('Asha here'), { meta: byColleague }))).toMatchObject({
      ok: true,
    });
    expect(desk.emulator.facebook.taken().at(-1)).toMatchObject({
      messaging_type: 'MESSAGE_TAG',
      tag: 'HUMAN_AGENT',
    });
    desk.port.clock.advance(7 * 24 * hours);
    expect(await desk.account.send(outbound(text('Asha again'), { meta: byColleague }))).toMatchObject({
      ok: false,
      error: 'window',
    });
    // Where the conversation knows nothing, Meta tells.
    expect(await desk.account.send(outbound(text('x')))).toMatchObject({ ok: false, error: 'window' });
  });

  it('says who cannot be written to', async () => {
    expect(await desk.account.send(outbound(text('x'), { to: '404' }))).toMatchObject({
      ok: false,
      error: 'recipient',
    });
    await desk.emulator.facebook.say(priya, 'Hi');
    desk.emulator.facebook.person(priya, { blocked: true });
    expect(await desk.account.send(outbound(text('x')))).toMatchObject({ ok: false, error: 'recipient' });
  });
});
