/** What one Slack account needs, and what Slack lets a message hold. */
import { z } from 'zod';
import { secretList } from '../../core/secret-list.ts';

/** docs.slack.dev/reference/block-kit: sections of 3000, 25 buttons in a row of actions, their labels 75. */
export const capabilities = {
  text: 3000,
  buttons: { max: 25, label: 75 },
  media: false,
  /** Nothing tells whether a lost post was taken, and a colleague can ask again: better none than twice. */
  ambiguity: 'staff' as const,
  /** docs.slack.dev/apis/web-api/rate-limits: one message a second to a channel, short bursts allowed. */
  pace: { perSecond: 20, recipient: { burst: 20, perSecond: 1 } },
};

const token = z.string().transform((value) => value || undefined);
export const settingsSchema = z.object({
  apiUrl: z
    .url()
    .default('https://slack.com/api/')
    .describe('Base address of the Web API; another one for a proxy or the emulator.'),
  botToken: z.string().min(1).describe('xoxb-…'),
  signingSecrets: secretList.describe(
    'One secret, or two while it is being changed. Not needed with Socket Mode alone.',
  ),
  appToken: token
    .optional()
    .describe('xapp-…: turns Socket Mode on, for trying out without a public address.'),
  timeoutMs: z.number().int().positive().default(8_000),
});
export type Settings = z.output<typeof settingsSchema>;
