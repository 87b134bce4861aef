import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoAccounts, type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { slack } from '../../../src/channels/slack/channel.ts';
import { settingsSchema } from '../../../src/channels/slack/settings.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { Card, Content } from '../../../src/core/messaging.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';

const mine = demoAccounts.slack;
const asha = 'U0CALLER';
const thread = `${mine.teamId}:${asha}`;
const card: Card = {
  key: 'lead:1',
  title: '#12 Priya',
  fields: [{ label: 'Phone', value: '+919876543210' }],
  buttons: [{ label: 'RNR', command: 'call.log', input: { leadId: '1', outcome: 'rnr' } }],
};

describe('Slack’s socket', () => {
  it('waits for Slack to come up, comes back after each drop, and ends when stopped', async () => {
    const port = fakePort();
    const first = await startEmulator({ clock: port.clock });
    const address = Number(new URL(first.url).port);
    await first.close();
    const settings = settingsSchema.parse({
      apiUrl: `http://127.0.0.1:${address}/api/`,
      botToken: mine.botToken,
      signingSecrets: [],
      appToken: mine.appToken,
    });
    const account = await slack.open({ id: 'main', settings }, port);
    await account.start!();
    expect(port.logged.join()).toContain('is not connected; it is tried again');

    const emulator = await startEmulator({ port: address, clock: port.clock });
    await emulator.waitFor(() => emulator.slack.connections() === 1, 'the first connection');
    for (let n = 0; n < 3; n++) {
      emulator.slack.disconnectAll('refresh_requested');
      await emulator.waitFor(() => emulator.slack.connections() === 0, 'the drop');
      await emulator.waitFor(() => emulator.slack.connections() === 1, 'a new connection');
    }
    expect(await emulator.slack.slash(asha, 'today')).toMatchObject({ acknowledged: true });
    expect(port.events).toHaveLength(1);
    await account.stop!();
    await emulator.waitFor(() => emulator.slack.connections() === 0, 'the end');
    await emulator.close();
    expect(port.logged.filter((line) => line.includes(mine.appToken))).toEqual([]);
  });
});

describe('Slack’s notices and limits', () => {
  let port: FakePort;
  let emulator: Emulator;
  let account: ChannelAccount;
  beforeEach(async () => {
    port = fakePort();
    emulator = await startEmulator({ clock: port.clock });
    account = await slack.open(
      {
        id: 'main',
        settings: settingsSchema.parse({
          apiUrl: `${emulator.url}/api/`,
          botToken: mine.botToken,
          signingSecrets: [mine.signingSecret],
        }),
      },
      port,
    );
  });
  afterEach(() => emulator.close());
  const send = (content: Content, more: object = {}) =>
    account.send({
      id: 'out-1',
      channel: 'slack',
      account: 'main',
      to: thread,
      content,
      purpose: 'staff',
      ...more,
    });

  it('sends a notice as a direct message, and a later word on the same record in its place [M40]', async () => {
    await send({ kind: 'card', card });
    await send({ kind: 'card', card: { ...card, title: '#12 Priya: taken' }, update: true });
    await send({ kind: 'card', card: { ...card, title: '#12 Priya: again' } });
    expect(
      emulator.slack
        .seen(asha)
        .map(({ text, edited, ephemeral }) => [text.split('\n')[0], edited, ephemeral]),
    ).toEqual([
      ['*#12 Priya: taken*', true, false],
      ['*#12 Priya: again*', false, false],
    ]);
  });

  it('goes to a direct message when the command’s address is used up', async () => {
    const responseUrl = `${emulator.url}/_response/gone`;
    expect(
      await send({ kind: 'text', text: 'late' }, { meta: { surface: 'command', responseUrl } }),
    ).toMatchObject({ ok: true });
    expect(emulator.slack.seen(asha)).toMatchObject([{ text: 'late', ephemeral: false }]);
  });

  it('posts nowhere but to Slack', async () => {
    const meta = { surface: 'command', responseUrl: 'http://169.254.169.254/latest' };
    expect(await send({ kind: 'text', text: 'x' }, { meta })).toMatchObject({ ok: false, error: 'content' });
  });

  it('shows as many cards as fit and says how many are left', async () => {
    const cards = Array.from({ length: 40 }, (_, n) => ({ ...card, title: `#${n}` }));
    expect(await send({ kind: 'cards', text: 'All leads', cards })).toMatchObject({ ok: true });
    expect(emulator.slack.seen(asha)[0]!.text).toMatch(/… and \d+ more/);
  });

  it('reports a stranger as such', async () => {
    expect(await send({ kind: 'text', text: 'x' }, { to: 'T0EMULATOR:U404' })).toMatchObject({
      ok: false,
      error: 'recipient',
    });
  });

  it('does a thing again that shows nothing twice, and nothing else', async () => {
    emulator.fail('slack', 'timeoutAfterAccept');
    expect(
      await send({ kind: 'cards', text: 'Your day', cards: [], update: true }, { meta: { surface: 'home' } }),
    ).toMatchObject({ ok: false, error: 'transient' });
    emulator.fail('slack', 'timeoutAfterAccept');
    expect(await send({ kind: 'text', text: 'once' })).toMatchObject({ ok: false, error: 'ambiguous' });
  });

  it('says whether the account works', async () => {
    expect(await account.health!()).toEqual({ ok: true, detail: 'Emulator as parley' });
  });
});
