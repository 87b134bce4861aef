/** Helpers of the e-mail tests: settings for a server, and mails as programs write them. */
import { email } from '../../../src/channels/email/channel.ts';
import { emailSettings } from '../../../src/channels/email/settings.ts';
import type { ChannelPort } from '../../../src/core/define.ts';
import type { Content, Outbound } from '../../../src/core/messaging.ts';
import type { MailServer, User } from './mail-server.ts';

export const firm: User = { address: 'hello@rsoft.example', password: 'firm-secret-1' };
export const customer: User = { address: 'priya@customer.example', password: 'customer-secret-1' };

export const settingsFor = (
  { ports, caFile }: Pick<MailServer, 'ports' | 'caFile'>,
  more: Record<string, unknown> = {},
) => {
  const login = { host: '127.0.0.1', user: firm.address, password: firm.password, ca: caFile };
  return {
    address: firm.address,
    name: 'RSoft',
    imap: { ...login, port: ports.imaps, secure: true },
    smtp: { ...login, port: ports.submission, secure: false },
    ...more,
  };
};

export const open = async (settings: unknown, port: ChannelPort) =>
  email.open({ id: 'main', settings: emailSettings.parse(settings) }, port);

export const outbound = (content: Content, more: Partial<Outbound> = {}): Outbound => ({
  id: '01JDC0000000000000000000AA',
  channel: 'email',
  account: 'main',
  to: customer.address,
  content,
  purpose: 'reply',
  ...more,
});

/** A mail of the customer's; header names may be overridden or added. */
export function mail(headers: Record<string, string>, body: string): string {
  const all = {
    From: `Priya Raman <${customer.address}>`,
    To: firm.address,
    Subject: 'Demo',
    'Message-ID': '<m1@customer.example>',
    Date: 'Mon, 23 Nov 2026 09:00:00 +0000',
    ...headers,
  };
  return `${Object.entries(all)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}\r\n`;
}
