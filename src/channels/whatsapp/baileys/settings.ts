/** Settings of an account by Baileys: WhatsApp's own protocol for linked devices, without a browser. */
import { z } from 'zod';
import { isLoopback, linkedFields } from '../linked/settings.ts';

export const baileysSettings = z
  .object({
    driver: z.literal('baileys'),
    ...linkedFields,
    recycleMegabytes: linkedFields.recycleMegabytes.default(600),
    socketUrl: z.url().default('wss://web.whatsapp.com/ws/chat'),
    version: z
      .string()
      .regex(/^(\d+\.\d+\.\d+)?$/, 'must look like 2.3000.1043857760')
      .default('')
      .describe('WhatsApp’s web version to call oneself, when it refuses the library’s own as too old.'),
    trustedRoot: z
      .string()
      .regex(/^([0-9a-f]{64})?$/)
      .default('')
      .describe('For tests on this machine: the key that signs the server’s certificate.'),
    caFile: z
      .string()
      .default('')
      .describe('For tests on this machine: who signs the file server’s certificate.'),
  })
  .refine(({ socketUrl, trustedRoot, caFile }) => (!trustedRoot && !caFile) || isLoopback(socketUrl), {
    message: 'is taken on this machine only',
    path: ['trustedRoot'],
  });
export type BaileysSettings = z.output<typeof baileysSettings>;
