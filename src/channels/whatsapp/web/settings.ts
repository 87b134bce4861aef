/** Settings of an account by whatsapp-web.js: WhatsApp's own page in a browser. The fallback when Baileys is refused. */
import { z } from 'zod';
import { linkedFields } from '../linked/settings.ts';

export const webSettings = z.object({
  driver: z.literal('web'),
  ...linkedFields,
  recycleMegabytes: linkedFields.recycleMegabytes.default(1_800),
  chromium: z.string().default('/usr/bin/chromium').describe('The browser’s program.'),
  switches: z
    .array(z.string().startsWith('--'))
    .default([])
    .describe('More switches for it: `--proxy-server=…`.'),
  dir: z
    .string()
    .default('data/whatsapp-web')
    .describe(
      'Where the browser keeps its profile, and with it the device’s keys: of nobody else’s reading.',
    ),
  sandbox: z
    .preprocess((value) => (typeof value === 'string' ? value === 'true' : value), z.boolean())
    .default(true)
    .describe('Chromium’s own; off only where it cannot run, as in a container without user namespaces.'),
  readySeconds: z.coerce
    .number()
    .int()
    .positive()
    .default(90)
    .describe('A page that is not ready by then is opened anew.'),
  version: z.string().default('').describe('A version of WhatsApp’s page that is kept in `versionDir`.'),
  versionDir: z.string().default(''),
  caFile: z.literal('').default(''),
});
export type WebSettings = z.output<typeof webSettings>;
