/** Browsers in which a colleague wants to be told, also while the console is closed. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';

const ok = z.object({ ok: z.literal(true) });
const bytes = (count: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+=*$/)
    .refine((key) => Buffer.from(key, 'base64url').length === count, `must be ${count} bytes as base64url`);

export const myBrowsers = defineQuery({
  name: 'notification.browsers',
  summary: 'Browsers in which you are told, and the key with which to add one',
  permission: 'signed-in',
  path: '/me/browsers',
  input: z.object({}),
  output: z.object({
    /** Absent: browser push is switched off (no account of it in config/channels.yaml). */
    publicKey: z.string().optional(),
    items: z.array(z.object({ id: z.string(), browser: z.string(), at: z.string(), endpoint: z.string() })),
  }),
});
export const subscribe = defineCommand({
  name: 'notification.subscribe',
  summary: 'Be told in this browser',
  permission: 'signed-in',
  secret: ['endpoint', 'keys'],
  input: z.object({
    /** As the browser's PushSubscription has them. */
    endpoint: z.url({ protocol: /^https?$/ }).max(2000),
    keys: z.object({ p256dh: bytes(65), auth: bytes(16) }),
    browser: z.string().max(120).default('Browser'),
  }),
  output: z.object({ id: z.string() }),
});
export const unsubscribe = defineCommand({
  name: 'notification.unsubscribe',
  summary: 'No longer be told in a browser',
  permission: 'signed-in',
  secret: ['endpoint'],
  input: z.object({ id: z.string().optional(), endpoint: z.string().max(2000).optional() }),
  output: ok,
});
/** Its push service says that there is no such browser any more. */
export const forgetBrowser = defineCommand({
  name: 'notification.forgetBrowser',
  summary: 'Take a browser off the list (internal)',
  permission: 'system',
  input: z.object({ id: z.string() }),
  output: ok,
});
export const tryOut = defineCommand({
  name: 'notification.try',
  summary: 'Send yourself a notice by every way that you have',
  permission: 'signed-in',
  input: z.object({}),
  output: ok,
});
