/** Time travel: what the timed rules would send to whom in the days to come, played on a copy of the data. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';

const instant = z.iso.datetime({ offset: true });
export const rehearsalView = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  startedAt: z.string(),
  by: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  /** Why it failed. */
  error: z.string().optional(),
  total: z.number(),
  /** The first thousands; `total` says how many there were. */
  items: z.array(
    z.object({
      at: z.string(),
      to: z.string(),
      channel: z.string(),
      text: z.string(),
      /** The notification rule. */
      rule: z.string().optional(),
      why: z.string(),
    }),
  ),
});
export type RehearsalView = z.output<typeof rehearsalView>;

export const startRehearsal = defineCommand({
  name: 'rehearsal.start',
  summary: 'Play the timed rules over some days on a copy of the data; nothing is sent',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ from: instant, to: instant }),
  output: z.object({ rehearsalId: z.string() }),
});
export const getRehearsal = defineQuery({
  name: 'rehearsal.get',
  summary: 'What a rehearsal would have sent; the latest where none is named',
  permission: { action: 'update', subject: 'Setting' },
  path: '/rehearsals/:rehearsalId',
  input: z.object({ rehearsalId: z.string().default('latest') }),
  /** Absent: there was none yet. */
  output: z.object({ rehearsal: rehearsalView.optional() }),
});
