/**
 * A turn: what the conversation engine makes of one or more events of one conversation. It is decided by a generator
 * that touches nothing: it yields the commands it wants run and gets their results back, inside the one transaction
 * that also marks the events done, moves the session on and queues the replies.
 */
import type { Content, Identity, InboundEvent, Purpose } from './messaging.ts';

/** What a conversation's flow remembers between turns; kept whole on the conversation. `null`: none is running. */
export type Session = {
  flow: string;
  flowVersion: string;
  step: string;
  vars: Record<string, unknown>;
  /** Engine's own bookkeeping (re-ask counts, call stack, last prompts); plain data. */
  state: Record<string, unknown>;
};

export type ConversationView = {
  id: string;
  channel: string;
  account: string;
  thread: string;
  contactId?: string;
  name?: string;
  identities: Identity[];
  language?: string;
  mode: 'bot' | 'human';
  optedOut: boolean;
  startedAt: Date;
  meta: Record<string, unknown>;
};

export type TurnInput = {
  conversation: ConversationView;
  session: Session | null;
  events: InboundEvent[];
  now: Date;
};

/** A command of the catalogue to run as the bot; the generator gets its output, or the AppError thrown in. */
export type Effect = { command: string; input: Record<string, unknown> };

/** A message that another reader is shown before it is answered, and what stands if that one is of no help. */
export type Doubt = {
  /** The event that brought it. */
  messageId: string;
  text: string;
  /** What we had said before. */
  asked?: string;
  timezone: string;
  offline: { acts: string[]; entities: Record<string, unknown> };
  /** Not what it means is asked, but how this entry's answer to it is said in that language. */
  phrase?: { id: string; title: string; text: string; question: string; locale: string };
};

/** Which engine decided on a message, and why the offline one did where another was asked. */
export type Decided = { messageId: string; engine: 'llm' | 'offline'; model?: string; reason?: string };

export type Reply = { content: Content; purpose?: Purpose };

/** What a channel is told beside the words where somebody waits for them: a call that our answer goes on with. */
export type Live = {
  language: 'en' | 'hi';
  /** The type of the answer that is asked for: `phone`, `number`, `name` … */
  expects?: string;
  /** Nothing is asked any more. */
  resting?: true;
};

export type TurnOutcome = {
  session: Session | null;
  replies: Reply[];
  mode?: 'bot' | 'human';
  language?: string;
  /** Shown to whoever takes over: what is known and what was asked. */
  summary?: string;
  /** Wake the conversation then, with the signal `wake`, whether or not the customer writes. Moves an earlier wish. */
  wakeAt?: Date;
  /** Kept as a question in the turn's transaction; the answer comes as the signal `understood`. */
  ask?: Doubt;
  decided?: Decided;
  /** Only where the conversation's `meta.live` says that somebody is on the line. */
  live?: Live;
};

export type Decide = (input: TurnInput) => Generator<Effect, TurnOutcome, unknown>;
