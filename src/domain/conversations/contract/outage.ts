import { z } from 'zod';
import { defineEvent, defineQuery } from '../../../core/define.ts';

const place = { channel: z.string(), account: z.string() };

export const listOutages = defineQuery({
  name: 'channel.outages',
  summary: 'Channel accounts whose provider takes no messages now, and what waits there',
  permission: { action: 'read', subject: 'Conversation' },
  path: '/channels/outages',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        ...place,
        since: z.string(),
        /** What it looks like from here, in the provider’s words where it has any. */
        detail: z.string(),
        /** Messages that are sent by themselves when it is over. */
        waiting: z.number(),
      }),
    ),
  }),
});

/** What stands in each account's queue, and what it last could not deliver. */
export const outboxQueues = defineQuery({
  name: 'outbox.queues',
  summary: 'How much waits to be sent by each channel account (internal)',
  permission: 'system',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        ...place,
        waiting: z.number(),
        oldest: z.string().optional(),
        trouble: z.object({ at: z.string(), error: z.string(), count: z.number() }).optional(),
      }),
    ),
  }),
});

export const channelAway = defineEvent(
  'channel.away',
  'A provider takes no messages; what waits is sent when it does again',
  z.object({ ...place, since: z.string(), detail: z.string() }),
);
export const channelBack = defineEvent(
  'channel.back',
  'A provider takes messages again',
  z.object({ ...place, since: z.string() }),
);

/** For whoever connects an account: whether the provider reaches us at all. */
export const lastHeard = defineQuery({
  name: 'inbox.heard',
  summary: 'When something last came in by a channel account, within the last day',
  permission: 'system',
  input: z.object({ channel: z.string(), account: z.string() }),
  output: z.object({ at: z.string().optional() }),
});
