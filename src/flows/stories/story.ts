/** A story: a conversation that is kept as a test. To add one, see docs/adding-a-flow.md. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseYaml } from '../../core/yaml.ts';
import { duration } from '../definition.ts';

/** To add a kind of line: its schema here, its part in stories/play.ts or stories/verify.ts. */
const text = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const step = z.union([
  z.strictObject({ send: text }),
  z.strictObject({ press: z.string() }),
  z.strictObject({ location: z.tuple([z.number(), z.number()]) }),
  z.strictObject({ media: z.enum(['image', 'document', 'audio', 'video']), text: z.string().optional() }),
  z.strictObject({ unknown: z.string() }),
  /** Time that goes by: "20 minutes", "3 days". */
  /** What falls due meanwhile happens; the checks after it see what was said last. */
  z.strictObject({ wait: duration }),
  /** A colleague hands the conversation back to the bot. */
  z.strictObject({ handBack: z.literal(true) }),
  /** A domain event that a `wait` step waits for. */
  z.strictObject({ event: z.string(), payload: z.record(z.string(), z.unknown()).optional() }),
  /** We begin: this flow is started in the conversation, with these variables. */
  z.strictObject({ begin: z.string(), vars: z.record(z.string(), z.unknown()).optional() }),
  /** Each is a text key of which some wording was said, or words that were said. */
  z.strictObject({ expect: text }),
  z.strictObject({ not: text }),
  z.strictObject({ buttons: z.array(z.string()) }),
  /** A command that the last turn ran, with at least this input. */
  z.strictObject({ record: z.string(), with: z.record(z.string(), z.unknown()).optional() }),
  /** How often a command ran in the whole story so far. */
  z.strictObject({ called: z.record(z.string(), z.number()) }),
  z.strictObject({ vars: z.record(z.string(), z.unknown()) }),
  z.strictObject({ mode: z.enum(['bot', 'human']) }),
  /** The last turn said nothing. */
  z.strictObject({ nothing: z.literal(true) }),
]);
export const storySchema = z.strictObject({
  name: z.string(),
  channel: z.string().default('webchat'),
  /** The customer's name and addresses as the channel gives them. */
  as: z.string().optional(),
  identities: z.array(z.strictObject({ scheme: z.string(), value: z.string() })).default([]),
  now: z.iso.datetime({ offset: true }).default('2026-03-11T10:00:00+05:30'),
  /** Error code with which a command is refused: `{ appointment.book: time.closed }`. */
  refuse: z.record(z.string(), z.string()).default({}),
  /** What a command answers, where things were there before the story: `{ ticket.status: { found: true, … } }`. */
  /** `knowledge: { entries: [{ title, text, wordings? }] }`: what the organisation has written. */
  given: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  steps: z.array(step).min(1),
});
export type StoryStep = z.output<typeof step>;
export type Story = z.output<typeof storySchema>;

/** @throws with every fault of the file. */
export function readStories(path: string): Story[] {
  const result = z.array(storySchema).safeParse(parseYaml(readFileSync(path, 'utf8')) ?? []);
  if (result.success) return result.data;
  throw new Error(
    result.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
}
