/** Missed calls whose number was withheld: nobody to ring back, but somebody who wanted something. */
import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';

const withheldView = z.object({
  id: z.string(),
  at: z.string(),
  line: z.string().optional(),
  settledAt: z.string().optional(),
  by: z.string().optional(),
  note: z.string().optional(),
});

export const withheldCalls = defineQuery({
  name: 'call.withheld',
  summary: 'Missed calls whose number was withheld, the newest first',
  permission: { action: 'read', subject: 'Call' },
  path: '/calls/withheld',
  input: z.object({
    state: z.enum(['waiting', 'settled']).default('waiting'),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({ items: z.array(withheldView), nextCursor: z.string().optional(), total: z.number() }),
  chat: { verb: 'withheld', slots: [], example: 'withheld' },
});
export const settleWithheld = defineCommand({
  name: 'call.settleWithheld',
  summary: 'Take a call with a withheld number off the list, saying who it was if that is known',
  permission: { action: 'update', subject: 'Call' },
  input: z.object({ id: z.string(), note: text(300).optional() }),
  output: z.object({ ok: z.literal(true) }),
});
export const unsettleWithheld = defineCommand({
  name: 'call.unsettleWithheld',
  summary: 'Put a call with a withheld number back on the list',
  permission: { action: 'update', subject: 'Call' },
  input: z.object({ id: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
export const withheldMissed = defineEvent(
  'call.withheldMissed',
  'Somebody with a withheld number rang and nobody took it',
  z.object({ phoneId: z.string(), at: z.string(), line: z.string().optional() }),
);
