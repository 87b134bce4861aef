/**
 * What stands in a flow's `flow.yaml`. To add a kind of step: its schema here, its code in `steps/`, one line in
 * `steps/index.ts`, a line in docs/adding-a-flow.md.
 */
import { z } from 'zod';

const id = z
  .string()
  .regex(/^[a-z][A-Za-z0-9-]*$/, 'must be letters, digits and hyphens, beginning with a small letter');
/** CEL over `vars`, `conversation` and `talk`, e.g. `has(vars.phone) || conversation.hasEmail`. */
const condition = z.string().min(1);
/**
 * A value for a command's input: `=expression` (left out where there is nothing), `=?expression` (null where there is
 * nothing: taken back), anything else as it stands.
 */
const mapping = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export const slotTypes = [
  'name',
  'phone',
  'email',
  'date-time',
  'product',
  'choice',
  'number',
  'quantity',
  'budget',
  'city',
  'company',
  'file',
  'free',
] as const;
/** "10 minutes", "2 hours", "1 day" */
export const duration = z
  .string()
  .regex(/^\d+ (minute|hour|day)s?$/, 'must be like "10 minutes", "2 hours", "1 day"');
function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') !== null;
  } catch {
    return false;
  }
}
export const slotSchema = z.strictObject({
  type: z.enum(slotTypes),
  /** What it is called when a correction is acknowledged; a text key. */
  label: z.string(),
  /** Taken from the channel where it gives it: a WhatsApp number, a sender's address. */
  known: z.boolean().default(false),
  /** date-time: a query that says whether the time is open: `{at} → {open, reason?, hoursText, suggestions[]}`. */
  check: z.string().optional(),
  /** Where to go on when it changes after that step was passed. */
  changed: id.optional(),
  /** What an answer must be: a regular expression over the whole of it (free). */
  pattern: z.string().refine(isPattern, 'is no regular expression').optional(),
  /** Least and most of a number; fewest and most letters of a free answer. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** `{example}` in the question's texts. */
  example: z.string().optional(),
});
export type Slot = z.output<typeof slotSchema>;

const common = { id, when: condition.optional(), next: id.optional() };
const say = z.strictObject({ ...common, say: z.string() });
const ask = z.strictObject({
  ...common,
  /** The slot to fill; skipped when it is filled. Texts: `<text>.ask`, `.again` (two wordings), `.invalid`. */
  ask: z.string(),
  text: z.string(),
  choices: z
    .union([z.literal('products'), z.array(z.strictObject({ label: z.string(), value: z.string() })).min(1)])
    .optional(),
  /** Where to go on when the customer would rather not say. Absent: the next step. */
  refuse: id.optional(),
  /** Asked so often at the most, and then left open. Absent: until it is answered, declined, or a person is called. */
  most: z.number().int().min(1).optional(),
  /** Where this holds, asking once is enough: another answer does as well. */
  enough: condition.optional(),
});
const choose = z.strictObject({
  ...common,
  choose: z.string(),
  /** Where to go on with words that are none of the options and mean nothing else: they are an answer of their own. */
  otherwise: id.optional(),
  options: z
    .array(
      z.strictObject({
        value: z.string().regex(/^[a-z0-9-]+$/),
        label: z.string(),
        goto: id,
        /** Chosen too by a plain yes, or a plain no. */
        means: z.enum(['yes', 'no']).optional(),
        /** Slots that choosing it takes back. */
        clear: z.array(z.string()).default([]),
      }),
    )
    .min(2),
});
const branch = z.strictObject({
  ...common,
  branch: z.array(z.strictObject({ when: condition, goto: id })).min(1),
  else: id.optional(),
});
const run = z.strictObject({
  ...common,
  run: z.string(),
  with: mapping.default({}),
  into: id.optional(),
  /** Error code → step; `'*'` for every other. Absent: the error goes up and the turn is tried again. */
  onError: z.record(z.string(), id).default({}),
});
const send = z.strictObject({
  ...common,
  send: z.enum(['brochure', 'location', 'media', 'template']),
  caption: z.string().optional(),
  /** A template that the provider has approved, by its name there; `text` is what it reads as. */
  template: z
    .strictObject({ name: z.string(), params: z.array(z.string()).default([]), text: z.string() })
    .optional(),
  media: z
    .strictObject({
      type: z.enum(['image', 'document', 'audio', 'video']),
      url: z.string(),
      filename: z.string().optional(),
    })
    .optional(),
  /** Only the first time in a talk. */
  once: z.boolean().default(false),
});
const clear = z.strictObject({
  ...common,
  /** Slots and other variables to forget; `refuse`: a slot is not asked for again. */
  clear: z.array(z.string()).min(1),
  refuse: z.boolean().default(false),
});
/** `next`: where the bot goes on when it is handed back; absent, it rests. */
const handoff = z.strictObject({ ...common, handoff: z.string() });
const goto = z.strictObject({ id, goto: id });
const set = z.strictObject({ ...common, set: mapping });
const wait = z.strictObject({
  ...common,
  /** How long, or until when: "2 days", `=vars.appointment.startsAt`. */
  wait: z.union([duration, z.string().regex(/^=./)]),
  /** So long before that moment. */
  before: duration.optional(),
  /** Only in business hours: put off to the next opening. */
  hours: z.boolean().default(false),
  /** What ends it early: `message` (the customer writes) or a domain event about them (`appointment.completed`). */
  event: z.string().optional(),
  /** Where to go when the time is over before the event came. */
  timeout: id.optional(),
  /** Said when the customer writes meanwhile and nothing else answers: `<text>.again`. */
  text: z.string().optional(),
});
/** Goes through another flow and comes back; what the customer told is known in both. */
const call = z.strictObject({ ...common, call: z.string(), with: mapping.default({}) });
/** Back to the flow that called; where none did, the talk rests. `rest`: the caller's own question is over, too. */
const back = z.strictObject({
  id,
  when: condition.optional(),
  return: z.union([z.literal(true), z.literal('rest')]),
});
/** A/B: each conversation takes one of the ways, by the shares, and keeps to it. */
const split = z.strictObject({
  ...common,
  split: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9-]+$/),
        share: z.number().positive().default(1),
        goto: id,
      }),
    )
    .min(2),
});
/** The talk is over for now: whatever comes next is answered from here, by `on` and by corrections. */
const rest = z.strictObject({ id, when: condition.optional(), rest: z.string() });

export const stepKinds = {
  say,
  ask,
  choose,
  branch,
  run,
  send,
  clear,
  set,
  wait,
  call,
  return: back,
  split,
  handoff,
  goto,
  rest,
} as const;
export type StepKind = keyof typeof stepKinds;
export type Step =
  | ({ kind: 'say' } & z.output<typeof say>)
  | ({ kind: 'ask' } & z.output<typeof ask>)
  | ({ kind: 'choose' } & z.output<typeof choose>)
  | ({ kind: 'branch' } & z.output<typeof branch>)
  | ({ kind: 'run' } & z.output<typeof run>)
  | ({ kind: 'send' } & z.output<typeof send>)
  | ({ kind: 'clear' } & z.output<typeof clear>)
  | ({ kind: 'set' } & z.output<typeof set>)
  | ({ kind: 'wait' } & z.output<typeof wait>)
  | ({ kind: 'call' } & z.output<typeof call>)
  | ({ kind: 'return'; next?: string } & z.output<typeof back>)
  | ({ kind: 'split' } & z.output<typeof split>)
  | ({ kind: 'handoff' } & z.output<typeof handoff>)
  | ({ kind: 'goto'; when?: string; next?: string } & z.output<typeof goto>)
  | ({ kind: 'rest'; next?: string } & z.output<typeof rest>);
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;

/** What an intent does wherever it comes up; the flow then returns to what it was asking. */
export const interruptSchema = z.strictObject({
  intents: z.array(z.string()).min(1),
  when: condition.optional(),
  say: z.string().optional(),
  send: z.enum(['brochure', 'location']).optional(),
  /** Leaves what was asked and goes on there. */
  goto: id.optional(),
  /** Goes through another flow, then returns to what was asked; with `after: rest`, to the end of this one. */
  call: z.string().optional(),
  after: z.enum(['ask', 'rest']).default('ask'),
  clear: z.array(z.string()).default([]),
  set: mapping.default({}),
  /** A line for the enquiry's note: "Asks to be called back". */
  note: z.string().optional(),
  /** Asks for a person: the text said, and why. */
  handoff: z.string().optional(),
});
export type Interrupt = z.output<typeof interruptSchema>;

/** A command that keeps a record level with the talk: run at the end of a turn when its input has changed. */
export const watchSchema = z.strictObject({
  id,
  when: condition,
  run: z.string(),
  with: mapping.default({}),
  into: id.optional(),
  /** Rules that this one's run has done the work of. */
  covers: z.array(z.string()).default([]),
});
export type Watch = z.output<typeof watchSchema>;

/** What becomes of a question that is not answered. */
export const silenceSchema = z.strictObject({
  /** After so long without a word: a reminder and the question again. Within the channel's window. */
  remind: z.array(duration).max(5).default([]),
  /** After so long the talk is over. */
  release: duration.optional(),
  /** Reminders only in business hours. */
  hours: z.boolean().default(false),
  /** Other times for a channel: nobody expects a mail to be answered in ten minutes. */
  channels: z
    .record(z.string(), z.strictObject({ remind: z.array(duration).max(5), release: duration.optional() }))
    .default({}),
});
export type Silence = z.output<typeof silenceSchema>;

export const flowSchema = z.strictObject({
  title: z.string(),
  start: id,
  slots: z.record(id, slotSchema).default({}),
  on: z.array(interruptSchema).default([]),
  watch: z.array(watchSchema).default([]),
  /** Absent: as in shared/interrupts.yaml. */
  silence: silenceSchema.optional(),
  /** In order: a step goes on with the one below it unless it says otherwise. */
  steps: z.array(z.record(z.string(), z.unknown())).min(1),
});
export const sharedSchema = z.strictObject({
  on: z.array(interruptSchema).default([]),
  silence: silenceSchema.optional(),
});

export type Texts = Record<string, string[]>;
/** A checked flow; plain data, so that a version can be kept and compared. */
export type Flow = {
  name: string;
  version: string;
  title: string;
  start: string;
  slots: Record<string, Slot>;
  on: Interrupt[];
  watch: Watch[];
  silence?: Silence;
  steps: Step[];
  /** Per locale; `en` is complete, the others too where the loader requires it. */
  texts: Record<string, Texts>;
};

export const stepById = (flow: Flow, stepId: string): Step | undefined =>
  flow.steps.find((step) => step.id === stepId);
/** The step after this one: what it names, else the one below it. */
export const following = (flow: Flow, step: Step): string | undefined =>
  step.next ?? flow.steps[flow.steps.findIndex(({ id }) => id === step.id) + 1]?.id;
