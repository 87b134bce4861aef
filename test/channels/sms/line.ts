/** An SMS account on the line to an SMSC of the test. */
import type { Smsc } from '../../../src/channels/emulator/sms/smsc.ts';
import { sms } from '../../../src/channels/sms/channel.ts';
import { settingsSchema } from '../../../src/channels/sms/settings.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { Content, Outbound } from '../../../src/core/messaging.ts';
import type { FakePort } from '../contract/fake-port.ts';

export const password = 'pa55w0rd';
export const customer = '+919845012345';

export async function openLine(
  smsc: Pick<Smsc, 'port'> & Partial<Pick<Smsc, 'until' | 'lines'>>,
  port: FakePort,
  more: object = {},
): Promise<ChannelAccount> {
  const settings = settingsSchema.parse({
    driver: 'smpp',
    host: '127.0.0.1',
    port: smsc.port,
    systemId: 'parley',
    password,
    sender: 'RSOFTT',
    perSecond: 1000,
    responseMs: 30_000,
    ...more,
  });
  const account = await sms.open({ id: 'main', settings }, port);
  await account.start!();
  await smsc.until?.(() => smsc.lines!().length > 0, 'a line');
  return account;
}

export const outbound = (content: Content | string, id = 'out-1', to = customer): Outbound => ({
  id,
  channel: 'sms',
  account: 'main',
  to,
  content: typeof content === 'string' ? { kind: 'text', text: content } : content,
  purpose: 'reply',
});
