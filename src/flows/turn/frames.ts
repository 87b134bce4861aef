/** One flow going through another, and back. */
import { type Flow, stepById } from '../definition.ts';
import type { FlowVersions } from '../versions.ts';
import { type Memory, type Talk, viewOf } from './talk.ts';

/** A flow that calls itself over others would never come back. */
const deepest = 5;

export const isRunning = (talk: Talk, name: string): boolean =>
  talk.flow.name === name || talk.callers.some((caller) => caller.name === name);

/** @param back the step of this flow to go on with afterwards. Answers whether the other flow was begun. */
export function callFlow(talk: Talk, name: string, back: string): boolean {
  const flow = talk.flows.get(name);
  const { memory } = talk;
  if (!flow || isRunning(talk, name) || talk.callers.length >= deepest) return false;
  memory.stack.push({
    flow: talk.flow.name,
    version: talk.flow.version,
    step: back,
    resting: memory.resting,
    ...(memory.asked?.step === back && { asked: memory.asked }),
  });
  enter(talk, flow, [...talk.callers, talk.flow]);
  memory.asked = undefined;
  memory.resting = false;
  memory.moment = {};
  talk.step = flow.start;
  return true;
}

/** Back to where the caller stood; answers false where nobody called. */
export function returnToCaller(talk: Talk): boolean {
  const { memory } = talk;
  const frame = memory.stack.pop();
  const caller = talk.callers.at(-1);
  if (!frame || !caller) return false;
  enter(talk, caller, talk.callers.slice(0, -1));
  memory.asked = frame.asked;
  memory.resting = frame.resting;
  memory.moment = {};
  talk.step = frame.step;
  return true;
}

/** What the caller was asking is over: it will rest. */
export function restCaller(talk: Talk): void {
  const frame = talk.memory.stack.at(-1);
  const place = talk.callers.length ? restingPlace(talk.callers.at(-1)!) : undefined;
  if (!frame || !place) return;
  Object.assign(frame, { step: place, resting: true });
  delete frame.asked;
}

/** Where a talk rests that is over in this flow. */
export const restingPlace = (flow: Flow): string | undefined =>
  flow.steps.find((step) => step.kind === 'rest')?.id;

function enter(talk: Talk, flow: Flow, callers: Flow[]): void {
  Object.assign(talk, { flow, callers, ...viewOf(flow, callers) });
}

/** The callers that a session remembers, in the versions that it began with where these still exist. */
export function callersOf(memory: Pick<Memory, 'stack'>, flows: FlowVersions): Flow[] {
  memory.stack = memory.stack.filter(({ flow }) => flows.get(flow));
  return memory.stack.map((frame) => {
    const flow = (flows.get(frame.flow, frame.version) ?? flows.get(frame.flow))!;
    if (!stepById(flow, frame.step)) frame.step = restingPlace(flow) ?? flow.start;
    return flow;
  });
}
