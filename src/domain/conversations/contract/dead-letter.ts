import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { ok } from './shared.ts';

export const listDeadLetters = defineQuery({
  name: 'deadletter.list',
  summary: 'Messages that could not be handled or delivered',
  permission: { action: 'read', subject: 'DeadLetter' },
  path: '/dead-letters',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['inbound', 'outbound']),
        channel: z.string(),
        thread: z.string(),
        error: z.string(),
        attempts: z.number(),
        at: z.string(),
        text: z.string(),
      }),
    ),
    total: z.number(),
  }),
});
export const replayDeadLetter = defineCommand({
  name: 'deadletter.replay',
  summary: 'Try a dead letter again',
  permission: { action: 'update', subject: 'DeadLetter' },
  input: z.object({ id: z.string(), kind: z.enum(['inbound', 'outbound']) }),
  output: ok,
});
