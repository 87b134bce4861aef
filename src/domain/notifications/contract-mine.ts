/** What each colleague sets for themselves. */
import { z } from 'zod';
import { quietHours, staffWays } from '../../core/config-schema.ts';
import { defineCommand, defineQuery } from '../../core/define.ts';

/** All but the application itself: its list has every notice in any case. */
const ways = z.enum(staffWays).exclude(['app']);

export const preferenceView = z.object({
  /** Beside those of the organisation. */
  quiet: quietHours.optional(),
  /** `asSet`: as each rule says. Urgent notices come at once in any case. */
  digest: z.enum(['asSet', 'hourly', 'daily']),
  /** Ways that are not wanted. */
  off: z.array(ways),
});
export type PreferenceView = z.output<typeof preferenceView>;

export const myNotices = defineQuery({
  name: 'notification.mine',
  summary: 'How you want to be told: quiet hours, digest, by which ways',
  permission: 'signed-in',
  path: '/me/notices',
  input: z.object({}),
  output: z.object({
    preference: preferenceView,
    /** Of the organisation, which hold as well. */
    quiet: quietHours.optional(),
    timezone: z.string(),
    /** What waits for the end of quiet hours or for the next digest. */
    waiting: z.number(),
    nextAt: z.string().optional(),
  }),
});
export const setMyNotices = defineCommand({
  name: 'notification.setMine',
  summary: 'Set how you want to be told',
  permission: 'signed-in',
  input: z.object({
    quiet: quietHours.nullable().optional(),
    digest: z.enum(['asSet', 'hourly', 'daily']).optional(),
    off: z.array(ways).optional(),
  }),
  output: z.object({ preference: preferenceView }),
});
