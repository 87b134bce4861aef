/** What the played providers share: clock, accounts, faults, and the log of what happened. */
import type { EventEmitter } from 'node:events';
import type { Clock } from '../../core/clock.ts';

/** The provider's API misbehaves. `timeoutAfterAccept`: it takes the request and the line drops before the answer. */
export type ApiFault = 'rate' | 'timeoutAfterAccept' | 'auth' | 'serverError';
/** The provider's webhooks misbehave: sent twice, after the next one, or lost until the provider's retry. */
export type WebhookFault = 'duplicate' | 'reorder' | 'drop';
export type Fault = ApiFault | WebhookFault;
export type Provider = 'whatsapp' | 'slack' | 'telegram' | 'facebook' | 'twilio';

/** What became of one webhook or socket envelope. */
export type Delivery = { acknowledged: boolean; status: number; body: unknown; attempts: number };

/** The provider is away as a whole, until it is back: it says so, or hangs up before it has read anything. */
export type Outage = 'unavailable' | 'hangUp';
/** A documented rate that was not kept: that call was answered with 429 or what the provider has in its place. */
export type Violation = { provider: Provider; limit: string; at: Date };

export type World = {
  clock: Clock;
  /**
   * Counts a call against a documented rate; answers false, and keeps it in mind, when it is one too many. Where rates
   * are not kept (see `paced`), always true.
   */
  allow(provider: Provider, limit: string, key: string, rate: { max: number; perMs: number }): boolean;
  /** Emits `change` whenever something that can be seen has changed. */
  bus: EventEmitter;
  /** Takes the next planned fault of these kinds, if any. */
  takeFault<F extends Fault>(provider: Provider, kinds: readonly F[]): F | undefined;
  /** A number that grows, for ids. */
  next(): number;
};

export const apiFaults = ['rate', 'timeoutAfterAccept', 'auth', 'serverError'] as const satisfies ApiFault[];
export const webhookFaults = ['duplicate', 'reorder', 'drop'] as const satisfies WebhookFault[];

export type EmulatorAccounts = {
  whatsapp: {
    wabaId: string;
    phoneNumberId: string;
    displayNumber: string;
    verifiedName: string;
    accessToken: string;
    appSecret: string;
    verifyToken: string;
  };
  slack: {
    appId: string;
    teamId: string;
    teamName: string;
    botUserId: string;
    botToken: string;
    appToken: string;
    signingSecret: string;
    command: string;
    users: { id: string; name: string; realName: string }[];
  };
  facebook: {
    pageId: string;
    pageName: string;
    instagramId: string;
    accessToken: string;
    appSecret: string;
    verifyToken: string;
    forms: { id: string; name: string }[];
  };
  telegram: TelegramBot;
  /** The bot that colleagues talk to. */
  telegramStaff: TelegramBot;
  twilio: { accountSid: string; authToken: string; name: string; number: string };
};
export type TelegramBot = { token: string; name: string; username: string };

/** Made-up accounts: none of these opens anything but the emulator. */
export const demoAccounts: EmulatorAccounts = {
  whatsapp: {
    wabaId: '102290129340398',
    phoneNumberId: '106540352242922',
    displayNumber: '15550783881',
    verifiedName: 'RSoft (emulator)',
    accessToken: 'emulator-whatsapp-token',
    appSecret: 'emulator-whatsapp-app-secret',
    verifyToken: 'emulator-verify-word',
  },
  slack: {
    appId: 'A0EMULATOR',
    teamId: 'T0EMULATOR',
    teamName: 'Emulator',
    botUserId: 'U0PARLEY',
    botToken: 'xoxb-emulator-bot',
    appToken: 'xapp-emulator-app',
    signingSecret: 'emulator-slack-signing-secret',
    command: '/crm',
    users: [
      { id: 'U0CALLER', name: 'asha', realName: 'Asha Caller' },
      { id: 'U0SECOND', name: 'ravi', realName: 'Ravi Caller' },
      { id: 'U0THIRD', name: 'divya', realName: 'Divya Caller' },
      { id: 'U0MANAGER', name: 'meera', realName: 'Meera Manager' },
    ],
  },
  facebook: {
    pageId: '104200000000042',
    pageName: 'RSoft (emulator)',
    instagramId: '17841400000000042',
    accessToken: 'emulator-page-token',
    appSecret: 'emulator-facebook-app-secret',
    verifyToken: 'emulator-verify-word',
    forms: [{ id: '770000000000077', name: 'Ask for a demo' }],
  },
  telegram: {
    token: '110201543:emulator-customers',
    name: 'RSoft (emulator)',
    username: 'rsoft_emulator_bot',
  },
  telegramStaff: {
    token: '110201544:emulator-staff',
    name: 'RSoft CRM (emulator)',
    username: 'rsoft_crm_emulator_bot',
  },
  twilio: {
    accountSid: 'AC00000000000000000000000000000042',
    authToken: 'emulator-twilio-token',
    name: 'RSoft (emulator)',
    number: '+918045671234',
  },
};
