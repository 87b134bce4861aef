/** What one Telegram bot needs, and what Telegram lets a message hold. */
import { z } from 'zod';
import { secretList } from '../../core/secret-list.ts';

/** core.telegram.org/bots/api#sendmessage, #sendphoto, #inlinekeyboardbutton */
export const capabilities = {
  text: 4096,
  caption: 1024,
  /** Telegram names no largest number; a keyboard of more is no longer a choice but a list to scroll. */
  buttons: { max: 24, label: 64 },
  media: true,
  /** Nothing tells whether a lost message was taken. */
  ambiguity: 'staff' as const,
  /**
   * core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a second in all; to one chat
   * one a second, short bursts allowed.
   */
  pace: { perSecond: 24, recipient: { burst: 20, perSecond: 1 } },
};
/** core.telegram.org/bots/api#inlinekeyboardbutton: bytes of `callback_data`. */
export const maxData = 64;
/** core.telegram.org/bots/api#getfile: bots download up to 20 MB. */
export const maxFileBytes = 20_000_000;

const flag = z.union([z.boolean(), z.stringbool()]);
export const settingsSchema = z.object({
  apiUrl: z
    .url()
    .default('https://api.telegram.org')
    .describe('Base address of the Bot API; another one for a Bot API server of one’s own or the emulator.'),
  token: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'must look like 123456:ABC-DEF…')
    .describe('What @BotFather gave for the bot.'),
  audience: z
    .enum(['customers', 'staff'])
    .default('customers')
    .describe('Whom this bot serves: one bot for customers, another for colleagues.'),
  secretTokens: secretList
    .pipe(z.array(z.string().regex(/^[\w-]{1,256}$/, 'may hold letters, digits, _ and - only')))
    .default([])
    .describe(
      'What Telegram sends along with each update: one, or two while it is being changed, the new one first. Absent: made from the application’s secret.',
    ),
  polling: flag
    .default(false)
    .describe('Asks Telegram for updates instead of being called: for trying out without a public address.'),
  pollSeconds: z
    .number()
    .int()
    .min(0)
    .max(50)
    .default(25)
    .describe('How long Telegram may hold a poll open.'),
  timeoutMs: z.number().int().positive().default(10_000),
});
export type Settings = z.output<typeof settingsSchema>;

/** Kinds of updates that we ask for. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'];
