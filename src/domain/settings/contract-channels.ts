import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';

export const checkChannels = defineQuery({
  name: 'channel.check',
  summary: 'Asks each channel account whether it works; what is wrong comes in words',
  permission: { action: 'read', subject: 'Setting' },
  path: '/channels/check',
  /** Absent: all of them. */
  input: z.object({ channel: z.string().max(40).optional(), account: z.string().max(80).optional() }),
  output: z.object({
    items: z.array(
      z.object({
        channel: z.string(),
        account: z.string(),
        ok: z.boolean(),
        detail: z.string(),
        /** It is not open: `detail` says why. */
        closed: z.boolean().optional(),
        /** When something last came in by it, within a day (ISO); said where one account is asked about. */
        heard: z.string().optional(),
        /** Messages that are still to be sent, and since when the oldest of them waits. */
        waiting: z.number(),
        oldest: z.string().optional(),
        /** The provider takes no messages: since then, in its words. What waits goes out by itself. */
        away: z.object({ since: z.string(), detail: z.string() }).optional(),
        /** What could not be delivered or is not known to have been: the last of it, and how many in all. */
        trouble: z.object({ at: z.string(), error: z.string(), count: z.number() }).optional(),
        /** A phone is linked to it: see channel.link. */
        link: z.boolean().optional(),
        /** Its provider approves templates: see channel.templates. */
        templates: z.boolean().optional(),
      }),
    ),
  }),
});

export const testChannel = defineCommand({
  name: 'channel.test',
  summary: 'Sends a test message by a channel account',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({
    channel: z.string().max(40),
    account: z.string().max(80),
    /** As the channel knows them: a number, an address, a chat’s id. */
    to: text(320),
  }),
  output: z.object({ testId: z.string() }),
});

export const testedChannel = defineQuery({
  name: 'channel.tested',
  summary: 'What became of a test message',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ testId: z.string() }),
  output: z.object({
    status: z.enum(['queued', 'sending', 'ambiguous', 'sent', 'delivered', 'read', 'failed']),
    error: z.string().optional(),
  }),
});

const place = z.object({ channel: z.string().max(40), account: z.string().max(80) });

export const channelLink = defineQuery({
  name: 'channel.link',
  summary: 'Where an account stands that a phone is linked to, with the code to scan while there is one',
  permission: { action: 'update', subject: 'Setting' },
  input: place,
  output: z.object({
    phase: z.string(),
    /** The same, for people. */
    words: z.string(),
    /** ISO. */
    since: z.string(),
    /** What the code to scan says. */
    qr: z.string().optional(),
    /** Name and number of the linked phone. */
    me: z.string().optional(),
  }),
});

export const pairChannel = defineCommand({
  name: 'channel.pair',
  summary: 'Shows a code that links a phone to an account, or connects again the one that is linked',
  permission: { action: 'update', subject: 'Setting' },
  input: place,
  output: z.object({}),
});

export const unpairChannel = defineCommand({
  name: 'channel.unpair',
  summary: 'Unlinks the phone of an account and forgets its keys',
  permission: { action: 'update', subject: 'Setting' },
  input: place,
  output: z.object({}),
});

export const reloadChannels = defineCommand({
  name: 'channel.reload',
  summary: 'Take over channel accounts and secrets as they are set now, without a restart',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({}),
  output: z.object({
    changes: z.array(
      z.object({
        channel: z.string(),
        account: z.string(),
        became: z.enum(['opened', 'changed', 'closed']),
        reason: z.string().optional(),
      }),
    ),
  }),
});
/** Every process takes them over. */
export const channelsReloaded = defineEvent(
  'channel.reloaded',
  'Channel accounts and secrets were taken over as they are set now',
  z.object({}),
);
