/** What stands in `config/` and in the environment, as schemas. docs/reference/configuration.md is generated from here. */
import { z } from 'zod';
import { filesSchema } from './config-files.ts';
import { llmSchema } from './config-llm.ts';
import { clockTime } from './config-time.ts';
import { roleSchema } from './rights.ts';

export * from './config-environment.ts';
export * from './config-notices.ts';
export * from './config-pipelines.ts';

const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'is not a time zone of the IANA list, e.g. Asia/Kolkata');

/** One `{seq}` (or `{seq:5}`), and of other braces only parts of the date. */
const isTicketPattern = (pattern: string): boolean => {
  const braces = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  return (
    braces.filter((name) => /^seq(:[1-9])?$/.test(name)).length === 1 &&
    braces.every((name) => /^(yyyy|yy|mm|seq(:[1-9])?)$/.test(name)) &&
    !/[{}]/.test(pattern.replace(/\{[^{}]*\}/g, '')) &&
    // Counted anew each month, the IDs of next year's months would be those of this year's.
    (!braces.includes('mm') || braces.some((name) => name.startsWith('yy')))
  );
};

const weekday = z.union([z.tuple([clockTime, clockTime]), z.null()]);
export const appSchema = z.object({
  organisation: z.object({
    name: z
      .string()
      .describe('The brand in every message: "Thank you for confirming the demo with <name> …".'),
    timezone: zone,
    locale: z.enum(['en', 'hi']).default('en'),
    country: z
      .string()
      .length(2)
      .default('IN')
      .describe('For telephone numbers written without a country code.'),
    currency: z.string().length(3).default('INR'),
    financialYearStart: z
      .number()
      .int()
      .min(1)
      .max(12)
      .default(4)
      .describe('The month in which the financial year begins: 4 is April.'),
    businessHours: z.object({
      mon: weekday,
      tue: weekday,
      wed: weekday,
      thu: weekday,
      fri: weekday,
      sat: weekday,
      sun: weekday,
    }),
    holidays: z.array(z.iso.date()).default([]),
    location: z.object({
      name: z.string(),
      address: z.string(),
      latitude: z.number(),
      longitude: z.number(),
    }),
    brochure: z.object({
      title: z.string(),
      file: z.string().describe('PDF under config/, sent as the brochure.'),
    }),
    products: z.array(
      z.object({
        name: z.string(),
        aliases: z.array(z.string()).default([]),
        about: z.string(),
        price: z.string(),
      }),
    ),
  }),
  leads: z
    .object({
      pipeline: z
        .string()
        .default('rsoft')
        .describe('Which pipeline of config/pipelines leads go through, by its name.'),
    })
    .prefault({}),
  demo: z
    .object({
      minutes: z.number().int().positive().default(45),
      noticeMinutes: z.number().int().nonnegative().default(60),
    })
    .prefault({}),
  calls: z
    .object({
      rnrRetryMinutes: z.number().int().positive().default(120),
      busyRetryMinutes: z.number().int().positive().default(30),
      unreachableRetryMinutes: z
        .number()
        .int()
        .positive()
        .default(240)
        .describe('A number that is switched off or out of reach is tried again after so long.'),
      joinMinutes: z
        .number()
        .int()
        .nonnegative()
        .default(30)
        .describe(
          'What a caller logs within so many minutes completes the record that the telephone made of the call; 0: never.',
        ),
      claimMinutes: z
        .number()
        .int()
        .positive()
        .default(10)
        .describe('So long a lead that a calling session handed out is nobody else’s.'),
      script: z
        .record(z.string(), z.string().min(1).max(2000))
        .default({})
        .describe(
          'What to say, by the key of the lead’s stage or by missed, due and fresh; fields in braces.',
        ),
    })
    .prefault({}),
  enquiries: z
    .object({
      silentDays: z
        .number()
        .int()
        .positive()
        .default(90)
        .describe('An open lead on which nothing happened for so long comes back as Re-engaged.'),
      junkScore: z
        .number()
        .min(0.5)
        .max(1)
        .default(0.8)
        .describe('How sure the classifier must be before an enquiry is Junk.'),
      sharedBy: z
        .number()
        .int()
        .min(1)
        .default(3)
        .describe(
          'A number or mail address that more people than this have given is a switchboard: nobody is recognised by it.',
        ),
      sharedMailboxes: z
        .array(z.string().toLowerCase())
        .default([
          'info',
          'sales',
          'contact',
          'office',
          'admin',
          'support',
          'enquiry',
          'hello',
          'mail',
          'accounts',
          'hr',
        ])
        .describe('What stands before the @ of mailboxes that many read: told, they prove nobody.'),
      suspicionScore: z
        .number()
        .min(0.3)
        .max(1)
        .default(0.6)
        .describe('From which score on two contacts are shown as possible duplicates.'),
      alikeAtMost: z
        .number()
        .int()
        .min(1)
        .max(100)
        .default(15)
        .describe('What more contacts than this have in common (a common name, say) raises no suspicion.'),
    })
    .prefault({}),
  tickets: z
    .object({
      pattern: z
        .string()
        .max(60)
        .refine(
          isTicketPattern,
          'needs {seq} once, in braces nothing else but {yyyy}, {yy}, {mm}, {seq:5}, and a year beside {mm}',
        )
        .default('T-{yyyy}-{seq:5}')
        .describe(
          'The ID that customers get. {seq:5} counts up in five digits, anew for each {yyyy} or {mm} that stands in it.',
        ),
      categories: z
        .array(z.object({ key: z.string().regex(/^[a-z0-9-]+$/), label: z.string() }))
        .min(1)
        .default([
          { key: 'product', label: 'Product' },
          { key: 'billing', label: 'Billing' },
          { key: 'delivery', label: 'Delivery and installation' },
          { key: 'service', label: 'Service' },
          { key: 'other', label: 'Other' },
        ])
        .describe('What a ticket is about; the last one is for whatever fits no other.'),
      resolveHours: z
        .object({
          urgent: z.number().positive().default(4),
          high: z.number().positive().default(9),
          normal: z.number().positive().default(27),
          low: z.number().positive().default(45),
        })
        .prefault({})
        .describe('Business hours in which a ticket of a priority is to be resolved.'),
      roles: z
        .array(z.string())
        .min(1)
        .default(['tele-caller'])
        .describe('Who gets, in turn, the tickets of customers whom nobody looks after yet.'),
    })
    .prefault({}),
  outreach: z
    .object({
      feedbackAfterDemoMinutes: z
        .number()
        .int()
        .nonnegative()
        .default(120)
        .describe('So long after a demo took place the client is asked how it was; 0: never.'),
      feedbackAfterTicketMinutes: z
        .number()
        .int()
        .nonnegative()
        .default(60)
        .describe('So long after a ticket was resolved the client is asked how it went; 0: never.'),
      silentDays: z
        .number()
        .int()
        .positive()
        .default(14)
        .describe('An open lead on which nothing happened for so long may be written to again.'),
      daily: z
        .number()
        .int()
        .nonnegative()
        .default(0)
        .describe('How many silent leads are written to each day by themselves; 0: none, staff start it.'),
      most: z.number().int().positive().default(2).describe('How often a silent lead is written to in all.'),
    })
    .prefault({}),
  files: filesSchema,
  bot: z
    .object({
      flow: z.string().default('enquiry').describe('The flow a new conversation starts with.'),
      reaskLimit: z.number().int().positive().default(3),
    })
    .prefault({}),
  llm: llmSchema,
});
export type AppConfig = z.output<typeof appSchema>;

export const channelsSchema = z.object({
  accounts: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z0-9-]+$/),
        channel: z.string(),
        settings: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default([]),
});

export const rolesSchema = z.object({ roles: z.record(z.string(), roleSchema) });
