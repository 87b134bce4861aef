/** The language model beside the built-in understanding; off unless somebody wants it. */
import { z } from 'zod';

export const llmSchema = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Ask a language model where the built-in understanding abstains. Off: nothing leaves the server.',
      ),
    baseUrl: z
      .url()
      .default('https://api.openai.com/v1')
      .describe('Any server that speaks the OpenAI chat-completions protocol, one of your own included.'),
    model: z.string().default('gpt-4o-mini'),
    format: z
      .enum(['json_schema', 'json_object', 'text'])
      .default('json_schema')
      .describe('How the server is told to answer in JSON; choose what it knows.'),
    timeoutMs: z.number().int().positive().max(30_000).default(4000),
    dailyTokens: z
      .number()
      .int()
      .nonnegative()
      .default(200_000)
      .describe(
        'Tokens a day, asked and answered; when they are spent, the built-in understanding goes on alone.',
      ),
    tasks: z
      .array(z.enum(['understand', 'summarise', 'draft', 'answer']))
      .default(['understand', 'summarise', 'draft', 'answer'])
      .describe('What it may be asked for.'),
    transcriptionModel: z
      .string()
      .default('')
      .describe(
        'Model that turns voice notes into text on the same server, e.g. whisper-1. Empty: voice notes are refused.',
      ),
  })
  .prefault({});
