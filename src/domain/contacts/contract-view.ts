import { z } from 'zod';

/** Who somebody is: `phone` values are E.164, `email` values lower case; `scope` makes the value unique. */
export const identity = z.object({
  scheme: z.string(),
  value: z.string().min(1).max(320),
  scope: z.string().optional(),
});
/** A moment as ISO 8601 with its offset, e.g. `2026-11-24T16:00:00+05:30`. */
export const instant = z.iso.datetime({ offset: true });

export const contactView = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  city: z.string().optional(),
  company: z.string().optional(),
  identities: z.array(identity),
  assigneeId: z.string().optional(),
  createdAt: z.string(),
});
export type ContactView = z.output<typeof contactView>;
