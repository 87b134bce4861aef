/** Turns of many at once: whoever gives out a whole file reads them, counts by itself and writes them back. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';

const turns = z.record(z.string(), z.string());

export const readTurns = defineQuery({
  name: 'user.turns',
  summary: 'When each colleague’s last turn was (internal)',
  permission: 'system',
  input: z.object({ queue: z.string().default('leads') }),
  /** By user; absent: never. The lowest goes next. */
  output: z.object({ turns }),
});
export const takeTurns = defineCommand({
  name: 'user.takeTurns',
  summary: 'Move several colleagues’ turns on (internal)',
  permission: 'system',
  input: z.object({ queue: z.string().default('leads'), turns }),
  output: z.object({ ok: z.literal(true) }),
});
