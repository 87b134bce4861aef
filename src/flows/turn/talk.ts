/** The workspace of one turn: what the session remembers, what has been heard, what will be said. */
import type { AppConfig } from '../../core/config-schema.ts';
import type { Choice, Content } from '../../core/messaging.ts';
import type { Effect, TurnInput } from '../../core/turn.ts';
import type { Flow, Slot, Texts } from '../definition.ts';
import type { Nlu, Understanding } from '../nlu.ts';
import type { Fields } from '../texts.ts';
import type { FlowVersions } from '../versions.ts';
import { zoneOf } from './customer-zone.ts';
import type { Consulted, KnowledgeMemory } from './knowledge.ts';
import type { Phrased } from './second-opinion.ts';
import type { Walk } from './walk.ts';

/** Where a flow that called another goes on when that returns. */
export type Frame = {
  flow: string;
  version: string;
  step: string;
  asked?: { step: string; times: number };
  resting: boolean;
};

/** The engine's own memory in a session; plain data. */
export type Memory = {
  /** Told the conversation path: woken while a person is in charge too, to keep facts and records, silently. */
  listens: true;
  /** The question that is open: its step, and how often it was asked. */
  asked?: { step: string; times: number };
  /** How often in a row nothing came forward. */
  misses: number;
  /** Messages since the last step forward that were answered (a price, a greeting). */
  idle: number;
  /** Which wording of a text was said last. */
  said: Record<string, number>;
  /** What we said last, part by part: never said again straight away. */
  last: string[];
  choices: Choice[];
  /** What is known of a date that is not complete, or of one that was not open. */
  moment: {
    date?: string;
    time?: string;
    part?: string;
    from?: string;
    to?: string;
    options?: string[];
    before?: string;
    /** The time that we proposed instead: a plain yes takes it. */
    offer?: string;
  };
  /** Slots that the customer would rather leave empty. */
  refused: string[];
  /** Steps whose `once` is used up. */
  done: string[];
  /** Input last run by a watch, as JSON. */
  watched: Record<string, string>;
  language?: string;
  wantsHuman: boolean;
  /** A person was offered and not yet declined. */
  offered: boolean;
  /** What the last question was about, where it was not the open step's: a date that was not open. */
  expecting?: string;
  /** The customer's words until the enquiry was recorded, and the last few for whoever takes over. */
  opening: string[];
  words: string[];
  /** Slots that the last turn filled: what "no, …" corrects. */
  lastFilled: string[];
  /** What stood in a slot before its last change. */
  before?: Record<string, unknown>;
  /** What came up beside the questions ("asks to be called back"), for the enquiry's note. */
  notes: string[];
  junk?: { label: string; score: number; reasons: string[] };
  /** Ended for now (a `rest` step was reached). */
  resting: boolean;
  lastAt?: string;
  /** Flows that called the one that runs, the first caller first. */
  stack: Frame[];
  /** What a `wait` step waits for: `until` as an ISO instant. */
  wait?: { step: string; until?: string; event?: string; came?: boolean };
  /** When the customer last wrote, how often they were reminded since, and whether we stopped waiting. */
  heardAt?: string;
  reminded: number;
  released: boolean;
  /** When this talk is woken next, as far as that is arranged: an ISO instant. */
  wakeAt?: string;
  /** The way taken at a `split`, by `<flow>.<step>`. */
  variants: Record<string, string>;
  walk: Walk;
  knowledge?: KnowledgeMemory;
  /** How often another reader was asked that day (UTC). */
  opinions?: { day: string; count: number };
};

export const freshMemory = (): Memory => ({
  listens: true,
  misses: 0,
  idle: 0,
  said: {},
  last: [],
  choices: [],
  moment: {},
  refused: [],
  done: [],
  watched: {},
  wantsHuman: false,
  offered: false,
  opening: [],
  words: [],
  lastFilled: [],
  notes: [],
  resting: false,
  stack: [],
  reminded: 0,
  released: false,
  variants: {},
  walk: { steps: {} },
});

export type Part = { text: string; key: string } | { content: Content };

export type Talk = {
  flow: Flow;
  /** The flows that called this one, the first caller first; what they know of is in `slots` and `texts` too. */
  callers: Flow[];
  slots: Record<string, Slot>;
  texts: Record<string, Texts>;
  flows: FlowVersions;
  windowOf: WindowOf;
  input: TurnInput;
  app: AppConfig;
  nlu: Nlu;
  zone: string;
  step: string;
  vars: Record<string, unknown>;
  memory: Memory;
  parts: Part[];
  choices: Choice[];
  /** This turn: a slot was filled or changed, an option chosen. */
  progress: boolean;
  /** How the last message sounds. */
  mood?: { urgency?: string; sentiment?: number };
  /** This turn: the customer wrote, rather than a time came. */
  heard: boolean;
  /** The talk's first message is being heard: nothing was asked yet. */
  unasked: boolean;
  /** The message that is being heard, or was last in this turn, as long as a record takes it. */
  said?: string;
  /** How the message that was heard last was read. */
  read?: Understanding;
  /** This turn: slots that got a new value. */
  filled: string[];
  /** This turn: something was answered that is no step forward. */
  answered: boolean;
  /** This turn: heard, and not understood. */
  missed: boolean;
  /** This turn: an answer that cannot be taken, and what to say about it in place of the next question. */
  problem?: { key: string; fields?: Fields; choices?: Choice[]; expecting?: string };
  /** This turn: what was looked up in the knowledge base, and what came of it. */
  consulted?: Consulted;
  /** This turn: an entry's answer as another reader says it. */
  phrased?: Phrased;
  /** Ask nothing (more) this turn. */
  quiet: boolean;
  /** Nothing is to be said at all: a person is in charge, or the customer opted out. */
  silent: boolean;
  mode?: 'bot' | 'human';
  optedOut: boolean;
};

/** Hours after the customer's last message in which a channel carries free text; undefined: always. */
export type WindowOf = (channel: string) => number | undefined;

export type Run<T = void> = Generator<Effect, T, unknown>;

export function newTalk(given: {
  flow: Flow;
  callers: Flow[];
  flows: FlowVersions;
  windowOf: WindowOf;
  input: TurnInput;
  app: AppConfig;
  nlu: Nlu;
  step: string;
  vars: Record<string, unknown>;
  memory: Memory;
}): Talk {
  const { conversation } = given.input;
  return {
    ...given,
    ...viewOf(given.flow, given.callers),
    zone: zoneOf(
      { meta: conversation.meta, phone: given.vars.phone ?? phoneOf(conversation) },
      given.app.organisation,
    ),
    parts: [],
    choices: [],
    progress: false,
    heard: false,
    filled: [],
    unasked: given.input.session === null,
    answered: false,
    missed: false,
    quiet: false,
    silent: conversation.mode === 'human' || conversation.optedOut,
    optedOut: conversation.optedOut,
  };
}

const phoneOf = ({ identities }: TurnInput['conversation']): string | undefined =>
  identities.find(({ scheme }) => scheme === 'phone')?.value;

const merged = new Map<string, { slots: Record<string, Slot>; texts: Record<string, Texts> }>();

/** What can be filled and said while this flow runs, called by these. */
export function viewOf(flow: Flow, callers: Flow[]) {
  if (!callers.length) return { slots: flow.slots, texts: flow.texts };
  const key = [...callers, flow].map(({ name, version }) => `${name}@${version}`).join(' ');
  const known = merged.get(key);
  if (known) return known;
  const own = new Set(Object.values(flow.slots).map(({ type }) => type));
  // What the flow itself asks for it knows under its own name.
  const slots = callers.flatMap((caller) =>
    Object.entries(caller.slots).filter(([, { type }]) => !own.has(type)),
  );
  const locales = new Set([...callers, flow].flatMap(({ texts }) => Object.keys(texts)));
  const view = {
    slots: { ...Object.fromEntries(slots), ...flow.slots },
    texts: Object.fromEntries(
      [...locales].map((locale) => [
        locale,
        Object.assign({}, ...callers.map(({ texts }) => texts[locale]), flow.texts[locale]) as Texts,
      ]),
    ),
  };
  if (merged.size < 500) merged.set(key, view);
  return view;
}

/** The locale of our texts for the customer's language. */
export function localeOf(talk: Talk): string {
  const language = talk.memory.language ?? talk.input.conversation.language ?? talk.app.organisation.locale;
  return talk.texts[language] ? language : 'en';
}
