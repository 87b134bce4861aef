/** What a page says of itself, and the Instagram account behind it. */
import { describe, expect, it } from '@jest/globals';
import { facebook } from '../../../src/channels/facebook/channel.ts';
import { settingsSchema } from '../../../src/channels/facebook/settings.ts';
import { desk, last, outbound, page, text } from './desk.ts';

describe('a Facebook page', () => {
  it('asks the page to tell us, and says in words what it does not tell, or that the token is wrong', async () => {
    expect(await desk.account.health!()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('does not tell us of messages'),
    });
    await desk.account.start!();
    expect(desk.emulator.facebook.subscribed()).toEqual(
      expect.arrayContaining(['messages', 'feed', 'leadgen']),
    );
    expect(await desk.account.health!()).toEqual({ ok: true, detail: 'RSoft (emulator)' });
    const wrong = settingsSchema.parse({
      apiUrl: desk.emulator.url,
      pageId: page.pageId,
      accessToken: 'old',
      appSecrets: ['s'],
      verifyToken: 'w',
    });
    const other = await facebook.open({ id: 'other', settings: wrong }, desk.port);
    expect(await other.health!()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('leads_retrieval'),
    });
    await other.start!();
    expect(desk.port.logged.join('\n')).not.toContain('old');
    await other.stop!();
  });

  it('is on Instagram, too: messages, files and comments', async () => {
    desk.onInstagram();
    desk.emulator.facebook.person('1357', { name: 'ravi.k', side: 'instagram' });
    await desk.emulator.facebook.say('1357', 'Hi from Instagram');
    expect(last()).toMatchObject({
      channel: 'instagram',
      from: [{ scheme: 'igsid', value: '1357', scope: page.instagramId }],
      meta: { source: 'instagram' },
    });
    expect(
      await desk.insta.send(outbound(text('Welcome'), { to: '1357', channel: 'instagram' })),
    ).toMatchObject({
      ok: true,
    });
    await desk.emulator.facebook.comment('1357', 'how much?', 'instagram');
    expect(last()).toMatchObject({
      channel: 'instagram',
      thread: expect.stringMatching(/^comment:/),
      name: 'ravi.k',
      meta: { medium: 'comment' },
    });
  });
});
