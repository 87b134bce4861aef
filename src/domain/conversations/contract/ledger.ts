import { z } from 'zod';
import { defineQuery } from '../../../core/define.ts';

export const ledger = defineQuery({
  name: 'ledger.day',
  summary: 'Missed-nothing ledger: every inbound message of a day ends in a record or a dead letter',
  permission: { action: 'read', subject: 'DeadLetter' },
  path: '/ledger',
  input: z.object({ day: z.iso.date().optional() }),
  output: z.object({
    day: z.string(),
    inbound: z.number(),
    recorded: z.number(),
    dead: z.number(),
    waiting: z.number(),
    /** Inbound that is in none of the three: handled, as it seems, but no line of any transcript. */
    difference: z.number(),
    /** Those, the first fifty. */
    missing: z.array(z.object({ id: z.string(), channel: z.string(), thread: z.string(), at: z.string() })),
    /** When the day's count was taken for good, after it had ended. */
    provedAt: z.string().optional(),
  }),
});
export const ledgerDays = defineQuery({
  name: 'ledger.days',
  summary: 'The daily proofs that nothing was missed, the newest first',
  permission: { action: 'read', subject: 'DeadLetter' },
  path: '/ledger/days',
  input: z.object({ limit: z.coerce.number().int().min(1).max(366).default(30) }),
  output: z.object({
    items: z.array(
      z.object({
        day: z.string(),
        inbound: z.number(),
        recorded: z.number(),
        dead: z.number(),
        waiting: z.number(),
        difference: z.number(),
        provedAt: z.string(),
      }),
    ),
  }),
});
