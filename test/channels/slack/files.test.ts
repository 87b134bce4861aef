import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { demoAccounts, type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { slack } from '../../../src/channels/slack/channel.ts';
import { settingsSchema } from '../../../src/channels/slack/settings.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import { fakePort } from '../contract/fake-port.ts';

const mine = demoAccounts.slack;
const asha = 'U0CALLER';
const pdf = Buffer.from('%PDF-1.7 the numbers');

let emulator: Emulator;
let account: ChannelAccount;
beforeEach(async () => {
  const port = fakePort();
  port.media.read = async () => ({ body: pdf, mime: 'application/pdf', filename: 'report.pdf' });
  emulator = await startEmulator({ clock: port.clock });
  const settings = settingsSchema.parse({
    apiUrl: `${emulator.url}/api/`,
    botToken: mine.botToken,
    signingSecrets: [mine.signingSecret],
  });
  account = await slack.open({ id: 'main', settings }, port);
});
afterEach(() => emulator.close());

const send = (id: string) =>
  account.send({
    id,
    channel: 'slack',
    account: 'main',
    to: `${mine.teamId}:${asha}`,
    purpose: 'staff',
    content: {
      kind: 'media',
      media: { type: 'document', id: 'report:1:pdf', filename: 'Daily Data Report.pdf' },
      caption: 'Wed, 11 Mar 2026',
    },
  });

it('puts a report’s PDF into the chat as a file that opens there [B5]', async () => {
  expect(await send('1')).toMatchObject({ ok: true });
  const [seen] = emulator.slack.seen(asha);
  expect(seen!.text).toBe('Wed, 11 Mar 2026');
  expect(seen!.files).toEqual([
    { id: expect.stringMatching(/^F/), name: 'Daily Data Report.pdf', size: pdf.length, body: pdf },
  ]);
});

it('tries again when Slack was away: nothing was shown yet [B5]', async () => {
  emulator.fail('slack', 'serverError');
  const first = await send('1');
  expect(first).toMatchObject({ ok: false, error: 'transient' });
  expect(emulator.slack.seen(asha)).toEqual([]);
  expect(await send('1')).toMatchObject({ ok: true });
  expect(emulator.slack.seen(asha)).toHaveLength(1);
});
