/** A page and its Instagram account with Meta played, made anew for each case. */
import { afterEach, beforeEach } from '@jest/globals';
import { demoAccounts, type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { facebook } from '../../../src/channels/facebook/channel.ts';
import { instagram } from '../../../src/channels/facebook/instagram.ts';
import { instagramSchema, settingsSchema } from '../../../src/channels/facebook/settings.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { Content, Outbound } from '../../../src/core/messaging.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { webhookServer } from '../contract/webhook-server.ts';

export const priya = '24680';
export const page = demoAccounts.facebook;
export const hours = 3600_000;

export const desk = {} as {
  emulator: Emulator;
  port: FakePort;
  account: ChannelAccount;
  insta: ChannelAccount;
  servers: Awaited<ReturnType<typeof webhookServer>>[];
  /** From now on the webhooks are Instagram's. */
  onInstagram: () => void;
};

beforeEach(async () => {
  desk.port = fakePort();
  let asked: string | undefined;
  const server = await webhookServer(() => (asked === 'instagram' ? desk.insta : desk.account));
  desk.servers = [server];
  desk.emulator = await startEmulator({
    clock: desk.port.clock,
    autoStatuses: false,
    target: { baseUrl: server.url },
  });
  const given = {
    apiUrl: desk.emulator.url,
    pageId: page.pageId,
    instagramId: page.instagramId,
    accessToken: page.accessToken,
    appSecrets: [page.appSecret],
    verifyToken: page.verifyToken,
    humanAgent: 'true',
    comments: { formUrl: 'https://rsoft.example/form', whatsapp: '+91 98450 00000' },
    leads: { answerOn: 'whatsapp:main' },
  };
  desk.account = await facebook.open({ id: 'main', settings: settingsSchema.parse(given) }, desk.port);
  desk.insta = await instagram.open({ id: 'main', settings: instagramSchema.parse(given) }, desk.port);
  desk.emulator.facebook.person(priya, { name: 'Priya Sharma' });
  asked = undefined;
  desk.onInstagram = () => {
    asked = 'instagram';
  };
});
afterEach(async () => {
  await desk.account.stop?.();
  for (const server of desk.servers) await server.close();
  await desk.emulator.close();
});

export const outbound = (content: Content, more: Partial<Outbound> = {}): Outbound => ({
  id: 'out-1',
  channel: 'facebook',
  account: 'main',
  to: priya,
  content,
  purpose: 'reply',
  ...more,
});
export const text = (words: string): Content => ({ kind: 'text', text: words });
export const last = () => desk.port.events.at(-1)!;
