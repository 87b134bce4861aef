/** What reaches a talk that is no message: a time that came, an event, a colleague who hands it back, a flow to begin. */
import type { InboundBody } from '../../core/messaging.ts';
import { following, stepById } from '../definition.ts';
import { callFlow, restingPlace, returnToCaller } from './frames.ts';
import { say } from './say.ts';
import type { Talk } from './talk.ts';
import { wake } from './wake.ts';

type Signal = Extract<InboundBody, { kind: 'signal' }>;
type Take = (talk: Talk, data: Record<string, unknown>) => void;

/** `{name: 'wake'}`, `{name: 'event', data: {event, payload}}`, `{name: 'handedBack'}`, `{name: 'hungUp'}`, `{name: 'flow', data: {flow, vars}}` */
const table: Record<string, Take> = {
  wake: (talk) => wake(talk),
  event: (talk, { event, payload }) => {
    const step = stepById(talk.flow, talk.memory.wait?.step ?? '');
    if (step?.kind !== 'wait' || step.event !== event) return;
    talk.memory.wait!.came = true;
    talk.vars.event = payload;
  },
  handedBack: (talk) => handedBack(talk),
  // There is nobody any more who could be reminded.
  hungUp: (talk) => {
    talk.memory.released = true;
    talk.silent = true;
  },
  flow: (talk, { flow, vars }) => {
    if (talk.silent || typeof flow !== 'string') return;
    if (callFlow(talk, flow, talk.step)) Object.assign(talk.vars, vars);
  },
};

export const isSignal = (body: InboundBody): body is Signal =>
  body.kind === 'signal' && Object.hasOwn(table, body.name);

export function hearSignal(talk: Talk, { name, data = {} }: Signal): void {
  table[name]!(talk, data);
  talk.answered = true;
}

/** The bot goes on where it was: behind the hand-over, or at the question that is open. */
function handedBack(talk: Talk): void {
  const { memory } = talk;
  Object.assign(memory, { wantsHuman: false, offered: false, misses: 0, idle: 0 });
  const step = stepById(talk.flow, talk.step);
  if (step?.kind === 'handoff' && step.next) talk.step = following(talk.flow, step)!;
  else if (step?.kind === 'handoff') {
    memory.resting = true;
    if (!returnToCaller(talk)) talk.step = restingPlace(talk.flow) ?? talk.step;
  }
  if (memory.resting) talk.quiet = true;
  else say(talk, 'person.back');
}
