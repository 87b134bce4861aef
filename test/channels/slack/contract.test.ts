import { expect } from '@jest/globals';
import { demoAccounts, startEmulator } from '../../../src/channels/emulator/index.ts';
import { problemWithBlocks } from '../../../src/channels/emulator/slack/limits.ts';
import { signature } from '../../../src/channels/emulator/slack/transport.ts';
import { slack } from '../../../src/channels/slack/channel.ts';
import { settingsSchema } from '../../../src/channels/slack/settings.ts';
import type { WebhookRequest } from '../../../src/core/define.ts';
import { channelContract, post } from '../contract/suite.ts';

const account = demoAccounts.slack;
const nextSecret = 'the-next-signing-secret';
const secrets = { current: account.signingSecret, next: nextSecret, wrong: 'nobody-has-this-secret' };
const path = '/webhooks/slack/main';
/** A form has texts only: what is no text any more is sent as its JSON. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
const form = (fields: Record<string, string>): WebhookRequest =>
  post(
    path,
    new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, textOf(value)])).toString(),
    { 'content-type': 'application/x-www-form-urlencoded' },
  );
// docs.slack.dev/interactivity/implementing-slash-commands
const slash = (id: string, text: string) =>
  form({
    command: '/crm',
    text,
    trigger_id: id,
    team_id: account.teamId,
    user_id: 'U0CALLER',
    user_name: 'asha',
    channel_id: 'D0CALLER',
  });
const event = (id: string, inner: object) =>
  post(
    path,
    JSON.stringify({
      type: 'event_callback',
      team_id: account.teamId,
      event_id: id,
      event: { user: 'U0CALLER', ...inner },
    }),
    { 'content-type': 'application/json' },
  );

channelContract({
  name: 'slack',
  secrets: [account.botToken, account.appToken, account.signingSecret, nextSecret],
  async open(port) {
    const emulator = await startEmulator({ clock: port.clock });
    const settings = settingsSchema.parse({
      apiUrl: `${emulator.url}/api/`,
      botToken: account.botToken,
      signingSecrets: [account.signingSecret, nextSecret],
    });
    return {
      account: await slack.open({ id: 'main', settings }, port),
      sent: () =>
        emulator.slack
          .taken()
          .filter(({ method }) => method === 'chat.postMessage')
          .map(({ args: { text, blocks } }) => ({ text, blocks })),
      fail: (how) => emulator.fail('slack', how),
      close: () => emulator.close(),
    };
  },
  webhook: {
    path,
    text: ({ id, text }) => slash(id, text),
    unknown: (id) => event(id, { type: 'star_added' }),
    sign: (request, { secret, at }) => ({
      ...request,
      headers: { ...request.headers, ...signature(request.body.toString('utf8'), at, secrets[secret]) },
    }),
    timestamped: true,
    malformed: [
      { title: 'a payload that is no JSON', request: form({ payload: '{"type":' }), field: 'payload' },
      {
        title: 'a command without trigger',
        request: form({ command: '/crm', text: 'today', team_id: 'T', user_id: 'U' }),
        field: 'trigger_id',
      },
      {
        title: 'a click by nobody',
        request: form({ payload: JSON.stringify({ type: 'block_actions', trigger_id: 't', actions: [] }) }),
        field: 'user',
      },
      {
        title: 'an event without id',
        request: post(
          path,
          JSON.stringify({ type: 'event_callback', team_id: 'T', event: { type: 'message' } }),
        ),
        field: 'event_id',
      },
    ],
    bendable: [
      {
        payload: {
          command: '/crm',
          text: 'today',
          trigger_id: 't',
          team_id: 'T',
          user_id: 'U',
          response_url: 'https://hooks.slack.com/1',
        },
        request: (fields) => form(fields as Record<string, string>),
      },
      {
        payload: {
          type: 'block_actions',
          trigger_id: 't',
          team: { id: 'T' },
          user: { id: 'U', username: 'asha' },
          container: { type: 'message', message_ts: '1.1' },
          actions: [{ action_id: 'press:0:0', value: '{"command":"x","input":{}}', text: { text: 'RNR' } }],
        },
        request: (payload) => form({ payload: JSON.stringify(payload) }),
      },
      {
        payload: {
          type: 'view_submission',
          trigger_id: 't',
          team: { id: 'T' },
          user: { id: 'U' },
          view: {
            private_metadata: '{"command":"x","fixed":{"a":1},"meta":{}}',
            state: {
              values: {
                at: { value: { type: 'datetimepicker', selected_date_time: 1795428000 } },
                kind: { value: { type: 'static_select', selected_option: { value: 'a' } } },
              },
            },
          },
        },
        request: (payload) => form({ payload: JSON.stringify(payload) }),
      },
      {
        payload: {
          type: 'event_callback',
          team_id: 'T',
          event_id: 'E',
          event: { type: 'message', channel_type: 'im', user: 'U', text: 'hi' },
        },
        request: (payload) => post(path, JSON.stringify(payload)),
      },
    ],
    maxBytes: 1024 * 1024,
  },
  send: { to: `${account.teamId}:U0CALLER` },
  golden: {
    dir: new URL('./golden/', import.meta.url),
    limitsHold({ text, blocks }) {
      expect(text.length).toBeLessThanOrEqual(40_000);
      expect(problemWithBlocks(blocks, 50)).toBeUndefined();
    },
  },
});
