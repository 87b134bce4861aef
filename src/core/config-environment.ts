/** What the environment says: `.env.example` lists it. */
import { z } from 'zod';

export const environmentSchema = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(3000)
    .describe('TCP port of the HTTP server; 0 lets the system choose.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on; 0.0.0.0 to be reached from other machines.'),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe(
      'How the outside reaches this server, e.g. https://crm.example.com. Default: http://HOST:PORT.',
    ),
  MONGODB_URI: z
    .string()
    .startsWith('mongodb')
    .optional()
    .describe('A MongoDB replica set. Unset: the embedded store under PARLEY_DATA.'),
  PARLEY_DATA: z
    .string()
    .default('data')
    .describe('Folder of the embedded store, documents and the generated secret.'),
  PARLEY_CONFIG: z.string().default('config').describe('Folder of the YAML configuration.'),
  PARLEY_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('Key for signatures and sessions. Unset: one is made and kept in PARLEY_DATA/secret.'),
  PARLEY_SECRETS: z
    .string()
    .optional()
    .describe(
      'A file of NAME=value lines whose values win over the environment; read again when settings are taken over.',
    ),
  PARLEY_ROLE: z
    .enum(['all', 'api', 'worker'])
    .default('all')
    .describe('What this process does: serve HTTP, work queues and sockets, or both.'),
  PARLEY_PLAYGROUND: z
    .stringbool()
    .default(false)
    .describe('Serve /playground and the emulator (development only).'),
  LLM_API_KEY: z
    .string()
    .optional()
    .describe('Key of the language server named under llm in app.yaml; used only where that is enabled.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much is logged.'),
});
export type Environment = z.output<typeof environmentSchema>;
