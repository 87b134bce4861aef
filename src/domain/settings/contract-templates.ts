import { z } from 'zod';
import { defineCommand, defineQuery, templateUses } from '../../core/define.ts';

const place = { channel: z.string().max(40), account: z.string().max(80) };

export const listTemplates = defineQuery({
  name: 'channel.templates',
  summary: 'Templates of a channel account, and whether the provider has approved them',
  permission: { action: 'read', subject: 'Setting' },
  path: '/channels/templates',
  input: z.object(place),
  output: z.object({
    /** Why there is no list, in the provider’s words. */
    problem: z.string().optional(),
    items: z.array(
      z.object({
        name: z.string(),
        locale: z.string(),
        /** `missing`: it would be sent by ourselves, and the provider does not know it. */
        state: z.enum(['approved', 'waiting', 'rejected', 'paused', 'off', 'missing']),
        category: z.string().optional(),
        text: z.string().optional(),
        reason: z.string().optional(),
        /** What we send by it. */
        use: z.enum(templateUses).optional(),
      }),
    ),
  }),
});

export const requestTemplate = defineCommand({
  name: 'channel.requestTemplate',
  summary: 'Asks the provider to approve a template that is sent by ourselves',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({ ...place, use: z.enum(templateUses) }),
  output: z.object({}),
});
