import { z } from 'zod';
import { recipients } from '../../core/config-schema.ts';
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

export const ruleView = z.object({
  key: z.string(),
  label: z.string(),
  enabled: z.boolean(),
  to: z.partialRecord(z.enum(recipients), z.boolean()),
  leadMinutes: z.array(z.number()).optional(),
  at: z.string().optional(),
  text: z.record(z.string(), z.string()),
  staffText: z.record(z.string(), z.string()).optional(),
  /** 0: as in config/notifications.yaml; counts up with each change. */
  version: z.number(),
  changedBy: z.string().optional(),
  changedAt: z.string().optional(),
});
export type RuleView = z.output<typeof ruleView>;

export const listRules = defineQuery({
  name: 'notification.rules',
  summary: 'Who is told what, when, in which words',
  permission: { action: 'read', subject: 'Setting' },
  path: '/notification-rules',
  input: z.object({}),
  /** `fields`: what may stand in braces in a text. */
  output: z.object({
    items: z.array(ruleView),
    fields: z.array(z.object({ name: z.string(), about: z.string() })),
  }),
});

const ruleChange = z.object({
  enabled: z.boolean().optional(),
  to: z.partialRecord(z.enum(recipients), z.boolean()).optional(),
  leadMinutes: z.array(z.number().int().min(0).max(43_200)).max(10).optional(),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM, e.g. 07:00')
    .optional(),
  text: z.record(z.string(), z.string().min(1).max(2000)).optional(),
  staffText: z.record(z.string(), z.string().min(1).max(2000)).optional(),
});
export const updateRule = defineCommand({
  name: 'notification.updateRule',
  summary: 'Change a notification rule',
  permission: { action: 'update', subject: 'Setting' },
  input: ruleChange.extend({ key: z.string() }),
  output: z.object({ rule: ruleView }),
});
/** Back to an earlier version (0: as shipped); this is how a change is undone. */
export const revertRule = defineCommand({
  name: 'notification.revertRule',
  summary: 'Return a notification rule to an earlier version',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ key: z.string(), version: z.number().int().min(0) }),
  output: z.object({ rule: ruleView }),
});
export const previewRule = defineQuery({
  name: 'notification.preview',
  summary: 'What a rule would say of a real lead, to each recipient',
  permission: { action: 'read', subject: 'Setting' },
  input: z.object({
    key: z.string(),
    leadId: z.string().optional(),
    text: z.string().max(2000).optional(),
    locale: z.string().optional(),
  }),
  output: z.object({
    previews: z.array(z.object({ to: z.enum(recipients), name: z.string(), text: z.string() })),
  }),
});

/** For other modules: the rule as it stands now, settings included. */
export const ruleByKey = defineQuery({
  name: 'notification.rule',
  summary: 'A notification rule as it stands (internal)',
  permission: 'system',
  input: z.object({ key: z.string() }),
  output: z.object({ rule: ruleView.optional() }),
});

export const notificationRaised = defineEvent(
  'notification.raised',
  'Somebody was told something',
  z.object({ notificationId: z.string(), userId: z.string(), rule: z.string(), popup: z.boolean() }),
);
