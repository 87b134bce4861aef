/** The workspace of one turn: what the session remembers, what has been heard, what will be said. */
import type { AppConfig } from '../../core/config-schema.ts';
import type { Choice, Content } from '../../core/messaging.ts';
import type { Effect, TurnInput } from '../../core/turn.ts';
import type { Flow } from '../definition.ts';
import type { Scope } from '../expressions.ts';
import type { Nlu } from '../nlu.ts';
import type { Fields } from '../texts.ts';
import { isZone, readOut } from './zone.ts';

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
  /** What came up beside the questions ("asks to be called back"), for the enquiry's note. */
  notes: string[];
  junk?: { label: string; score: number; reasons: string[] };
  /** Ended for now (a `rest` step was reached). */
  resting: boolean;
  lastAt?: string;
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
});

export type Part = { text: string; key: string } | { content: Content };

export type Talk = {
  flow: Flow;
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
  /** The talk's first message is being heard: nothing was asked yet. */
  unasked: boolean;
  /** This turn: slots that got a new value. */
  filled: string[];
  /** This turn: something was answered that is no step forward. */
  answered: boolean;
  /** This turn: heard, and not understood. */
  missed: boolean;
  /** This turn: an answer that cannot be taken, and what to say about it in place of the next question. */
  problem?: { key: string; fields?: Fields; choices?: Choice[]; expecting?: string };
  /** Ask nothing (more) this turn. */
  quiet: boolean;
  /** Nothing is to be said at all: a person is in charge, or the customer opted out. */
  silent: boolean;
  mode?: 'bot' | 'human';
  optedOut: boolean;
};

export type Run<T = void> = Generator<Effect, T, unknown>;

export function newTalk(given: {
  flow: Flow;
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
    zone: isZone(conversation.meta.timezone) ? conversation.meta.timezone : given.app.organisation.timezone,
    parts: [],
    choices: [],
    progress: false,
    filled: [],
    unasked: given.input.session === null,
    answered: false,
    missed: false,
    quiet: false,
    silent: conversation.mode === 'human' || conversation.optedOut,
    optedOut: conversation.optedOut,
  };
}

const sources: Record<string, string> = {
  webchat: 'Website',
  whatsapp: 'WhatsApp',
  email: 'Email',
  facebook: 'Facebook',
  telegram: 'Telegram',
  sms: 'SMS',
};

const sourceOf = (source: unknown): string => sources[String(source)] ?? String(source);

/** What conditions and mappings see. */
export function scopeOf(talk: Talk): Scope {
  const { conversation, events } = talk.input;
  const has = (scheme: string) => conversation.identities.some((identity) => identity.scheme === scheme);
  const meta = { ...conversation.meta, ...events.at(-1)?.meta } as Record<string, unknown>;
  return {
    vars: talk.vars,
    conversation: {
      id: conversation.id,
      channel: conversation.channel,
      hasPhone: has('phone'),
      hasEmail: has('email'),
      known:
        has('phone') || has('email') || has('wa_bsuid') || has('psid') || has('igsid') || has('telegram'),
      identities: conversation.identities.map((identity) => ({ ...identity })),
      source: sourceOf(meta.source ?? conversation.channel),
      medium: meta.medium ?? conversation.channel,
      ...(meta.campaign !== undefined && { campaign: meta.campaign }),
    },
    talk: {
      zone: talk.zone,
      resting: talk.memory.resting,
      asked: talk.memory.asked?.step ?? '',
      progress: talk.progress,
      problem: talk.problem !== undefined,
      answered: talk.answered,
      note: noteOf(talk),
      ...(talk.memory.notes.length && { lastNote: talk.memory.notes.at(-1)! }),
      wantsHuman: talk.memory.wantsHuman,
      ...(talk.memory.junk && { junk: talk.memory.junk }),
    },
  };
}

/** The enquiry's note: the words it began with, what else came up, and the time wished for a demo, booked or not. */
function noteOf({ memory, vars, zone }: Talk): string {
  const wish =
    typeof vars.demoAt === 'string' ? [`Would like a demo: ${readOut(vars.demoAt, zone, 'en')}`] : [];
  return [...memory.opening, ...memory.notes, ...wish].join('\n').slice(0, 3000);
}

/** The locale of our texts for the customer's language. */
export function localeOf(talk: Talk): string {
  const language = talk.memory.language ?? talk.input.conversation.language ?? talk.app.organisation.locale;
  return talk.flow.texts[language] ? language : 'en';
}
