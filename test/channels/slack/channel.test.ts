import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoAccounts, type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { slack } from '../../../src/channels/slack/channel.ts';
import { settingsSchema } from '../../../src/channels/slack/settings.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { Card, Content, Form, InboundEvent, SendResult } from '../../../src/core/messaging.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { webhookServer } from '../contract/webhook-server.ts';

const mine = demoAccounts.slack;
const asha = 'U0CALLER';
const thread = `${mine.teamId}:${asha}`;

const card: Card = {
  key: 'lead:1',
  title: '#12 Priya <b>',
  text: 'wants 5 & more',
  link: '/leads/1',
  fields: [{ label: 'Phone', value: '+919876543210' }],
  buttons: [
    { label: 'RNR', command: 'call.log', input: { leadId: '1', outcome: 'rnr' }, style: 'primary' },
    {
      label: 'Close',
      command: 'lead.move',
      input: { leadId: '1', stage: 'lost' },
      style: 'danger',
      confirm: 'Close this lead as lost?',
    },
  ],
};
const form: Form = {
  title: 'Follow-up with #12',
  command: 'followup.set',
  fixed: { leadId: '1' },
  note: 'When?',
  fields: [
    { name: 'at', label: 'When', type: 'datetime', value: '2026-11-24T11:30:00.000Z' },
    {
      name: 'kind',
      label: 'Kind',
      type: 'select',
      options: [
        { label: 'Call', value: 'call' },
        { label: 'Visit', value: 'visit' },
      ],
      value: 'call',
    },
    { name: 'note', label: 'Note', type: 'longtext', optional: true },
  ],
};

for (const transport of ['signed HTTP', 'Socket Mode'] as const) {
  describe(`Slack by ${transport}`, () => {
    let port: FakePort;
    let emulator: Emulator;
    let account: ChannelAccount;
    let closeServer: () => Promise<void>;

    beforeEach(async () => {
      port = fakePort();
      emulator = await startEmulator({ clock: port.clock, slackAckMs: 300 });
      const isSocket = transport === 'Socket Mode';
      const settings = settingsSchema.parse({
        apiUrl: `${emulator.url}/api/`,
        botToken: mine.botToken,
        signingSecrets: [mine.signingSecret],
        appToken: isSocket ? mine.appToken : '',
      });
      account = await slack.open({ id: 'main', settings }, port);
      await account.start?.();
      const server = await webhookServer(() => account);
      emulator.setTarget({ baseUrl: server.url });
      closeServer = server.close;
      expect(emulator.slack.connections()).toBe(isSocket ? 1 : 0);
    });
    afterEach(async () => {
      await account.stop?.();
      await emulator.close();
      await closeServer();
    });

    const send = (content: Content, event?: InboundEvent): Promise<SendResult> =>
      account.send({
        id: `out-${content.kind}`,
        channel: 'slack',
        account: 'main',
        to: thread,
        content,
        purpose: 'staff',
        ...(event?.meta && { meta: event.meta }),
      });
    const slash = async (text: string) => {
      expect(await emulator.slack.slash(asha, text)).toMatchObject({ acknowledged: true });
      return port.events.at(-1)!;
    };

    it('takes a slash command, by team and user', async () => {
      expect(await slash('  call #12 rnr ')).toMatchObject({
        channel: 'slack',
        audience: 'staff',
        thread,
        from: [{ scheme: 'slack', value: asha, scope: mine.teamId }],
        name: 'asha',
        body: { kind: 'command', text: 'call #12 rnr' },
      });
    });

    it('answers under the command, for its author alone', async () => {
      expect(await send({ kind: 'card', card, ephemeral: true }, await slash('find 12'))).toMatchObject({
        ok: true,
      });
      const [seen] = emulator.slack.seen(asha);
      expect(seen).toMatchObject({ ephemeral: true, text: expect.stringContaining('#12 Priya <b>') });
      expect(seen!.text).toContain('wants 5 & more');
      expect(seen!.buttons.map(({ text }) => text)).toEqual(['RNR', 'Close', 'Open']);
      expect(seen!.buttons[1]!.confirm).toMatchObject({ text: { text: 'Close this lead as lost?' } });
      expect(seen!.buttons[2]!.url).toBe('https://crm.example.com/leads/1');
    });

    it('hands back what a button carries, and updates its card in place', async () => {
      await send({ kind: 'card', card }, await slash('find 12'));
      await emulator.slack.press(asha, 'RNR');
      const event = port.events.at(-1)!;
      expect(JSON.parse((event.body as { value: string }).value)).toEqual({
        command: 'call.log',
        input: { leadId: '1', outcome: 'rnr' },
      });
      await send({ kind: 'card', card: { title: '#12 Priya', text: 'RNR logged' }, update: true }, event);
      expect(emulator.slack.seen(asha)).toMatchObject([
        { edited: true, text: expect.stringContaining('RNR logged') },
      ]);
    });

    it('opens a modal prefilled and reads what was filled in', async () => {
      await send({ kind: 'form', form }, await slash('follow #12'));
      const { view } = emulator.slack.modal(asha)!;
      expect(view.title.text).toBe('Follow-up with #12');
      await emulator.slack.submit(asha, { kind: 'Visit', note: ' bring the brochure ' });
      expect(port.events.at(-1)!.body).toEqual({
        kind: 'form',
        command: 'followup.set',
        values: { leadId: '1', at: '2026-11-24T11:30:00.000Z', kind: 'visit', note: 'bring the brochure' },
      });
      expect(emulator.slack.modal(asha)).toBeUndefined();
      // The answer goes where the command was typed.
      await send({ kind: 'text', text: 'Set.' }, port.events.at(-1));
      expect(emulator.slack.seen(asha)).toMatchObject([{ ephemeral: true, text: 'Set.' }]);
    });

    it('offers a button instead of a modal that comes too late', async () => {
      const event = await slash('follow #12');
      port.clock.advance(3500);
      expect(await send({ kind: 'form', form }, event)).toMatchObject({ ok: true });
      expect(emulator.slack.modal(asha)).toBeUndefined();
      await emulator.slack.press(asha, 'Fill in');
      expect(JSON.parse((port.events.at(-1)!.body as { value: string }).value)).toMatchObject({
        command: 'followup.set',
        form: true,
        input: { leadId: '1', kind: 'call' },
      });
    });

    it('publishes Home, and tells a press there from one on a message', async () => {
      await emulator.slack.openHome(asha);
      const event = port.events.at(-1)!;
      expect(event.body).toEqual({ kind: 'signal', name: 'home.opened' });
      await send({ kind: 'cards', text: 'Your day', cards: [card], update: true }, event);
      expect(emulator.slack.home(asha)!.text).toContain('Your day');
      await emulator.slack.pressHome(asha, 'RNR');
      expect(port.events.at(-1)!.meta).toMatchObject({ surface: 'home' });
      await send({ kind: 'text', text: 'RNR logged' }, port.events.at(-1));
      expect(emulator.slack.seen(asha)).toMatchObject([{ text: 'RNR logged', ephemeral: false }]);
    });

    it('takes a direct message and a message shortcut; its own words and edits are nobody’s', async () => {
      await emulator.slack.say(asha, 'find priya@example.com & more');
      await send({ kind: 'text', text: 'Here' });
      await emulator.slack.shortcut(asha, 'note', emulator.slack.seen(asha)[0]!.ts);
      expect(port.events.map(({ body }) => body)).toEqual([
        { kind: 'text', text: 'find priya@example.com & more' },
        { kind: 'signal', name: 'shortcut', data: { id: 'note', text: 'find priya@example.com & more' } },
      ]);
    });

    it('drops a command that Slack delivers twice', async () => {
      emulator.fail('slack', 'duplicate');
      await slash('today');
      expect(port.events).toHaveLength(1);
    });

    it('does not acknowledge what could not be stored; an event comes again', async () => {
      port.failAccept();
      await emulator.slack.say(asha, 'today');
      if (transport === 'signed HTTP') await emulator.advance(60_000);
      expect(port.events.map(({ body }) => body)).toEqual([{ kind: 'text', text: 'today' }]);
    });
  });
}
