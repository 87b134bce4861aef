/** What one SMS account needs: an SMSC that is spoken to by SMPP, or Twilio. */
import { z } from 'zod';
import type { Channel } from '../../core/define.ts';
import { secretList } from '../../core/secret-list.ts';
import { audience } from '../staff/account.ts';

const secrets = secretList.pipe(z.array(z.string()).min(1));
const digits = z.string().regex(/^\d{0,30}$/, 'holds digits only');
const hex = z
  .union([z.number(), z.string().transform((text) => Number(text))])
  .pipe(z.number().int().min(0x1400).max(0x3fff));

const common = {
  audience,
  country: z.string().length(2).default('IN').describe('Where numbers without a country code belong.'),
  maxSegments: z.coerce
    .number()
    .int()
    .min(1)
    .max(10)
    .default(10)
    .describe('A longer text is cut off: each segment is charged.'),
};

const smpp = z.object({
  driver: z.literal('smpp'),
  host: z.string().min(1),
  port: z.coerce.number().int().min(1).max(65535).default(2775),
  tls: z.stringbool().or(z.boolean()).default(false).describe('The SMSC speaks TLS (often on port 3550).'),
  ca: z.string().default('').describe('PEM file of the operator’s own certificate authority.'),
  systemId: z.string().min(1).max(15),
  password: z.string().max(8, 'SMPP 3.4 allows eight characters'),
  systemType: z.string().max(12).default(''),
  sender: z
    .string()
    .min(1)
    .max(20)
    .describe('Whom messages come from: a number, or up to eleven letters (in India the registered header).'),
  replyTo: z
    .string()
    .default('')
    .describe('The number that customers can answer to, where the sender is made of letters.'),
  long: z
    .enum(['segments', 'payload'])
    .default('segments')
    .describe(
      'How longer texts go: in parts with a header, or whole as message_payload. The SMSC’s paper says.',
    ),
  receiptIds: z
    .enum(['same', 'decimal'])
    .default('same')
    .describe('Some SMSCs name a message in hexadecimal when they take it and in decimal in its receipt.'),
  dlt: z
    .object({
      entityId: digits.default(''),
      templateId: digits.default('').describe('Of what is written without a template.'),
      templates: z
        .record(z.string(), digits)
        .default({})
        .describe('By the template’s name here: the id that it is registered with.'),
      entityTag: hex.default(0x1400).describe('The TLV of the entity id; operators publish theirs.'),
      templateTag: hex.default(0x1401),
    })
    .prefault({})
    .describe('What India’s operators ask for with each message: ids of the entity and of the template.'),
  perSecond: z.coerce.number().positive().max(1000).default(10).describe('How fast the SMSC lets you send.'),
  window: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('Sent without an answer yet, at most.'),
  responseMs: z.coerce.number().int().positive().default(10_000),
  enquireMs: z.coerce.number().int().positive().default(30_000).describe('The line is tried so often.'),
  reconnectMs: z.coerce
    .number()
    .int()
    .positive()
    .default(60_000)
    .describe('The longest wait between two tries.'),
  ...common,
});

const twilio = z.object({
  driver: z.literal('twilio'),
  apiUrl: z.url().default('https://api.twilio.com'),
  accountSid: z.string().regex(/^AC/, 'begins with AC'),
  authTokens: secrets.describe('The auth token, or two while it is being changed, the one in use first.'),
  from: z
    .string()
    .min(1)
    .describe('Your number, a short code, a registered name, or the SID of a messaging service (MG…).'),
  mms: z
    .stringbool()
    .or(z.boolean())
    .default(false)
    .describe('Pictures go as such, not as a link: in the USA, Canada and Australia only.'),
  timeoutMs: z.coerce.number().int().positive().default(10_000),
  ...common,
});

export const settingsSchema = z.discriminatedUnion('driver', [smpp, twilio]);
export type Settings = z.output<typeof settingsSchema>;
export type SmppSettings = z.output<typeof smpp>;
export type TwilioSettings = z.output<typeof twilio>;

/** Ten segments of GSM text; Twilio takes 1600 characters (twilio.com/docs/messaging/api/message-resource). */
export const capabilities: Channel['capabilities'] = {
  text: 1530,
  media: false,
  /**
   * A lost answer is settled by the receipt, should one come; but a telephone may be off for days, and a message that
   * nobody reports may still arrive: nobody but a person sends it again.
   */
  ambiguity: 'staff',
};
