/** What stands in config/notifications.yaml: rules, each with who, by which way, when and in which words; and quiet hours. */
import { z } from 'zod';
import { clockTime } from './config-time.ts';

export const recipients = ['client', 'caller', 'manager', 'admin'] as const;
export type Recipient = (typeof recipients)[number];

/** Ways to a colleague, all of those that are chosen; the list in the console has every notice in any case. */
export const staffWays = ['app', 'push', 'slack', 'telegram', 'whatsapp', 'sms', 'email'] as const;
/** Ways to a client, the first that reaches them. `conversation`: where they wrote last. */
export const clientWays = ['conversation', 'whatsapp', 'email', 'sms'] as const;
export const noticeWays = [...new Set([...staffWays, ...clientWays])] as const;
export type NoticeWay = (typeof staffWays)[number] | (typeof clientWays)[number];
export const usualWays: Record<'client' | 'staff', NoticeWay[]> = {
  client: ['conversation', 'email'],
  staff: ['app', 'push', 'slack', 'telegram', 'whatsapp'],
};

/** What may stand in braces in a message: the Dynamic Message Builder offers these. */
export const messageFields = {
  brand: 'The organisation, as written in its name',
  BRAND: 'The organisation in capitals',
  date: 'Day of the appointment or follow-up, in the organisation’s zone',
  time: 'Time of the appointment or follow-up',
  when: 'How soon: in 15 minutes, in 1 hour, in 1 day',
  name: 'The client’s name',
  phone: 'The client’s number',
  email: 'The client’s e-mail address',
  lead: 'The lead’s number, e.g. #12',
  product: 'What the client asked for',
  source: 'Where the lead came from',
  stage: 'Where the lead stands in the pipeline',
  caller: 'The assigned tele-caller',
  verdict: 'New, Re-engaged, Duplicate or Junk',
  reason: 'Why the lead was lost',
  note: 'Note or evidence',
  ticket: 'The ID of the ticket, e.g. T-2026-00012',
  subject: 'What the ticket or the task is about',
  task: 'The number of the task, e.g. T12',
  from: 'Who gave the task',
  due: 'Until when, e.g. Due Tue, 24 Nov 2026, 4:00 PM; empty where there is no time',
  priority: 'Priority: high or urgent; empty for others',
  link: 'Where the client confirms the appointment or chooses another time',
} as const;
export type MessageField = keyof typeof messageFields;

const ofLead: MessageField[] = [
  'brand',
  'BRAND',
  'name',
  'phone',
  'email',
  'lead',
  'product',
  'source',
  'stage',
  'caller',
  'note',
];
/** Which fields a kind of record has. */
export const fieldsOfKind: Record<NoticeKind, MessageField[]> = {
  lead: [...ofLead, 'verdict', 'reason'],
  followUp: [...ofLead, 'date', 'time', 'when'],
  appointment: [...ofLead, 'date', 'time', 'when', 'link'],
  ticket: ['brand', 'BRAND', 'name', 'ticket', 'subject', 'caller', 'note'],
  task: ['brand', 'BRAND', 'task', 'subject', 'from', 'due', 'priority', 'caller', 'note'],
};
export const noticeKinds = ['lead', 'followUp', 'appointment', 'ticket', 'task'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The fields in a text that a record of this kind does not have; of any kind when it is not told. */
export const unknownFields = (text: string, kind?: NoticeKind): string[] => {
  const known: readonly string[] = kind ? fieldsOfKind[kind] : Object.keys(messageFields);
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!).filter((name) => !known.includes(name));
};

export const quietHours = z
  .object({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from !== to, 'must begin and end at different times');
export type QuietHours = z.output<typeof quietHours>;
export const digests = ['none', 'hourly', 'daily'] as const;
export type Digest = (typeof digests)[number];

const messageText = z.string().min(1).max(2000);
const ways = z.array(z.enum(noticeWays as [NoticeWay, ...NoticeWay[]])).min(1);
export const noticeChannels = z.partialRecord(z.enum(recipients), ways).superRefine((channels, check) => {
  for (const [recipient, chosen] of Object.entries(channels))
    for (const way of chosen ?? [])
      if (!(recipient === 'client' ? clientWays : staffWays).includes(way as never))
        check.addIssue({
          code: 'custom',
          path: [recipient],
          message: `cannot be reached by ${way}; possible: ${(recipient === 'client' ? clientWays : staffWays).join(', ')}`,
        });
});

export const notificationRuleSchema = z
  .object({
    key: z.string(),
    label: z.string(),
    /** What it tells of: says which fields its texts may have. */
    about: z.enum(noticeKinds).default('lead'),
    enabled: z.boolean().default(true),
    /** Who gets it, each with an own switch. */
    to: z.partialRecord(z.enum(recipients), z.boolean()),
    /** By which ways each recipient gets it; absent: the usual ones. */
    channels: noticeChannels.optional(),
    /** Passes quiet hours and digests. */
    urgent: z.boolean().default(false),
    /** Gathered for colleagues: one message each hour or day. */
    digest: z.enum(digests).default('none'),
    /** Minutes before the moment; absent: at once, or at `at`. */
    leadMinutes: z.array(z.number().int().nonnegative()).optional(),
    at: clockTime.optional(),
    /** Text per locale, with the fields of `messageFields` in braces. */
    text: z.record(z.string(), messageText),
    /** For staff where their wording differs from the client's. */
    staffText: z.record(z.string(), messageText).optional(),
  })
  .superRefine(({ about, text, staffText }, check) => {
    for (const [part, texts] of Object.entries({ text, staffText }))
      for (const [locale, words] of Object.entries(texts ?? {}))
        for (const name of unknownFields(words, about))
          check.addIssue({ code: 'custom', path: [part, locale], message: `there is no field {${name}}` });
  });
export type NotificationRule = z.output<typeof notificationRuleSchema>;

export const noticePolicySchema = z.object({
  /** In these hours nobody is disturbed; what is not urgent is sent when they end. Absent: none. */
  quiet: quietHours.optional(),
  /** When daily digests go out. */
  dailyAt: clockTime.default('09:00'),
});
export type NoticePolicy = z.output<typeof noticePolicySchema>;

export const notificationsSchema = z.object({
  policy: noticePolicySchema.prefault({}),
  rules: z.array(notificationRuleSchema),
});
