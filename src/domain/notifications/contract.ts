import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import type { CardButton, MediaRef } from '../../core/messaging.ts';

const ok = z.object({ ok: z.literal(true) });
export const notificationView = z.object({
  id: z.string(),
  at: z.string(),
  rule: z.string(),
  title: z.string(),
  text: z.string(),
  leadId: z.string().optional(),
  link: z.string().optional(),
  buttons: z.array(z.custom<CardButton>()).default([]),
  /** Shown over whatever the person is doing. */
  popup: z.boolean(),
  read: z.boolean(),
});
export type NotificationView = z.output<typeof notificationView>;

export const listNotifications = defineQuery({
  name: 'notification.list',
  summary: 'Your notices, newest first',
  permission: 'signed-in',
  path: '/notifications',
  input: z.object({
    unread: z.stringbool().or(z.boolean()).optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({
    items: z.array(notificationView),
    nextCursor: z.string().optional(),
    total: z.number(),
    unread: z.number(),
  }),
});
export const tell = defineCommand({
  name: 'notification.tell',
  summary: 'Tell one colleague something, once (internal)',
  permission: 'system',
  input: z.object({
    userId: z.string(),
    /** What kind of notice it is. */
    rule: z.string(),
    title: z.string(),
    text: z.string(),
    link: z.string().optional(),
    /** Nobody is told twice under the same one. */
    key: z.string(),
    media: z.array(z.custom<MediaRef>()).default([]),
    buttons: z.array(z.custom<CardButton>()).default([]),
    /** By mail as well. */
    mail: z.boolean().default(false),
    popup: z.boolean().default(false),
    /** What a rule of this key says it with; absent: `text` as it stands. */
    about: z
      .object({
        task: z.string(),
        subject: z.string(),
        from: z.string(),
        due: z.string().optional(),
        priority: z.string().optional(),
        caller: z.string().optional(),
        note: z.string(),
      })
      .optional(),
    /** At its time also in quiet hours, and never gathered. */
    urgent: z.boolean().default(false),
  }),
  output: ok,
});
export const markNotificationRead = defineCommand({
  name: 'notification.markRead',
  summary: 'Mark notices as read; all of yours without an id',
  permission: 'signed-in',
  input: z.object({ id: z.string().optional() }),
  output: ok,
});

export const notificationRaised = defineEvent(
  'notification.raised',
  'Somebody was told something',
  z.object({ notificationId: z.string(), userId: z.string(), rule: z.string(), popup: z.boolean() }),
);

export * from './contract-delivery.ts';
export * from './contract-mine.ts';
export * from './contract-push.ts';
export * from './contract-rules.ts';
