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
  'free',
] as const;
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
});
const choose = z.strictObject({
  ...common,
  choose: z.string(),
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
  send: z.enum(['brochure', 'location', 'media']),
  caption: z.string().optional(),
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
const handoff = z.strictObject({ ...common, handoff: z.string() });
const goto = z.strictObject({ id, goto: id });
/** The talk is over for now: whatever comes next is answered from here, by `on` and by corrections. */
const rest = z.strictObject({ id, when: condition.optional(), rest: z.string() });

export const stepKinds = { say, ask, choose, branch, run, send, clear, handoff, goto, rest } as const;
export type StepKind = keyof typeof stepKinds;
export type Step =
  | ({ kind: 'say' } & z.output<typeof say>)
  | ({ kind: 'ask' } & z.output<typeof ask>)
  | ({ kind: 'choose' } & z.output<typeof choose>)
  | ({ kind: 'branch' } & z.output<typeof branch>)
  | ({ kind: 'run' } & z.output<typeof run>)
  | ({ kind: 'send' } & z.output<typeof send>)
  | ({ kind: 'clear' } & z.output<typeof clear>)
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

export const flowSchema = z.strictObject({
  title: z.string(),
  start: id,
  slots: z.record(id, slotSchema).default({}),
  on: z.array(interruptSchema).default([]),
  watch: z.array(watchSchema).default([]),
  /** In order: a step goes on with the one below it unless it says otherwise. */
  steps: z.array(z.record(z.string(), z.unknown())).min(1),
});
export const sharedSchema = z.strictObject({ on: z.array(interruptSchema).default([]) });

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
  steps: Step[];
  /** Per locale; `en` is complete, the others too where the loader requires it. */
  texts: Record<string, Texts>;
};

export const stepById = (flow: Flow, stepId: string): Step | undefined =>
  flow.steps.find((step) => step.id === stepId);
/** The step after this one: what it names, else the one below it. */
export const following = (flow: Flow, step: Step): string | undefined =>
  step.next ?? flow.steps[flow.steps.indexOf(step) + 1]?.id;
