/** The way through the steps, counted: what the funnel of a flow is made of. Kept in the session, so it costs no write. */
import type { Talk } from './talk.ts';

/** Times entered, gone on from, asked again, handed over; seconds waited in all, and how often there was a wait. */
export type Steps = Record<string, [number, number, number, number, number, number]>;
export type Walk = {
  steps: Record<string, Steps>;
  /** The step that the talk is at, and since when (ISO). */
  at?: { flow: string; step: string; since: string };
};

const counted = (talk: Talk, flow: string, step: string) => {
  const { steps } = talk.memory.walk;
  steps[flow] ??= {};
  steps[flow][step] ??= [0, 0, 0, 0, 0, 0];
  return steps[flow][step];
};

/** The talk comes to a step: it has left the one before it. */
export function arrive(talk: Talk, step: string): void {
  const { walk } = talk.memory;
  const { at } = walk;
  const flow = talk.flow.name;
  if (at?.flow === flow && at.step === step) return;
  const now = talk.input.now.toISOString();
  if (at) {
    const left = counted(talk, at.flow, at.step);
    left[1]++;
    const seconds = Math.round((talk.input.now.getTime() - Date.parse(at.since)) / 1000);
    if (seconds > 0) {
      left[4] += seconds;
      left[5]++;
    }
  }
  counted(talk, flow, step)[0]++;
  walk.at = { flow, step, since: now };
}

export function askedAgain(talk: Talk): void {
  if (talk.memory.asked) counted(talk, talk.flow.name, talk.memory.asked.step)[2]++;
}
export function handedOver(talk: Talk): void {
  counted(talk, talk.flow.name, talk.memory.asked?.step ?? talk.step)[3]++;
}
