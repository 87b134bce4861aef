/** What one telephone account needs. A dialer posts what happened; we never dial out ourselves. */
import { z } from 'zod';
import { secretList } from '../../core/secret-list.ts';

/** A list in YAML, or one line of the environment with commas. */
const list = z
  .union([z.array(z.string()), z.string().transform((line) => line.split(','))])
  .transform((values) => values.map((value) => value.trim()).filter(Boolean));
const secrets = secretList.pipe(z.array(z.string()).min(1));

const common = {
  country: z.string().length(2).default('IN').describe('Where numbers without a country code belong.'),
  source: z.string().default('IVR').describe('The source of enquiries that come by telephone.'),
  forward: list
    .default([])
    .describe(
      'Who is rung at once when a call comes in: numbers, client:name or sip:address. None: we say `say`.',
    ),
  menu: z
    .string()
    .regex(/^[a-z0-9-]*$/, 'is the name of a flow')
    .default('')
    .describe('The flow that answers calls, e.g. telephone. None: colleagues are rung at once.'),
  gatherSeconds: z.coerce.number().int().min(2).max(60).default(6),
  numbers: z
    .record(z.string(), z.object({ source: z.string().optional(), campaign: z.string().optional() }))
    .default({})
    .describe('Your own numbers that stand for a source: the one on the hoarding, the one in the newspaper.'),
  timeoutMs: z.number().int().positive().default(20_000),
};

const voice = (language: string) =>
  z.object({ language: z.string().default(language), voice: z.string().default('Polly.Aditi') }).prefault({});

const twilio = z.object({
  provider: z.literal('twilio'),
  apiUrl: z.url().default('https://api.twilio.com'),
  accountSid: z.string().min(1),
  authTokens: secrets.describe('The auth token, or two while it is being changed.'),
  ringSeconds: z.coerce.number().int().min(5).max(600).default(25),
  record: z
    .stringbool()
    .or(z.boolean())
    .default(false)
    .describe('Record what is spoken. Ask your lawyer first.'),
  say: z
    .string()
    .max(500)
    .default('Thank you for calling. We will ring you back shortly.')
    .describe('Said when nobody takes the call.'),
  speech: z
    .stringbool()
    .or(z.boolean())
    .default(true)
    .describe('What is spoken is understood, too, not only digits; Twilio charges for it.'),
  voicemail: z
    .stringbool()
    .or(z.boolean())
    .default(true)
    .describe('Whoever reaches nobody may leave a message of two minutes.'),
  voices: z
    .object({ en: voice('en-IN'), hi: voice('hi-IN') })
    .prefault({})
    .describe('How each language is spoken: twilio.com/docs/voice/twiml/say/text-speech.'),
  ...common,
});
const exotel = z.object({
  provider: z.literal('exotel'),
  tokens: secrets.describe(
    'A long random word in the address that Exotel calls: ?token=…; two while it is being changed.',
  ),
  timezone: z.string().default('Asia/Kolkata').describe('In which the provider writes its times.'),
  recordingHosts: list.default(['.exotel.com', '.exotel.in', 's3-ap-southeast-1.amazonaws.com']),
  /** For recordings that ask for it. */
  apiKey: z.string().default(''),
  apiToken: z.string().default(''),
  ...common,
});

export const settingsSchema = z.discriminatedUnion('provider', [twilio, exotel]);
export type Settings = z.output<typeof settingsSchema>;
export type TwilioSettings = z.output<typeof twilio>;
export type ExotelSettings = z.output<typeof exotel>;

/** Only a call that a flow is talking with can be spoken to; the same message twice is said once. */
export const capabilities = { text: 3000, media: false, ambiguity: 'resend' as const };
