/** What a Facebook page, or an Instagram account behind one, needs; and what Meta lets a message hold. */
import { z } from 'zod';
import { secretList } from '../../core/secret-list.ts';

/** developers.facebook.com/docs/messenger-platform/reference/send-api and …/send-messages/quick-replies */
export const capabilities = {
  text: 2000,
  buttons: { max: 13, label: 20 },
  media: true,
  windowHours: 24,
  /** Nothing surely tells whether a lost message was taken; where the page's echoes are subscribed to, they settle it. */
  ambiguity: 'staff' as const,
  /** developers.facebook.com/docs/graph-api/overview/rate-limiting#messenger: 300 texts a second by the Send API. */
  pace: { perSecond: 240 },
};
/** developers.facebook.com/docs/messenger-platform/instagram/features/send-message: 1000 bytes; letters of three bytes fit. */
export const instagramCapabilities = {
  ...capabilities,
  text: 330,
  /** The same page on rate limits: 100 texts a second. */
  pace: { perSecond: 80 },
};
/** Quick replies carry at most 1000 characters. */
export const maxPayload = 1000;
/** What a colleague writes may be sent so long after the customer's last word, as a human agent's. */
export const humanAgentDays = 7;
/** developers.facebook.com/docs/messenger-platform/discovery/private-replies */
export const privateReplyDays = 7;

const list = z
  .union([z.array(z.string()), z.string().transform((value) => value.split(','))])
  .transform((values) => values.map((value) => value.trim()).filter(Boolean));
const optional = z.string().transform((value) => value || undefined);

export const common = {
  apiUrl: z
    .url()
    .default('https://graph.facebook.com')
    .describe('Base address of the Graph API; another one for a proxy or the emulator.'),
  apiVersion: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must look like v23.0')
    .default('v23.0'),
  pageId: z.string().regex(/^\d+$/, 'is the page’s number: About → Page transparency'),
  accessToken: z.string().min(1).describe('A page access token; one of a system user does not expire.'),
  appSecrets: secretList
    .pipe(z.array(z.string()).min(1))
    .describe('One secret, or two while it is being changed.'),
  verifyToken: z.string().min(1).describe('The word that you enter in Meta’s webhook form.'),
  humanAgent: z
    .union([z.boolean(), z.stringbool()])
    .default(false)
    .describe('Meta has granted the human agent permission: colleagues may answer for seven days.'),
  timeoutMs: z.number().int().positive().default(10_000),
};

export const settingsSchema = z.object({
  ...common,
  comments: z
    .object({
      flow: optional
        .default('facebook-comment')
        .describe(
          'The flow that begins with a comment: its first words go as the private reply. Empty: none.',
        ),
      formUrl: optional.optional().describe('Where the form is that the private reply names.'),
      whatsapp: optional.optional().describe('The number that the private reply names, for wa.me.'),
    })
    .prefault({}),
  leads: z
    .object({
      forms: list
        .default([])
        .describe('Lead forms to look through for what no webhook told; absent: all of the page’s.'),
      everyMinutes: z.number().int().min(1).max(1440).default(15),
      flow: z.string().default('lead-form').describe('The flow that a filled-in form begins.'),
      answerOn: optional
        .optional()
        .describe(
          'Where whoever left a number is written to: `whatsapp:main`. Absent: nowhere; a colleague calls.',
        ),
    })
    .prefault({}),
});
export type Settings = z.output<typeof settingsSchema>;

export const instagramSchema = z.object({
  ...common,
  instagramId: z.string().regex(/^\d+$/, 'is the number of the professional account'),
  comments: settingsSchema.shape.comments,
});
export type InstagramSettings = z.output<typeof instagramSchema>;

/** Which of Meta's two messengers an account is; they share all but their names and a few fields. */
export type Side = {
  channel: 'facebook' | 'instagram';
  /** `object` of the webhook, and the id its entries carry. */
  object: 'page' | 'instagram';
  entryId: string;
  scheme: 'psid' | 'igsid';
};
