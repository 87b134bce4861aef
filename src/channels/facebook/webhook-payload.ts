/**
 * What Messenger, Instagram and a page's feed and lead forms tell, as we need it. Loose: what is new is no fault.
 * Sources: developers.facebook.com/docs/messenger-platform/reference/webhook-events, …/graph-api/webhooks/reference/page
 * and …/marketing-api/guides/lead-ads/retrieving.
 */
import { z } from 'zod';

const millis = z
  .number('must be milliseconds since 1970')
  .int()
  .min(0)
  .max(99_999_999_999_999)
  .transform((value) => new Date(value));
export const seconds = z
  .number('must be seconds since 1970')
  .int()
  .min(0)
  .max(99_999_999_999)
  .transform((value) => new Date(value * 1000));
const id = z.looseObject({ id: z.string().min(1) });

const referral = z.looseObject({
  ref: z.string().optional(),
  source: z.string().optional(),
  ad_id: z.string().optional(),
  ads_context_data: z.looseObject({ ad_title: z.string().optional() }).optional(),
});

const messaging = z.looseObject({
  sender: id,
  recipient: id,
  timestamp: millis,
  message: z
    .looseObject({
      mid: z.string().min(1),
      text: z.string().optional(),
      is_echo: z.boolean().optional(),
      is_deleted: z.boolean().optional(),
      metadata: z.string().optional(),
      quick_reply: z.looseObject({ payload: z.string() }).optional(),
      attachments: z
        .array(z.looseObject({ type: z.string(), payload: z.looseObject({}).nullish() }))
        .optional(),
      referral: referral.optional(),
    })
    .optional(),
  postback: z
    .looseObject({
      mid: z.string().optional(),
      title: z.string().default(''),
      payload: z.string().default(''),
      referral: referral.optional(),
    })
    .optional(),
  delivery: z.looseObject({ mids: z.array(z.string()).optional(), watermark: millis.optional() }).optional(),
  read: z.looseObject({ watermark: millis.optional(), mid: z.string().optional() }).optional(),
  referral: referral.optional(),
});
export type Messaging = z.output<typeof messaging>;

const change = z.looseObject({ field: z.string(), value: z.unknown() });
export type Change = z.output<typeof change>;

export const payloadSchema = z.looseObject({
  object: z.enum(['page', 'instagram']),
  entry: z.array(
    z.looseObject({
      id: z.string(),
      messaging: z.array(messaging).default([]),
      changes: z.array(change).default([]),
    }),
  ),
});
export type Payload = z.output<typeof payloadSchema>;

/** A page's feed tells of a comment; Instagram names the same things otherwise. */
export const feedComment = z.looseObject({
  item: z.literal('comment'),
  verb: z.string(),
  comment_id: z.string().min(1),
  post_id: z.string().optional(),
  from: z.looseObject({ id: z.string(), name: z.string().optional() }).optional(),
  message: z.string().default(''),
  created_time: seconds,
});
export const instagramComment = z.looseObject({
  id: z.string().min(1),
  text: z.string().default(''),
  from: z.looseObject({ id: z.string(), username: z.string().optional() }).optional(),
  media: z.looseObject({ id: z.string().optional(), ad_title: z.string().optional() }).optional(),
});
export const leadgen = z.looseObject({
  leadgen_id: z.coerce.string().min(1),
  form_id: z.coerce.string().optional(),
  ad_id: z.coerce.string().optional(),
  created_time: seconds.optional(),
});
export type Leadgen = z.output<typeof leadgen>;
