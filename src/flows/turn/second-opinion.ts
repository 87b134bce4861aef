/**
 * A message that the engine cannot make out may be shown to another reader, off by default. The turn then says nothing,
 * keeps the message, and wishes to be woken in a few seconds: with what the other reader made of it, or without, the
 * message is heard as if it came only then. Whoever writes again, or is answered by a colleague, is not kept waiting.
 */
import type { InboundEvent } from '../../core/messaging.ts';
import type { Decided, Doubt, Effect, Session, TurnInput, TurnOutcome } from '../../core/turn.ts';
import type { Entities, Nlu, Understanding } from '../nlu.ts';
import { freshMemory, type Run, type Talk } from './talk.ts';

/** What the talk made of a message: took something from it, answered it, or knew nothing to do with it. */
export type Heard = 'taken' | 'answered' | 'missed';
/** Whether a message is worth asking about. */
export type NeedsOpinion = (text: string, read: Understanding, heard: Heard) => boolean;

export type Opinion = { acts: string[]; entities: Entities };
export type Resumed = {
  input: TurnInput;
  /** The message that waited, and what is made of it now. */
  text?: string;
  opinion?: Opinion;
  /** An entry's answer as the other reader says it. */
  phrased?: Phrased;
  decided?: Decided;
};

type Pending = { id: string; text: string; at: string; until: string; first: boolean };
/** Its words, and of which entry they are. */
export type Phrased = { text: string; source: { id: string } };
type Answer = { engine: 'llm' | 'offline'; value?: Opinion | Phrased; model?: string; reason?: string };

const patienceMs = 10_000;
/** Of one conversation in a day: nobody spends the budget of all. */
const mostADay = 20;
/** Sure enough to act upon, and not to book: only the customer's own plain yes does that. */
const trust = 0.66;

/** The turn as it goes on with a message that waited; undefined: it waits still. */
export function resume(input: TurnInput): Resumed | undefined {
  const { session, events, now } = input;
  const pending = session?.state.pending as Pending | undefined;
  // An answer that nobody waits for any more is no event.
  if (!session || !pending) return { input: { ...input, events: events.filter((one) => !isAnswer(one)) } };
  const answer = events.map(({ body }) => answerTo(pending, body)).find(Boolean);
  const wrote = events.some(({ body }) => body.kind !== 'signal');
  const called = events.some(({ body }) => body.kind === 'signal' && ['event', 'flow'].includes(body.name));
  const rested = events.some(({ body }) => body.kind === 'signal' && body.name === 'handedBack');
  if (!answer && !wrote && !called && !rested && now.getTime() < Date.parse(pending.until)) return undefined;
  const rest = events.filter((one) => !isAnswer(one) && !isWake(one));
  // What a colleague has answered meanwhile is not answered once more.
  const heard = rested ? rest : [messageOf(pending, input), ...rest];
  const given = answer && !wrote && answer.engine === 'llm' ? answer.value : undefined;
  const phrased = given && 'source' in given ? given : undefined;
  const opinion = given && 'acts' in given ? given : undefined;
  return {
    input: { ...input, session: before(session, pending), events: heard },
    text: pending.text,
    ...(opinion && { opinion }),
    ...(phrased && { phrased }),
    decided: {
      messageId: pending.id,
      ...(given
        ? { engine: 'llm', ...(answer?.model && { model: answer.model }) }
        : { engine: 'offline', reason: rested || wrote ? 'overtaken' : (answer?.reason ?? 'timeout') }),
    },
  };
}

const isSignal = ({ body }: InboundEvent, name: string): boolean =>
  body.kind === 'signal' && body.name === name;
const isAnswer = (event: InboundEvent): boolean => isSignal(event, 'understood');
const isWake = (event: InboundEvent): boolean => isSignal(event, 'wake');

function answerTo({ id }: Pending, body: InboundEvent['body']): Answer | undefined {
  if (body.kind !== 'signal' || body.name !== 'understood' || body.data?.messageId !== id) return undefined;
  return body.data.outcome as Answer | undefined;
}

const messageOf = ({ id, text, at }: Pending, { conversation }: TurnInput): InboundEvent => ({
  id,
  channel: conversation.channel,
  account: conversation.account,
  audience: 'customer',
  thread: conversation.thread,
  from: conversation.identities,
  at: new Date(at),
  body: { kind: 'text', text },
});

/** The session as it was; that it is to be woken for something else has to be arranged anew. */
function before(session: Session, { first }: Pending): Session | null {
  if (first) return null;
  const { pending: _, wakeAt: __, ...state } = session.state;
  return { ...session, state };
}

/** An answer of ours that is not in the customer's language, or long, may be said in other words. */
export function phrasingOf(talk: Talk): Doubt | undefined {
  const { input, read, memory } = talk;
  const [event, ...others] = messagesOf(input);
  const [given, ...more] = talk.consulted?.given ?? [];
  const phrase = given?.phrase;
  if (!read || !phrase || more.length || others.length || event?.body.kind !== 'text') return undefined;
  if (talk.silent || talk.mode || askedToday(input) >= mostADay) return undefined;
  const locale = memory.language ?? phrase.language;
  if (phrase.language === locale && phrase.text.length < longAnswer) return undefined;
  return {
    messageId: event.id,
    text: event.body.text,
    timezone: talk.zone,
    offline: { acts: read.acts, entities: { ...read.entities } },
    phrase: { id: given.entryId, title: phrase.title, text: phrase.text, question: given.question, locale },
  };
}
const longAnswer = 400;

/** What the other reader is asked, if this turn is one to ask about: a message by itself, with the bot in charge. */
export function doubtOf(talk: Talk, needs: NeedsOpinion): Doubt | undefined {
  const { input, read, memory } = talk;
  const [event, ...others] = messagesOf(input);
  if (!read || others.length || event?.body.kind !== 'text') return undefined;
  if (talk.silent || talk.mode || talk.problem || talk.optedOut) return undefined;
  if (askedToday(input) >= mostADay) return undefined;
  const { text } = event.body;
  // What was passed on to a colleague may be a wish that we only did not make out.
  const isMissed = (talk.missed && !talk.answered) || Boolean(talk.consulted?.unknown.length);
  const heard = talk.progress ? 'taken' : isMissed ? 'missed' : 'answered';
  if (!needs(text, read, heard)) return undefined;
  return {
    messageId: event.id,
    text,
    timezone: talk.zone,
    ...(memory.last.length && { asked: memory.last.join('\n').slice(0, 600) }),
    offline: { acts: read.acts, entities: { ...read.entities } },
  };
}

/** A time that came in the same moment comes again: it is arranged anew when the talk goes on. */
const messagesOf = ({ events }: TurnInput): InboundEvent[] => events.filter((one) => !isWake(one));

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
function askedToday({ session, now }: TurnInput): number {
  const { day, count = 0 } = (session?.state.opinions ?? {}) as { day?: string; count?: number };
  return day === dayOf(now) ? count : 0;
}

/** Nothing of this turn is kept but the message. */
export function waitFor(talk: Talk, input: TurnInput, ask: Doubt): TurnOutcome {
  const { session, now } = input;
  const until = new Date(now.getTime() + patienceMs);
  const pending: Pending = {
    id: ask.messageId,
    text: ask.text,
    at: messagesOf(input)[0]!.at.toISOString(),
    until: until.toISOString(),
    first: session === null,
  };
  const { flow } = talk;
  const kept = session ?? {
    flow: flow.name,
    flowVersion: flow.version,
    step: flow.start,
    vars: {},
    state: { ...freshMemory() },
  };
  return {
    session: {
      ...kept,
      state: { ...kept.state, pending, opinions: { day: dayOf(now), count: askedToday(input) + 1 } },
    },
    replies: [],
    wakeAt: until,
    ask,
  };
}

/** The language engine, which reads this one message as the other reader did; what that one left out stays ours. */
export function withOpinion(nlu: Nlu, message: string, { acts, entities }: Opinion): Nlu {
  const meant = bare(message);
  return {
    understand(text, options) {
      const read = nlu.understand(text, options);
      if (bare(text) !== meant || !acts.length) return read;
      const others = read.intents.filter(({ label }) => !acts.includes(label));
      return {
        ...read,
        acts: [...acts],
        intents: [
          ...acts.map((label) => ({ label, score: trust })),
          ...others.map(({ label, score }) => ({ label, score: Math.min(score, 1 - trust) })),
        ],
        entities: { ...read.entities, ...entities },
        // A wish that our rules found stays one.
        wantsHuman: read.wantsHuman || acts.includes('talk_to_human'),
      };
    },
  };
}

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');

/** Runs it, telling of each command that it wants. */
export function* noting<T>(run: Run<T>, each: (effect: Effect) => void): Run<T> {
  let step = run.next();
  while (!step.done) {
    each(step.value);
    let result: unknown;
    try {
      result = yield step.value;
    } catch (error) {
      step = run.throw(error);
      continue;
    }
    step = run.next(result);
  }
  return step.value;
}
