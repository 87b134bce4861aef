/** Settings and limits of a linked phone, whichever library drives it. */
import { z } from 'zod';
import type { ChannelCapabilities } from '../../../core/messaging.ts';
import { audience } from '../../staff/account.ts';

/**
 * Buttons and lists of a linked phone arrive at nobody: choices become numbered text. A lost answer is left to a person:
 * WhatsApp reports that a message was delivered only when the customer's phone is on.
 */
export const linkedCapabilities: ChannelCapabilities = {
  text: 4096,
  caption: 1024,
  media: true,
  ambiguity: 'staff',
};

const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' || value === '' ? false : value),
  z.boolean(),
);
const number = (what: z.ZodNumber) => z.preprocess((v) => (typeof v === 'string' && v ? Number(v) : v), what);

export const linkedFields = {
  audience,
  replyOnly: flag
    .default(true)
    .describe(
      'Only those who have written are written to, and nothing that advertises. Turning it off gets numbers blocked.',
    ),
  dailyCap: number(z.number().int().min(1).max(10_000))
    .default(500)
    .describe('At most so many messages a day (UTC); the rest waits for the next day.'),
  minGapMs: number(z.number().int().min(0)).default(900),
  maxGapMs: number(z.number().int().min(0)).default(2_600).describe('Between two messages, at random.'),
  maxMegabytes: number(z.number().int().positive())
    .default(20)
    .describe('Files beyond it are neither fetched nor sent.'),
  recycleMegabytes: number(z.number().int().positive()).describe(
    'Memory at which the driver’s process is replaced by a fresh one.',
  ),
};

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;
export const isLoopback = (url: string): boolean => URL.canParse(url) && loopback.test(new URL(url).hostname);
