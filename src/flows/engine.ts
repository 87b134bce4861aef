/**
 * The conversation engine: decides a turn from the flow's version, the session and what was heard, and touches nothing.
 * Order of a turn: hear every event (take answers, answer questions) → judge (re-ask, offer a person) → go on through
 * the steps → keep records level → say what there is to say.
 */
import type { AppConfig } from '../core/config-schema.ts';
import type { InboundEvent } from '../core/messaging.ts';
import type { Decide, Effect, Session, TurnInput, TurnOutcome } from '../core/turn.ts';
import { type Flow, stepById } from './definition.ts';
import type { Nlu } from './nlu.ts';
import { advance, moveOn } from './turn/advance.ts';
import { callersOf, restingPlace } from './turn/frames.ts';
import { firstLanguage, hear } from './turn/hear.ts';
import { noteConsulted } from './turn/knowledge.ts';
import { liveOf } from './turn/live.ts';
import { summary } from './turn/person.ts';
import { prefill } from './turn/prefill.ts';
import { judge } from './turn/reask.ts';
import { replies, say, textsSaid } from './turn/say.ts';
import {
  doubtOf,
  type NeedsOpinion,
  noting,
  phrasingOf,
  resume,
  waitFor,
  withOpinion,
} from './turn/second-opinion.ts';
import { isSignal } from './turn/signals.ts';
import { freshMemory, type Memory, newTalk, type Talk, type WindowOf } from './turn/talk.ts';
import { nextDue } from './turn/wake.ts';
import { watch } from './turn/watch.ts';
import type { FlowVersions } from './versions.ts';

/**
 * @param config what config/app.yaml says; a running conversation keeps its flow version, the rest is as of now.
 * @param needsOpinion which messages another reader is shown before they are answered; absent: none.
 * @param phrases whether another reader may say in other words what an entry of the knowledge base answers
 */
export function createFlowEngine({
  flows,
  nlu,
  config,
  windowOf = () => undefined,
  needsOpinion,
  phrases = false,
}: {
  flows: FlowVersions;
  nlu: Nlu;
  config: { app: AppConfig };
  windowOf?: WindowOf;
  needsOpinion?: NeedsOpinion;
  phrases?: boolean;
}): { decide: Decide } {
  function* decide(given: TurnInput): Generator<Effect, TurnOutcome, unknown> {
    const resumed = resume(given);
    if (!resumed) return { session: given.session, replies: [] };
    const { input, text, opinion, phrased, decided } = resumed;
    if (!input.events.some((event) => isHeard(event, input.session)))
      return { session: input.session, replies: [], ...(decided && { decided }) };
    const reader = opinion && text ? withOpinion(nlu, text, opinion) : nlu;
    const talk = openTalk(input, { flows, nlu: reader, app: config.app, windowOf });
    if (phrased) talk.phrased = phrased;
    const already = new Set<string>();
    if (input.session === null) begin(talk);
    talk.memory.expecting = input.session ? talk.memory.expecting : undefined;
    let acted = false;
    for (const event of withoutLateWakes(input.events)) {
      yield* noting(hear(talk, event, already), ({ command }) => {
        acted ||= command !== 'knowledge.find';
      });
      moveOn(talk);
      talk.unasked = false;
    }
    const isTold = Boolean(talk.consulted?.given.length);
    const doubt =
      decided || acted
        ? undefined
        : (phrases && phrasingOf(talk)) || (needsOpinion && !isTold && doubtOf(talk, needsOpinion));
    if (doubt) return waitFor(talk, input, doubt);
    talk.memory.expecting = talk.problem?.expecting;
    if (talk.heard) judge(talk);
    if (!talk.silent && talk.mode !== 'human') yield* advance(talk);
    yield* watch(talk);
    yield* noteConsulted(talk);
    return { ...close(talk), ...(decided && { decided }) };
  }
  return { decide };
}

/** Who has written meanwhile needs no waking: beside a message the alarm is nothing. */
const withoutLateWakes = (events: InboundEvent[]): InboundEvent[] =>
  events.some(({ body }) => body.kind !== 'signal')
    ? events.filter(({ body }) => body.kind !== 'signal' || body.name !== 'wake')
    : events;

/** Of what is no message, an opened chat is greeted, the first time; a talk that has not begun has nothing to wake. */
const isHeard = ({ body }: InboundEvent, session: Session | null): boolean =>
  body.kind !== 'signal' ||
  (body.name === 'opened' && session === null) ||
  (isSignal(body) && (session !== null || body.name === 'flow'));

type Surroundings = { flows: FlowVersions; nlu: Nlu; app: AppConfig; windowOf: WindowOf };

function openTalk(input: TurnInput, { flows, nlu, app, windowOf }: Surroundings): Talk {
  const { session } = input;
  const memory: Memory = { ...freshMemory(), ...(copyOf(session?.state ?? {}) as Partial<Memory>) };
  const flow = flowOf(session, memory, flows, app);
  const callers = callersOf(memory, flows);
  const step = session && stepById(flow, session.step) ? session.step : flow.start;
  const vars = copyOf(session?.vars ?? {});
  const talk = newTalk({ flow, callers, flows, windowOf, input, app, nlu, step, vars, memory });
  prefill(talk);
  return talk;
}

/** A session is plain data; the turn works on a copy, so that a turn decided twice begins the same both times. */
function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as T;
}

/** A talk that has come to rest, or was given up, takes the newest version; one that is running keeps its own. */
function flowOf(session: Session | null, memory: Memory, flows: FlowVersions, app: AppConfig): Flow {
  const name = session?.flow ?? app.bot.flow;
  const over = (memory.resting || memory.released) && !memory.stack.length;
  const own = session && !over ? flows.get(name, session.flowVersion) : undefined;
  const flow = own ?? flows.get(name) ?? flows.get(app.bot.flow);
  if (!flow) throw new Error(`There is no flow "${name}".`);
  return flow;
}

/** The greeting comes before the answer to what the customer wrote first. */
function begin(talk: Talk): void {
  if (talk.input.events.every(({ body }) => isSignal(body))) {
    // We begin, with another flow: what usually opens a talk is not said.
    talk.step = restingPlace(talk.flow) ?? talk.step;
    talk.memory.resting = true;
    return;
  }
  firstLanguage(talk);
  const first = stepById(talk.flow, talk.step);
  if (first?.kind !== 'say' || talk.silent) return;
  say(talk, first.say);
  const next = first.next ?? talk.flow.steps[talk.flow.steps.indexOf(first) + 1]?.id;
  if (next) talk.step = next;
  // The first message may answer the first question before it is asked.
  if (next && stepById(talk.flow, next)?.kind === 'ask') talk.memory.asked = { step: next, times: 0 };
}

function close(talk: Talk): TurnOutcome {
  const { memory, input } = talk;
  const said = textsSaid(talk);
  const messages = replies(talk);
  if (messages.length) {
    memory.last = said;
    memory.choices = talk.choices;
  }
  if (talk.filled.length) memory.lastFilled = talk.filled;
  if (talk.heard) memory.lastAt = input.now.toISOString();
  const wakeAt = newWake(talk);
  return {
    session: {
      flow: talk.flow.name,
      flowVersion: talk.flow.version,
      step: talk.step,
      vars: talk.vars,
      state: memory as unknown as Record<string, unknown>,
    },
    replies: messages,
    ...(talk.mode && talk.mode !== input.conversation.mode && { mode: talk.mode }),
    ...(memory.language && memory.language !== input.conversation.language && { language: memory.language }),
    ...(talk.mode === 'human' && { summary: summary(talk) }),
    ...(wakeAt && { wakeAt }),
    ...(input.conversation.meta.live === true && { live: liveOf(talk) }),
  };
}

/** A new time only where none is arranged that comes first: a talk that is woken too early arranges the next itself. */
function newWake(talk: Talk): Date | undefined {
  const { memory, input } = talk;
  const due = nextDue(talk);
  const arranged = memory.wakeAt ? Date.parse(memory.wakeAt) : Number.POSITIVE_INFINITY;
  if (!due || (arranged > input.now.getTime() && arranged <= due.getTime())) return undefined;
  memory.wakeAt = due.toISOString();
  return due;
}
