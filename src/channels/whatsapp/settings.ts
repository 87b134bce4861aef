/** What one WhatsApp account needs, and what Meta lets a message hold. */
import { z } from 'zod';
import { secretList } from '../../core/secret-list.ts';
import { audience } from '../staff/account.ts';

/** Where Meta documents these: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages and /guides/send-message. */
export const capabilities = {
  text: 4096,
  caption: 1024,
  buttons: { max: 3, label: 20, text: 1024 },
  list: { rows: 10, label: 24, description: 72, text: 4096 },
  media: true,
  windowHours: 24,
  /** Meta reports every message it took, with our reference: a lost answer is settled by its status webhook. */
  ambiguity: 'receipt' as const,
  // A receipt that found us down comes again after 30 s, 2 min and 10 min: only then is silence an answer.
  receiptSeconds: 900,
  /**
   * developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput: 80 messages a second; #pair-rate-limits: one every
   * 6 seconds to the same person, with bursts of up to 45. A little less, for what reaches Meta later than it left us.
   */
  pace: { perSecond: 64, recipient: { burst: 40, perSecond: 1 / 6 } },
};

const template = z
  .string()
  .regex(/^([a-z0-9_]+:[a-z]{2}(_[A-Z]{2})?)?$/, 'must be name:locale, e.g. notice:en')
  .transform((value) => {
    const [name, locale] = value.split(':');
    return name && locale ? { name, locale } : undefined;
  });

export const settingsSchema = z.object({
  apiUrl: z
    .url()
    .default('https://graph.facebook.com')
    .describe('Base address of the Graph API; another one for a proxy or the emulator.'),
  apiVersion: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must look like v23.0')
    .default('v23.0'),
  phoneNumberId: z.string().min(1),
  accessToken: z.string().min(1),
  appSecrets: secretList
    .pipe(z.array(z.string()).min(1))
    .describe('One secret, or two while it is being changed.'),
  verifyToken: z.string().min(1).describe('The word that you enter in Meta’s webhook form.'),
  noticeTemplate: template
    .optional()
    .describe(
      'An approved utility template with one parameter, e.g. “An update on your request: {{1}}”. Reminders go by it when the customer has not written for 24 hours.',
    ),
  codeTemplate: template
    .optional()
    .describe('An approved authentication template with the button “Copy code”: one-time codes go by it.'),
  businessAccountId: z
    .string()
    .regex(/^\d*$/, 'holds digits only')
    .default('')
    .describe('Of the WhatsApp Business Account: for the list of templates and their approval.'),
  audience,
  timeoutMs: z.number().int().positive().default(10_000),
});
export type Settings = z.output<typeof settingsSchema>;
