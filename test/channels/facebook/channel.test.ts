/** People on Facebook and Instagram and a page of the office, Meta being played; what is told of both sides follows Meta's documentation. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoAccounts, type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { facebook } from '../../../src/channels/facebook/channel.ts';
import { instagram } from '../../../src/channels/facebook/instagram.ts';
import { instagramSchema, settingsSchema } from '../../../src/channels/facebook/settings.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { Content, Outbound } from '../../../src/core/messaging.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { webhookServer } from '../contract/webhook-server.ts';

const priya = '24680';
const page = demoAccounts.facebook;
const hours = 3600_000;

describe('a Facebook page', () => {
  let emulator: Emulator;
  let port: FakePort;
  let account: ChannelAccount;
  let insta: ChannelAccount;
  let servers: Awaited<ReturnType<typeof webhookServer>>[];

  beforeEach(async () => {
    port = fakePort();
    let asked: string | undefined;
    const server = await webhookServer(() => (asked === 'instagram' ? insta : account));
    servers = [server];
    emulator = await startEmulator({
      clock: port.clock,
      autoStatuses: false,
      target: { baseUrl: server.url },
    });
    const given = {
      apiUrl: emulator.url,
      pageId: page.pageId,
      instagramId: page.instagramId,
      accessToken: page.accessToken,
      appSecrets: [page.appSecret],
      verifyToken: page.verifyToken,
      humanAgent: 'true',
      comments: { formUrl: 'https://rsoft.example/form', whatsapp: '+91 98450 00000' },
      leads: { answerOn: 'whatsapp:main' },
    };
    account = await facebook.open({ id: 'main', settings: settingsSchema.parse(given) }, port);
    insta = await instagram.open({ id: 'main', settings: instagramSchema.parse(given) }, port);
    emulator.facebook.person(priya, { name: 'Priya Sharma' });
    asked = undefined;
    onInstagram = () => {
      asked = 'instagram';
    };
  });
  let onInstagram: () => void;
  afterEach(async () => {
    await account.stop?.();
    for (const server of servers) await server.close();
    await emulator.close();
  });

  const outbound = (content: Content, more: Partial<Outbound> = {}): Outbound => ({
    id: 'out-1',
    channel: 'facebook',
    account: 'main',
    to: priya,
    content,
    purpose: 'reply',
    ...more,
  });
  const text = (words: string): Content => ({ kind: 'text', text: words });
  const last = () => port.events.at(-1)!;

  it('takes what is written, by the person as this page knows them', async () => {
    expect(await emulator.facebook.say(priya, 'Hello')).toMatchObject({ acknowledged: true });
    expect(port.events).toMatchObject([
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
    await emulator.facebook.say(priya, 'Hi');
    const choices = [
      { label: 'Book a demo', value: 'demo' },
      { label: 'Later', value: 'later' },
    ];
    expect(await account.send(outbound({ kind: 'text', text: 'What next?', choices }))).toMatchObject({
      ok: true,
      choiceMap: { '1': 'demo', 'book a demo': 'demo' },
    });
    await emulator.facebook.press(priya, 'Book a demo');
    expect(last().body).toEqual({ kind: 'press', value: 'demo', label: 'Book a demo' });
  });

  it('hears a button of a page’s menu, and the advertisement or link that opened the chat [M4]', async () => {
    await emulator.facebook.inject(
      priya,
      { postback: { mid: 'p1', title: 'Get started', payload: 'start', referral: { ref: 'poster' } } },
      'Get started',
    );
    expect(last()).toMatchObject({
      body: { kind: 'press', value: 'start' },
      meta: { medium: 'link', campaign: 'poster' },
    });
    const ad = { source: 'ADS', ad_id: '6045', ads_context_data: { ad_title: 'CRM for dealers' } };
    await emulator.facebook.inject(priya, { message: { mid: 'm9', text: 'Hi', referral: ad } }, 'Hi');
    expect(last().meta).toMatchObject({ medium: 'ad', campaign: 'CRM for dealers' });
  });

  it('takes files and fetches them, and sends ours, uploaded once [M12]', async () => {
    const picture = Buffer.from('png');
    await emulator.facebook.file(priya, { mime: 'image/png', body: picture });
    const [ref] = (last().body as any).media;
    expect(ref.type).toBe('image');
    expect(await account.media!(ref)).toEqual({ body: picture, mime: 'image/png' });
    const brochure: Content = {
      kind: 'media',
      media: { type: 'document', id: 'brochure' },
      caption: 'Here it is',
    };
    for (let n = 0; n < 2; n++) expect(await account.send(outbound(brochure))).toMatchObject({ ok: true });
    expect(emulator.facebook.seen(priya).map(({ text: shown }) => shown)).toEqual([
      '📎 RSoft.pdf',
      'Here it is',
      '📎 RSoft.pdf',
      'Here it is',
    ]);
    const ids = emulator.facebook
      .taken()
      .flatMap(({ message }) => message.attachment?.payload.attachment_id ?? []);
    expect(new Set(ids).size).toBe(1);
  });

  it('fetches nothing from where a payload points that is not Meta’s', async () => {
    await expect(account.media!({ type: 'image', url: 'https://evil.example/a.png' })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });

  it('ignores its own echo but for the receipt in it, and what somebody answers in Meta’s inbox', async () => {
    await emulator.facebook.say(priya, 'Hi');
    await account.send(outbound(text('Welcome')));
    await emulator.facebook.report(emulator.facebook.person(priya), emulator.facebook.seen(priya)[0]!);
    await emulator.facebook.answerInInbox(priya, 'I take over');
    expect(port.events).toHaveLength(1);
    const id = emulator.facebook.seen(priya)[0]!.id;
    expect(port.received).toMatchObject([
      { status: 'sent', ref: 'out-1', providerId: id },
      { status: 'delivered', providerId: id },
    ]);
  });

  it('knows which messages were read, though Messenger tells only up to when', async () => {
    await emulator.facebook.say(priya, 'Hi');
    await account.send(outbound(text('one')));
    await account.send(outbound(text('two'), { id: 'out-2' }));
    await emulator.facebook.read(priya);
    port.clock.advance(1000);
    await account.send(outbound(text('three'), { id: 'out-3' }));
    const [one, two] = emulator.facebook.seen(priya).map(({ id }) => id);
    expect(port.received.map(({ status, providerId }) => [status, providerId])).toEqual([
      ['read', one],
      ['read', two],
    ]);
  });

  it('keeps to 24 hours; a colleague may answer for seven days, the bot may not', async () => {
    await emulator.facebook.say(priya, 'Hi');
    const meta = { lastInboundAt: port.clock.now().toISOString() };
    port.clock.advance(25 * hours);
    expect(await account.send(outbound(text('Still there?'), { meta }))).toMatchObject({
      ok: false,
      error: 'window',
    });
    const byColleague = { ...meta, author: { kind: 'user', id: 'U1' } };
    expect(await account.send(outbound(text('Asha here'), { meta: byColleague }))).toMatchObject({
      ok: true,
    });
    expect(emulator.facebook.taken().at(-1)).toMatchObject({
      messaging_type: 'MESSAGE_TAG',
      tag: 'HUMAN_AGENT',
    });
    port.clock.advance(7 * 24 * hours);
    expect(await account.send(outbound(text('Asha again'), { meta: byColleague }))).toMatchObject({
      ok: false,
      error: 'window',
    });
    // Where the conversation knows nothing, Meta tells.
    expect(await account.send(outbound(text('x')))).toMatchObject({ ok: false, error: 'window' });
  });

  it('says who cannot be written to', async () => {
    expect(await account.send(outbound(text('x'), { to: '404' }))).toMatchObject({
      ok: false,
      error: 'recipient',
    });
    await emulator.facebook.say(priya, 'Hi');
    emulator.facebook.person(priya, { blocked: true });
    expect(await account.send(outbound(text('x')))).toMatchObject({ ok: false, error: 'recipient' });
  });

  describe('a comment [M3]', () => {
    it('begins the flow of comments, under the comment’s id, once', async () => {
      await emulator.facebook.comment(priya, 'price please');
      const [{ id }] = emulator.facebook.comments() as unknown as [{ id: string }];
      await emulator.facebook.tellComment(priya, id, 'add');
      await emulator.facebook.tellComment(priya, id, 'edited');
      await emulator.facebook.tellComment(priya, id, 'remove');
      expect(port.events).toMatchObject([
        {
          thread: `comment:${id}`,
          from: [],
          name: 'Priya Sharma',
          body: {
            kind: 'signal',
            name: 'flow',
            data: {
              flow: 'facebook-comment',
              vars: {
                comment: 'price please',
                name: 'Priya Sharma',
                formUrl: 'https://rsoft.example/form',
                whatsappUrl: 'https://wa.me/919845000000',
              },
            },
          },
          meta: { source: 'facebook', medium: 'comment' },
        },
      ]);
    });

    it('has one private reply; the talk goes on in the same conversation when its author answers [M2]', async () => {
      await emulator.facebook.comment(priya, 'price please');
      const { thread } = last();
      const to = { to: thread, meta: { lastInboundAt: port.clock.now().toISOString() } };
      expect(await account.send(outbound(text('Thank you, Priya'), to))).toMatchObject({ ok: true });
      expect(emulator.facebook.taken().at(-1)).toMatchObject({
        recipient: { comment_id: thread.slice('comment:'.length) },
      });
      expect(await account.send(outbound(text('And another thing'), to))).toMatchObject({
        ok: false,
        error: 'window',
      });
      await emulator.facebook.say(priya, 'Yes, tell me');
      expect(last()).toMatchObject({
        thread,
        from: [{ scheme: 'psid', value: priya }],
        body: { text: 'Yes, tell me' },
      });
      expect(await account.send(outbound(text('Gladly'), to))).toMatchObject({ ok: true });
      expect(emulator.facebook.taken().at(-1)).toMatchObject({
        recipient: { id: priya },
        messaging_type: 'RESPONSE',
      });
    });

    it('by somebody we talk with already stays theirs: their talk is not moved', async () => {
      await emulator.facebook.say(priya, 'Hi');
      await emulator.facebook.comment(priya, 'great');
      await account.send(outbound(text('Thank you'), { to: last().thread }));
      await emulator.facebook.say(priya, 'Welcome');
      expect(last().thread).toBe(priya);
    });

    it('older than seven days has no reply any more', async () => {
      await emulator.facebook.comment(priya, 'price please');
      port.clock.advance(7 * 24 * hours + 1000);
      expect(await account.send(outbound(text('Sorry'), { to: last().thread }))).toMatchObject({
        ok: false,
        error: 'recipient',
      });
    });
  });

  describe('a lead form [M3]', () => {
    const answers = {
      full_name: 'Priya Sharma',
      phone_number: '+919845012399',
      email: 'Priya@Example.com',
      'how_many_users?': '25',
    };
    const expected = {
      channel: 'whatsapp',
      account: 'main',
      thread: '919845012399',
      from: [
        { scheme: 'phone', value: '+919845012399' },
        { scheme: 'email', value: 'priya@example.com' },
      ],
      name: 'Priya Sharma',
      body: {
        kind: 'signal',
        name: 'flow',
        data: {
          flow: 'lead-form',
          vars: {
            name: 'Priya Sharma',
            phone: '+919845012399',
            email: 'Priya@Example.com',
            note: 'how many users?: 25',
            source: 'Facebook',
            medium: 'lead ad',
            campaign: 'Spring campaign',
          },
        },
      },
    };

    it('is fetched by Meta’s SDK when the webhook tells of it, and begins the talk on WhatsApp, once', async () => {
      const lead = await emulator.facebook.fillForm(answers);
      expect(port.events).toMatchObject([{ id: `lead:${lead.id}`, ...expected }]);
      emulator.fail('facebook', 'duplicate');
      await emulator.facebook.fillForm({ full_name: 'Ravi', phone_number: '+919845012300' });
      expect(port.events).toHaveLength(2);
    });

    it('that no webhook told of is found at the next look, and is no second lead when told later', async () => {
      await emulator.facebook.fillForm(answers, { told: false });
      await emulator.facebook.fillForm({ full_name: 'Ravi', phone_number: '+919845012300' });
      await account.start!();
      expect(port.events).toHaveLength(2);
      expect(port.events).toContainEqual(expect.objectContaining({ thread: '919845012399' }));
      await account.stop!();
      await account.start!();
      expect(port.events).toHaveLength(2);
    });

    it('of more than one page is looked through to the end', async () => {
      for (let n = 0; n < 230; n++)
        await emulator.facebook.fillForm(
          { full_name: `Lead ${n}`, email: `lead${n}@example.com` },
          { told: false },
        );
      await account.start!();
      expect(port.events).toHaveLength(230);
    });

    it('whose answers cannot be fetched is not acknowledged: Meta tells again', async () => {
      port.failAccept();
      await emulator.facebook.fillForm(answers);
      expect(port.events).toHaveLength(0);
      await emulator.facebook.redeliver();
      expect(port.events).toHaveLength(1);
    });

    it('without a number stays here, for a colleague', async () => {
      const lead = await emulator.facebook.fillForm({
        full_name: 'Priya',
        email: 'p@example.com',
        phone_number: 'call me',
      });
      expect(port.events).toMatchObject([
        { channel: 'facebook', thread: `lead:${lead.id}`, from: [{ scheme: 'email' }] },
      ]);
      expect(await account.send(outbound(text('Hi'), { to: `lead:${lead.id}` }))).toMatchObject({
        ok: false,
        error: 'recipient',
      });
    });
  });

  it('asks the page to tell us, and says in words what it does not tell, or that the token is wrong', async () => {
    expect(await account.health!()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('does not tell us of messages'),
    });
    await account.start!();
    expect(emulator.facebook.subscribed()).toEqual(expect.arrayContaining(['messages', 'feed', 'leadgen']));
    expect(await account.health!()).toEqual({ ok: true, detail: 'RSoft (emulator)' });
    const wrong = settingsSchema.parse({
      apiUrl: emulator.url,
      pageId: page.pageId,
      accessToken: 'old',
      appSecrets: ['s'],
      verifyToken: 'w',
    });
    const other = await facebook.open({ id: 'other', settings: wrong }, port);
    expect(await other.health!()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('leads_retrieval'),
    });
    await other.start!();
    expect(port.logged.join('\n')).not.toContain('old');
    await other.stop!();
  });

  it('is on Instagram, too: messages, files and comments', async () => {
    onInstagram();
    emulator.facebook.person('1357', { name: 'ravi.k', side: 'instagram' });
    await emulator.facebook.say('1357', 'Hi from Instagram');
    expect(last()).toMatchObject({
      channel: 'instagram',
      from: [{ scheme: 'igsid', value: '1357', scope: page.instagramId }],
      meta: { source: 'instagram' },
    });
    expect(await insta.send(outbound(text('Welcome'), { to: '1357', channel: 'instagram' }))).toMatchObject({
      ok: true,
    });
    await emulator.facebook.comment('1357', 'how much?', 'instagram');
    expect(last()).toMatchObject({
      channel: 'instagram',
      thread: expect.stringMatching(/^comment:/),
      name: 'ravi.k',
      meta: { medium: 'comment' },
    });
  });
});
