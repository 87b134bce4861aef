/** The vendor's own libraries against the emulator: what they accept of it, our side may trust a little more. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import slackBolt from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { type FakeClock, fakeClock } from '../../../src/core/clock.ts';

const { App, HTTPReceiver, SocketModeReceiver } = slackBolt;
const asha = 'U0CALLER';
const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => 'error' as never,
  setName() {},
};

describe('Slack’s Web API client against the emulator', () => {
  let clock: FakeClock;
  let emulator: Emulator;
  let client: WebClient;
  beforeEach(async () => {
    clock = fakeClock('2026-11-23T09:00:00Z');
    emulator = await startEmulator({ clock });
    client = new WebClient(emulator.accounts.slack.botToken, {
      slackApiUrl: `${emulator.url}/api/`,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: quiet,
    });
  });
  afterEach(() => emulator.close());

  it('signs in, opens a direct message, posts and updates', async () => {
    expect(await client.auth.test()).toMatchObject({ ok: true, team_id: 'T0EMULATOR' });
    const { channel } = await client.conversations.open({ users: asha });
    const { ts } = await client.chat.postMessage({
      channel: channel!.id!,
      text: 'Hello',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*Hello*' } }],
    });
    await client.chat.update({ channel: channel!.id!, ts: ts!, text: 'Changed' });
    expect(emulator.slack.seen(asha)).toMatchObject([{ text: 'Changed', edited: true, ephemeral: false }]);
  });

  it.each([
    [
      'a stranger’s channel',
      () => client.chat.postMessage({ channel: 'C404', text: 'x' }),
      'channel_not_found',
    ],
    [
      '51 blocks',
      () =>
        client.chat.postMessage({
          channel: 'D0CALLER',
          text: 'x',
          blocks: Array.from({ length: 51 }, () => ({ type: 'divider' as const })),
        }),
      'invalid_blocks',
    ],
    [
      'a button label of 76 characters',
      () =>
        client.chat.postMessage({
          channel: 'D0CALLER',
          text: 'x',
          blocks: [
            {
              type: 'actions',
              elements: [
                { type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'x'.repeat(76) } },
              ],
            },
          ],
        }),
      'invalid_blocks',
    ],
    [
      'a modal title of 25 characters',
      () =>
        client.views.open({
          trigger_id: trigger(),
          view: { type: 'modal', title: { type: 'plain_text', text: 'x'.repeat(25) }, blocks: [] },
        }),
      'invalid_arguments',
    ],
    [
      'a made-up trigger',
      () =>
        client.views.open({
          trigger_id: 'no',
          view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
        }),
      'invalid_trigger_id',
    ],
    [
      'an update of nothing',
      () => client.chat.update({ channel: 'D0CALLER', ts: '1.1', text: 'x' }),
      'message_not_found',
    ],
    ['a method it does not have', () => client.apiCall('nothing.here'), 'unknown_method'],
  ])('refuses %s', async (_, call, error) => {
    await expect(call()).rejects.toMatchObject({ code: 'slack_webapi_platform_error', data: { error } });
  });

  it('refuses a wrong token', async () => {
    await expect(
      new WebClient('xoxb-wrong', { slackApiUrl: `${emulator.url}/api/`, logger: quiet }).auth.test(),
    ).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
  });

  it('gives a trigger once and for 3 seconds', async () => {
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'Note' }, blocks: [] };
    const once = trigger();
    await client.views.open({ trigger_id: once, view });
    await expect(client.views.open({ trigger_id: once, view })).rejects.toMatchObject({
      data: { error: 'exchanged_trigger_id' },
    });
    const late = trigger();
    clock.advance(3001);
    await expect(client.views.open({ trigger_id: late, view })).rejects.toMatchObject({
      data: { error: 'expired_trigger_id' },
    });
  });

  it('limits with 429, and drops the line after having taken a message', async () => {
    emulator.fail('slack', 'rate');
    await expect(client.chat.postMessage({ channel: 'D0CALLER', text: 'x' })).rejects.toMatchObject({
      code: 'slack_webapi_rate_limited_error',
      retryAfter: 3,
    });
    emulator.fail('slack', 'timeoutAfterAccept');
    await expect(client.chat.postMessage({ channel: 'D0CALLER', text: 'taken' })).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    expect(emulator.slack.seen(asha).map(({ text }) => text)).toEqual(['taken']);
  });

  /** A trigger as a slash command brings it; nobody listens, so only the trigger counts. */
  function trigger(): string {
    void emulator.slack.slash(asha, '');
    return triggers().at(-1)!;
  }
  const triggers = (): string[] => emulator.slack.triggers();
});

describe('Bolt against the emulator', () => {
  let emulator: Emulator;
  let stop: () => Promise<unknown>;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(async () => {
    await stop();
    await emulator.close();
  });

  const appWith = (receiver: InstanceType<typeof HTTPReceiver> | InstanceType<typeof SocketModeReceiver>) => {
    const app = new App({
      receiver,
      token: emulator.accounts.slack.botToken,
      clientOptions: { slackApiUrl: `${emulator.url}/api/` },
      logger: quiet,
    });
    app.command('/crm', async ({ ack, respond, command, client }) => {
      await ack();
      if (command.text === 'form') {
        await client.views.open({
          trigger_id: command.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'note',
            title: { type: 'plain_text', text: 'Note' },
            submit: { type: 'plain_text', text: 'Save' },
            blocks: [
              {
                type: 'input',
                block_id: 'text',
                label: { type: 'plain_text', text: 'Text' },
                element: { type: 'plain_text_input', action_id: 'value' },
              },
            ],
          },
        });
      } else {
        await respond({
          text: `You said ${command.text}`,
          blocks: [
            {
              type: 'actions',
              elements: [
                { type: 'button', action_id: 'go', value: 'v1', text: { type: 'plain_text', text: 'Go' } },
              ],
            },
          ],
        });
      }
    });
    app.action('go', async ({ ack, respond, action }) => {
      await ack();
      await respond({ replace_original: true, text: `Pressed ${(action as { value: string }).value}` });
    });
    app.view('note', async ({ ack, view }) => {
      const text = view.state.values.text?.value?.value ?? '';
      if (text === 'bad') await ack({ response_action: 'errors', errors: { text: 'Too short' } });
      else await ack();
    });
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Welcome home' } }] },
      });
    });
    return app;
  };

  async function wholeRound(): Promise<void> {
    expect(await emulator.slack.slash(asha, 'hello')).toMatchObject({ acknowledged: true });
    await emulator.waitFor(() => emulator.slack.seen(asha)[0]?.buttons.length, 'the answer');
    await emulator.slack.press(asha, 'Go');
    await emulator.waitFor(() => emulator.slack.seen(asha)[0]?.text === 'Pressed v1', 'the card in place');
    await emulator.slack.slash(asha, 'form');
    await emulator.waitFor(() => emulator.slack.modal(asha), 'the modal');
    await emulator.slack.submit(asha, { text: 'bad' });
    expect(emulator.slack.modal(asha)).toBeDefined();
    expect(() => emulator.slack.submit(asha, {})).rejects.toThrow('must be filled in');
    await emulator.slack.submit(asha, { text: 'good' });
    expect(emulator.slack.modal(asha)).toBeUndefined();
    await emulator.slack.openHome(asha);
    await emulator.waitFor(() => emulator.slack.home(asha)?.text === 'Welcome home', 'Home');
  }

  it('plays a command, a press, a modal with errors and Home over signed HTTP', async () => {
    const receiver = new HTTPReceiver({
      signingSecret: emulator.accounts.slack.signingSecret,
      port: 0,
      logger: quiet,
    });
    const app = appWith(receiver);
    const server = (await app.start(0)) as unknown as { address(): { port: number } };
    stop = () => app.stop();
    emulator.setTarget({ baseUrl: `http://127.0.0.1:${server.address().port}`, slackPath: '/slack/events' });
    expect(await emulator.slack.verifyUrl('3eZbrw1aB')).toMatchObject({ body: { challenge: '3eZbrw1aB' } });
    await wholeRound();
  });

  it('plays the same over Socket Mode, and again after a reconnection', async () => {
    const receiver = new SocketModeReceiver({
      appToken: emulator.accounts.slack.appToken,
      logger: quiet,
      clientPingTimeout: 100,
      installerOptions: { clientOptions: { slackApiUrl: `${emulator.url}/api/` } },
    });
    const app = appWith(receiver);
    await app.start();
    // Bolt's own stop does not wait for the socket to close.
    stop = () => receiver.client.disconnect();
    await wholeRound();
    emulator.slack.disconnectAll('refresh_requested');
    await emulator.waitFor(() => emulator.slack.connections() === 0);
    await emulator.waitFor(() => emulator.slack.connections() === 1, 'a new connection');
    expect(await emulator.slack.slash(asha, 'again')).toMatchObject({ acknowledged: true });
  });
});
