import { createHash } from 'node:crypto';
import type { StepOf } from '../definition.ts';
import type { Talk } from '../turn/talk.ts';

/** The way of this conversation: drawn by its id, so that it is the same however often it is asked, and then kept. */
export function splitStep(talk: Talk, step: StepOf<'split'>): string {
  const key = `${talk.flow.name}.${step.id}`;
  const kept = step.split.find(({ name }) => name === talk.memory.variants[key]);
  const taken = kept ?? draw(step.split, fraction(`${key} ${talk.input.conversation.id}`));
  talk.memory.variants[key] = taken.name;
  return taken.goto;
}

function draw<W extends { share: number }>(ways: W[], point: number): W {
  const whole = ways.reduce((sum, { share }) => sum + share, 0);
  let upTo = 0;
  for (const way of ways) {
    upTo += way.share;
    if (point * whole < upTo) return way;
  }
  return ways.at(-1)!;
}

/** 0 ≤ x < 1, evenly spread. */
const fraction = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
