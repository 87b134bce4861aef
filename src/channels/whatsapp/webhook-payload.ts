/**
 * Meta's webhook payload as we need it.
 * Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples and …/business-scoped-user-ids.
 */
import { z } from 'zod';

const seconds = z.coerce
  .string()
  .regex(/^\d{1,12}$/, 'must be seconds since 1970')
  .transform((value) => new Date(Number(value) * 1000));
// Loose: what a newer version adds must not make us lose a message.
const messageSchema = z.looseObject({
  id: z.string().min(1),
  /** Absent where the customer shows a user name instead of a number. */
  from: z.string().optional(),
  from_user_id: z.string().optional(),
  timestamp: seconds,
  type: z.string(),
});
export type Message = z.output<typeof messageSchema>;

const statusSchema = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  timestamp: seconds,
  biz_opaque_callback_data: z.string().optional(),
  errors: z
    .array(
      z.looseObject({
        code: z.number(),
        title: z.string().optional(),
        error_data: z.looseObject({ details: z.string().optional() }).optional(),
      }),
    )
    .optional(),
});

const valueSchema = z.looseObject({
  metadata: z.looseObject({ phone_number_id: z.string() }),
  contacts: z
    .array(
      z.looseObject({
        wa_id: z.string().optional(),
        user_id: z.string().optional(),
        profile: z.looseObject({ name: z.string().optional() }).optional(),
      }),
    )
    .default([]),
  messages: z.array(messageSchema).default([]),
  statuses: z.array(statusSchema).default([]),
});
export type Value = z.output<typeof valueSchema>;

const changeSchema = z.looseObject({ field: z.string(), value: z.unknown() }).transform((change, ctx) => {
  if (change.field !== 'messages') return { field: change.field, value: undefined };
  const result = valueSchema.safeParse(change.value);
  if (result.success) return { field: change.field, value: result.data };
  for (const { message, path } of result.error.issues)
    ctx.addIssue({ code: 'custom', message, path: ['value', ...path] });
  return z.NEVER;
});

export const payloadSchema = z.looseObject({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.looseObject({ id: z.string(), changes: z.array(changeSchema) })),
});
export type Payload = z.output<typeof payloadSchema>;

export type Status = z.output<typeof statusSchema>;
