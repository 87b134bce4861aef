/** What became of notices: what was sent where and when, what waits, what failed. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';

export const deliveryStates = [
  'held',
  'waiting',
  'sent',
  'delivered',
  'read',
  'unclear',
  'failed',
  'dropped',
] as const;
export const deliveryView = z.object({
  id: z.string(),
  at: z.string(),
  rule: z.string(),
  /** Absent where you may not see the record that it is about. */
  title: z.string().optional(),
  text: z.string().optional(),
  to: z.object({ kind: z.enum(['user', 'client']), id: z.string(), name: z.string().optional() }),
  channel: z.string(),
  state: z.enum(deliveryStates),
  /** In words: why it waits, failed or was not sent. */
  says: z.string().optional(),
  /** Until when it is held, or when it is tried again. */
  until: z.string().optional(),
  attempts: z.number().optional(),
  mayRetry: z.boolean(),
  link: z.string().optional(),
});
export type DeliveryView = z.output<typeof deliveryView>;

export const listDeliveries = defineQuery({
  name: 'notification.deliveries',
  summary: 'What was sent where and when, the newest first',
  permission: { action: 'read', subject: 'Setting' },
  path: '/notification-deliveries',
  input: z.object({
    rule: z.string().optional(),
    channel: z.string().optional(),
    userId: z.string().optional(),
    leadId: z.string().optional(),
    only: z.enum(['failed', 'held']).optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({ items: z.array(deliveryView), nextCursor: z.string().optional() }),
});
export const retryDelivery = defineCommand({
  name: 'notification.retry',
  summary: 'Try a notice that failed again',
  permission: { action: 'update', subject: 'DeadLetter' },
  input: z.object({ id: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
/** Of one of your own notices. */
export const noticeSent = defineQuery({
  name: 'notification.sent',
  summary: 'Where a notice of yours was sent, and what became of it',
  permission: 'signed-in',
  input: z.object({ id: z.string() }),
  output: z.object({
    items: z.array(deliveryView.pick({ channel: true, state: true, says: true, until: true, at: true })),
  }),
});
/** What waited for somebody goes out. */
export const releaseNotices = defineCommand({
  name: 'notification.release',
  summary: 'Send what waited for the end of quiet hours, or as a digest (internal)',
  permission: 'system',
  input: z.object({
    /** `user:<id>` or `client:<id>` */
    recipient: z.string(),
    /** The settings changed: what is held is judged anew. */
    again: z.boolean().default(false),
  }),
  output: z.object({ sent: z.number() }),
});
