/** Web chat: our own channel, so a message is delivered the moment it stands in the transcript that the widget reads. */
import { z } from 'zod';
import { type ChannelAccount, type ChannelPort, defineChannel } from '../../core/define.ts';
import type { ChannelCapabilities, Outbound } from '../../core/messaging.ts';
import { render } from '../render.ts';
import { webchatGuide } from './guide.ts';

export const webchatSettings = z.object({
  title: z.string().default('Chat with us').describe('Name in the head of the widget.'),
  subtitle: z.string().default('We usually answer at once'),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be like #0f766e')
    .default('#0f766e')
    .describe('Accent colour of the widget.'),
  greeting: z
    .union([z.boolean(), z.string()])
    .default(true)
    .describe('First line in an empty chat; true: a standard one, false: none.'),
  greetings: z
    .array(
      z.object({
        text: z.string().min(1).max(300),
        afterSeconds: z.number().int().min(0).max(3600).default(20),
        path: z
          .string()
          .startsWith('/')
          .optional()
          .describe('Only on these pages; * stands for anything: /pricing*. Absent: on every page.'),
      }),
    )
    .max(10)
    .default([])
    .describe(
      'What the chat says by itself to who has not opened it: the first that fits the page, once a visitor.',
    ),
  whatsapp: z
    .string()
    .regex(/^\+\d{7,15}$/, 'must be a number with its country: +919845000000')
    .optional()
    .describe('Our WhatsApp number, offered to visitors who want to go on there.'),
  starters: z
    .array(z.string().max(60))
    .max(6)
    .default([])
    .describe('Questions offered as buttons in an empty chat.'),
  allowedOrigins: z
    .array(z.string())
    .default(['*'])
    .describe('Sites that may embed the widget: https://shop.example, https://*.example.com or *.'),
  messagesPerMinute: z.number().int().positive().default(60).describe('Per visitor, also the burst.'),
  sessionsPerMinute: z.number().int().positive().default(60).describe('New visitors per network address.'),
  visitorDays: z
    .number()
    .int()
    .positive()
    .default(180)
    .describe('A visitor who stays away longer begins anew.'),
});
export type WebchatSettings = z.output<typeof webchatSettings>;

/** What `open` answers: the account as the HTTP plugin needs it. */
export type WebchatAccount = ChannelAccount & {
  id: string;
  settings: WebchatSettings;
  port: ChannelPort;
  /** Fires for this thread when something was sent in this process; returns the unsubscriber. */
  onSent(thread: string, fn: () => void): () => void;
};

export const isWebchatAccount = (account: ChannelAccount): account is WebchatAccount => 'onSent' in account;

const capabilities: ChannelCapabilities = {
  text: 20_000,
  caption: 2_000,
  buttons: { max: 13, label: 60 },
  media: true,
  ambiguity: 'resend',
};

export const webchat = defineChannel({
  name: 'webchat',
  label: 'Web chat',
  audience: 'customer',
  capabilities,
  settings: webchatSettings,
  guide: webchatGuide,
  open: ({ id, settings }, port) => openAccount(id, settings, port),
});

function openAccount(id: string, settings: WebchatSettings, port: ChannelPort): WebchatAccount {
  const listeners = new Map<string, Set<() => void>>();
  return {
    id,
    settings,
    port,
    onSent(thread, fn) {
      const set = listeners.get(thread) ?? new Set();
      listeners.set(thread, set.add(fn));
      return () => {
        set.delete(fn);
        if (set.size === 0) listeners.delete(thread);
      };
    },
    async send(out: Outbound) {
      for (const fn of listeners.get(out.to) ?? []) fn();
      const shown = render(out.content, capabilities);
      return { ok: true, providerId: out.id, ...('choiceMap' in shown && { choiceMap: shown.choiceMap }) };
    },
    async health() {
      return { ok: true, detail: 'ok' };
    },
  };
}
