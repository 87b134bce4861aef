/** Comments below a page’s posts. */
import { describe, expect, it } from '@jest/globals';
import { desk, hours, last, outbound, priya, text } from './desk.ts';

describe('a comment [M3]', () => {
  it('begins the flow of comments, under the comment’s id, once', async () => {
    await desk.emulator.facebook.comment(priya, 'price please');
    const [{ id }] = desk.emulator.facebook.comments() as unknown as [{ id: string }];
    await desk.emulator.facebook.tellComment(priya, id, 'add');
    await desk.emulator.facebook.tellComment(priya, id, 'edited');
    await desk.emulator.facebook.tellComment(priya, id, 'remove');
    expect(desk.port.events).toMatchObject([
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
    await desk.emulator.facebook.comment(priya, 'price please');
    const { thread } = last();
    const to = { to: thread, meta: { lastInboundAt: desk.port.clock.now().toISOString() } };
    expect(await desk.account.send(outbound(text('Thank you, Priya'), to))).toMatchObject({ ok: true });
    expect(desk.emulator.facebook.taken().at(-1)).toMatchObject({
      recipient: { comment_id: thread.slice('comment:'.length) },
    });
    expect(await desk.account.send(outbound(text('And another thing'), to))).toMatchObject({
      ok: false,
      error: 'window',
    });
    await desk.emulator.facebook.say(priya, 'Yes, tell me');
    expect(last()).toMatchObject({
      thread,
      from: [{ scheme: 'psid', value: priya }],
      body: { text: 'Yes, tell me' },
    });
    expect(await desk.account.send(outbound(text('Gladly'), to))).toMatchObject({ ok: true });
    expect(desk.emulator.facebook.taken().at(-1)).toMatchObject({
      recipient: { id: priya },
      messaging_type: 'RESPONSE',
    });
  });

  it('by somebody we talk with already stays theirs: their talk is not moved', async () => {
    await desk.emulator.facebook.say(priya, 'Hi');
    await desk.emulator.facebook.comment(priya, 'great');
    await desk.account.send(outbound(text('Thank you'), { to: last().thread }));
    await desk.emulator.facebook.say(priya, 'Welcome');
    expect(last().thread).toBe(priya);
  });

  it('older than seven days has no reply any more', async () => {
    await desk.emulator.facebook.comment(priya, 'price please');
    desk.port.clock.advance(7 * 24 * hours + 1000);
    expect(await desk.account.send(outbound(text('Sorry'), { to: last().thread }))).toMatchObject({
      ok: false,
      error: 'recipient',
    });
  });
});
