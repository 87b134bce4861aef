/** To add an operation: declare it here, write its handler under commands/ or queries/, list it in index.ts. */
import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';

export type * from './port.ts';

const name = z.string().max(60);
const version = z.string().max(40);
/** A version, the draft, or (neither) what is offered. */
const which = { version: version.optional(), draft: z.stringbool().or(z.boolean()).optional() };
const wordings = z.record(z.string().max(120), z.array(z.string().max(4000)).max(20));
const texts = z.record(z.string().regex(/^[a-z]{2,12}$/), wordings);

const summary = z.object({
  name,
  title: z.string(),
  version,
  steps: z.number(),
  locales: z.array(z.string()),
  source: z.enum(['files', 'published']),
  filesVersion: version.optional(),
  draft: z.object({ at: z.string(), by: z.string(), faults: z.number() }).optional(),
  begins: z.boolean(),
});
export const listFlows = defineQuery({
  name: 'flow.list',
  summary: 'Conversation flows, with the version that is offered',
  permission: { action: 'read', subject: 'Flow' },
  path: '/flows',
  input: z.object({}),
  output: z.object({ items: z.array(summary) }),
});

export const getFlow = defineQuery({
  name: 'flow.get',
  summary: 'A flow as a graph: steps, ways, texts',
  permission: { action: 'read', subject: 'Flow' },
  path: '/flows/:name',
  input: z.object({ name, ...which }),
  output: z.object({
    flow: z.object({
      name,
      title: z.string(),
      version,
      start: z.string(),
      nodes: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          label: z.string(),
          texts: z.array(z.string()),
          slot: z.string().optional(),
          /** What can be pressed; `key`: the text that says it. */
          choices: z.array(z.object({ label: z.string(), key: z.string().optional() })),
          waits: z.boolean(),
        }),
      ),
      edges: z.array(z.object({ from: z.string(), to: z.string(), label: z.string() })),
      slots: z.array(z.object({ name: z.string(), type: z.string(), label: z.string() })),
      interrupts: z.array(
        z.object({
          intents: z.array(z.string()),
          when: z.string().optional(),
          does: z.string(),
          to: z.string().optional(),
        }),
      ),
      texts,
      structure: z.string(),
    }),
    /** What is wrong with the draft; a version that is offered has none. */
    faults: z.array(z.string()),
  }),
});

export const flowVersionList = defineQuery({
  name: 'flow.versions',
  summary: 'Versions of a flow, the newest first',
  permission: { action: 'read', subject: 'Flow' },
  path: '/flows/:name/versions',
  input: z.object({ name }),
  output: z.object({
    items: z.array(
      z.object({
        version,
        publishedAt: z.string(),
        by: z.string().optional(),
        note: z.string().optional(),
        source: z.enum(['files', 'published']),
        offered: z.boolean(),
      }),
    ),
  }),
});

export const compareFlows = defineQuery({
  name: 'flow.compare',
  summary: 'What differs between two versions of a flow',
  permission: { action: 'read', subject: 'Flow' },
  path: '/flows/:name/compare',
  /** Absent, `from` is what is offered and `to` the draft. */
  input: z.object({ name, from: version.optional(), to: version.optional() }),
  output: z.object({
    from: version,
    to: version,
    steps: z.array(
      z.object({
        id: z.string(),
        change: z.enum(['added', 'removed', 'changed']),
        before: z.string().optional(),
        after: z.string().optional(),
      }),
    ),
    texts: z.array(
      z.object({
        locale: z.string(),
        key: z.string(),
        before: z.array(z.string()),
        after: z.array(z.string()),
      }),
    ),
    other: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })),
  }),
});

export const saveDraft = defineCommand({
  name: 'flow.saveDraft',
  summary: 'Keep changes to a flow that are not published yet',
  permission: { action: 'update', subject: 'Flow' },
  input: z.object({
    name,
    /** Wordings by locale and key, merged into the draft; an empty list takes a change back. */
    texts: texts.optional(),
    /** The whole of the steps, as `flow.get` gives them. */
    structure: z.string().max(200_000).optional(),
  }),
  /** What is still wrong with it: it cannot be published before that is mended. */
  output: z.object({ faults: z.array(z.string()) }),
});

export const dropDraft = defineCommand({
  name: 'flow.dropDraft',
  summary: 'Drop the changes that are not published',
  permission: { action: 'update', subject: 'Flow' },
  input: z.object({ name }),
  output: z.object({ ok: z.literal(true) }),
});

const offered = z.object({ name, version, from: version });
export const publishFlow = defineCommand({
  name: 'flow.publish',
  summary: 'Publish the draft of a flow; running conversations keep their version',
  permission: { action: 'update', subject: 'Flow' },
  input: z.object({
    name,
    note: text(500).optional(),
    /** The version that the draft was made over: refused when another is offered meanwhile. */
    expected: version.optional(),
  }),
  output: offered,
});

export const rollBackFlow = defineCommand({
  name: 'flow.rollBack',
  summary: 'Offer an earlier version of a flow again',
  permission: { action: 'update', subject: 'Flow' },
  input: z.object({ name, version }),
  output: offered,
});

const duration = z.string().regex(/^\d{1,3} (minute|hour|day)s?$/);
export const tryFlow = defineQuery({
  name: 'flow.try',
  summary: 'Try a flow out: nothing is stored or sent',
  permission: { action: 'read', subject: 'Flow' },
  input: z.object({
    name,
    ...which,
    channel: z.string().max(30).default('webchat'),
    /** The whole talk so far; it is played from the beginning. */
    turns: z
      .array(
        z.union([
          z.object({ text: z.string().max(4000) }),
          z.object({ press: z.string().max(200), label: z.string().max(200).optional() }),
          z.object({ wait: duration }),
        ]),
      )
      .max(60),
  }),
  output: z.object({
    lines: z.array(
      z.object({
        /** `time`: so much of it went by. */
        direction: z.enum(['in', 'out', 'time']),
        text: z.string(),
        choices: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
      }),
    ),
    flow: z.string(),
    step: z.string(),
    mode: z.enum(['bot', 'human']),
    vars: z.record(z.string(), z.unknown()),
    calls: z.array(z.object({ command: z.string(), input: z.record(z.string(), z.unknown()) })),
    version,
  }),
});

export const previewText = defineQuery({
  name: 'flow.preview',
  summary: 'How a text with its choices looks on each channel',
  permission: { action: 'read', subject: 'Flow' },
  path: '/flow-preview',
  input: z.object({
    text: z.string().max(4000),
    labels: z
      .union([z.string().max(200), z.array(z.string().max(200)).max(40)])
      .transform((labels) => (typeof labels === 'string' ? [labels] : labels))
      .default([]),
  }),
  output: z.object({
    items: z.array(
      z.object({
        channel: z.string(),
        kind: z.enum(['buttons', 'list', 'text']),
        /** Cut where it is too long; with numbered lines where nothing can be pressed. */
        text: z.string(),
        choices: z.array(z.object({ label: z.string(), description: z.string().optional() })),
        /** SMS: as how many messages it is charged. */
        segments: z.number().optional(),
        limits: z.object({
          text: z.number(),
          buttons: z.object({ max: z.number(), label: z.number() }).optional(),
          list: z.object({ rows: z.number(), label: z.number() }).optional(),
        }),
      }),
    ),
  }),
});

const outcome = {
  /** Talks that became a lead, and what became of it. */
  leads: z.number(),
  won: z.number(),
  lost: z.number(),
  /** Budgets that were named, in full units of the currency: of won leads, and of open ones. */
  wonValue: z.number(),
  openValue: z.number(),
};
export const flowFunnel = defineQuery({
  name: 'flow.funnel',
  summary: 'How far conversations come in a flow, and what they bring',
  permission: { action: 'read', subject: 'Flow' },
  path: '/flows/:name/funnel',
  input: z.object({
    name,
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
  }),
  output: z.object({
    conversations: z.number(),
    /** Of the organisation: of every value here. */
    currency: z.string(),
    /** All conversations of the flow together. */
    total: z.object({ left: z.number(), handedOver: z.number(), ...outcome }),
    /** More conversations than are counted: the newest are. */
    cut: z.boolean(),
    steps: z.array(
      z.object({
        step: z.string(),
        /** Conversations that came to it, and that went on from it. */
        entered: z.number(),
        passed: z.number(),
        /** Ended here: a day without a word, or released. */
        left: z.number(),
        /** Times that it was asked again for want of an answer. */
        reasked: z.number(),
        handedOver: z.number(),
        medianSeconds: z.number().optional(),
        ...outcome,
      }),
    ),
    variants: z.array(
      z.object({
        step: z.string(),
        name: z.string(),
        conversations: z.number(),
        booked: z.number(),
        ...outcome,
      }),
    ),
  }),
});

/** For jobs and subscribers: a conversation goes through a flow that the customer has not asked for. */
export const startFlow = defineCommand({
  name: 'flow.start',
  summary: 'Begin a flow in a conversation',
  permission: { action: 'update', subject: 'Conversation' },
  input: z.object({
    conversationId: z.string(),
    flow: name,
    vars: z.record(z.string(), z.unknown()).default({}),
    once: z.string().max(100).optional(),
  }),
  output: z.object({ ok: z.literal(true) }),
});

export const flowPublished = defineEvent(
  'flow.published',
  'Another version of a flow is offered',
  z.object({ name, version, from: version }),
);
