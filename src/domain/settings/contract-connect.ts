import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';

const place = { channel: z.string().max(40), account: z.string().max(80) };

const field = z.object({
  path: z.string(),
  label: z.string(),
  hint: z.string().optional(),
  secret: z.boolean(),
  rotates: z.boolean(),
  made: z.boolean(),
  optional: z.boolean(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  /** Who gave what is in use: `file` and `environment` are changed there, not here. */
  from: z.enum(['console', 'environment', 'file']).optional(),
  /** What is in use; never of a secret. */
  value: z.string().optional(),
  /** Set in the console: by whom, and when (ISO). */
  by: z.string().optional(),
  at: z.string().optional(),
});

export const guideChannel = defineQuery({
  name: 'channel.guide',
  summary: 'How a channel account is connected: what to click at the provider, what to paste where',
  permission: { action: 'update', subject: 'Setting' },
  path: '/channels/guide',
  input: z.object(place),
  output: z.object({
    intro: z.string(),
    /** Why the provider cannot call us as we are reached now. */
    unreachable: z.string().optional(),
    steps: z.array(
      z.object({
        title: z.string(),
        lines: z.array(z.string()),
        links: z.array(z.object({ label: z.string(), url: z.string() })),
        /** To be pasted at the provider. */
        copies: z.array(z.object({ label: z.string(), text: z.string() })),
        fields: z.array(field),
      }),
    ),
  }),
});

export const connectChannel = defineCommand({
  name: 'channel.connect',
  summary: 'Sets what a channel account needs, secrets among it; the environment wins over what is set here',
  permission: { action: 'update', subject: 'Setting' },
  secret: ['values'],
  input: z.object({
    ...place,
    /** By the guide’s paths; an empty one forgets what was set. */
    values: z.record(z.string().max(80), z.string().trim().max(8_000)),
    /** The old ones of those that may be two stay valid beside the new ones, until the next change. */
    keepOld: z.boolean().default(false),
  }),
  output: z.object({ set: z.array(z.string()) }),
});
