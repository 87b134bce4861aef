/** The organisation's settings of notices: rules with their texts, quiet hours, the time of digests. */
import { z } from 'zod';
import {
  clientWays,
  digests,
  noticeChannels,
  noticeKinds,
  quietHours,
  recipients,
  staffWays,
} from '../../core/config-schema.ts';
import { clockTime } from '../../core/config-time.ts';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';

const change = { action: 'update', subject: 'Setting' } as const;
const look = { action: 'read', subject: 'Setting' } as const;

export const ruleView = z.object({
  key: z.string(),
  label: z.string(),
  about: z.enum(noticeKinds),
  enabled: z.boolean(),
  to: z.partialRecord(z.enum(recipients), z.boolean()),
  channels: noticeChannels.optional(),
  urgent: z.boolean(),
  digest: z.enum(digests),
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

const field = z.object({ name: z.string(), about: z.string() });
export const listRules = defineQuery({
  name: 'notification.rules',
  summary: 'Who is told what, when, in which words',
  permission: look,
  path: '/notification-rules',
  input: z.object({}),
  output: z.object({
    items: z.array(ruleView),
    /** What may stand in braces in a text; `fieldsOf`: their names for each kind of record. */
    fields: z.array(field),
    fieldsOf: z.record(z.enum(noticeKinds), z.array(z.string())),
    locales: z.array(z.string()),
    /** By which ways each can be told. */
    ways: z.object({ staff: z.array(z.enum(staffWays)), client: z.array(z.enum(clientWays)) }),
  }),
});

const texts = z.record(z.string(), z.string().max(2000));
const ruleChange = z.object({
  enabled: z.boolean().optional(),
  to: z.partialRecord(z.enum(recipients), z.boolean()).optional(),
  /** As a whole: who is not named is told by the usual ways; null: everybody is. */
  channels: noticeChannels.nullable().optional(),
  urgent: z.boolean().optional(),
  digest: z.enum(digests).optional(),
  leadMinutes: z.array(z.number().int().min(0).max(43_200)).max(10).optional(),
  at: clockTime.optional(),
  /** An empty text takes its language away; one language at least remains. */
  text: texts.optional(),
  staffText: texts.optional(),
});
export const updateRule = defineCommand({
  name: 'notification.updateRule',
  summary: 'Change a notification rule',
  permission: change,
  input: ruleChange.extend({
    key: z.string(),
    /** The version that was looked at: a change that somebody else made meanwhile is not written over. */
    version: z.number().int().min(0).optional(),
  }),
  output: z.object({ rule: ruleView }),
});
/** Back to an earlier version (0: as shipped); this is how a change is undone. */
export const revertRule = defineCommand({
  name: 'notification.revertRule',
  summary: 'Return a notification rule to an earlier version',
  permission: change,
  input: z.object({ key: z.string(), version: z.number().int().min(0) }),
  output: z.object({ rule: ruleView }),
});

/** What a channel will make of a text. */
export const fit = z.object({
  channel: z.enum(['sms', 'whatsapp']),
  /** `long`: it will be cut into parts, or costs more; `toolong`: it will not be taken. */
  level: z.enum(['ok', 'long', 'toolong']),
  /** In words, e.g. `SMS: 3 parts (214 characters)`. */
  says: z.string(),
});
export type Fit = z.output<typeof fit>;
export const previewRule = defineQuery({
  name: 'notification.preview',
  summary: 'What a rule would say of a real record, to each recipient',
  permission: look,
  input: z.object({
    key: z.string(),
    /** A lead, or the ticket of a ticket rule; absent: the newest that you may see. */
    recordId: z.string().optional(),
    leadId: z.string().optional(),
    text: z.string().max(2000).optional(),
    /** Whose words `text` are; absent: everybody's. */
    whose: z.enum(['client', 'staff']).optional(),
    locale: z.string().optional(),
  }),
  output: z.object({
    /** What it is shown with, e.g. `#12 Ravi Kumar`. */
    record: z.string().optional(),
    previews: z.array(
      z.object({ to: z.enum(recipients), name: z.string(), text: z.string(), fits: z.array(fit) }),
    ),
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
/** Those that have planned by a rule plan again. */
export const ruleChanged = defineEvent(
  'notification.ruleChanged',
  'A notification rule was changed',
  z.object({
    key: z.string(),
    leadMinutes: z.array(z.number()).optional(),
    before: z.object({ leadMinutes: z.array(z.number()).optional(), at: z.string().optional() }),
    at: z.string().optional(),
  }),
);

export const policyView = z.object({
  quiet: quietHours.optional(),
  dailyAt: z.string(),
  /** 0: as in config/notifications.yaml. */
  version: z.number(),
  changedBy: z.string().optional(),
  changedAt: z.string().optional(),
});
export type PolicyView = z.output<typeof policyView>;
export const noticePolicy = defineQuery({
  name: 'notification.policy',
  summary: 'The organisation’s quiet hours and the time of daily digests',
  permission: look,
  path: '/notification-policy',
  input: z.object({}),
  output: z.object({ policy: policyView, timezone: z.string() }),
});
export const setPolicy = defineCommand({
  name: 'notification.setPolicy',
  summary: 'Set the organisation’s quiet hours and the time of daily digests',
  permission: change,
  input: z.object({
    /** null: none. */
    quiet: quietHours.nullable().optional(),
    dailyAt: clockTime.optional(),
  }),
  output: z.object({ policy: policyView }),
});
