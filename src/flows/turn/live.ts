/** For whoever waits on the line for this very answer: what they are asked, in which language, and whether it was all. */
import type { Live } from '../../core/turn.ts';
import { stepById } from '../definition.ts';
import { localeOf, type Talk } from './talk.ts';

export function liveOf(talk: Talk): Live {
  const { memory, flow, slots } = talk;
  const step = stepById(flow, memory.asked?.step ?? '');
  const expects = step?.kind === 'ask' ? slots[step.ask]?.type : undefined;
  return {
    language: localeOf(talk) === 'hi' ? 'hi' : 'en',
    ...(expects && { expects }),
    ...(memory.resting && { resting: true }),
  };
}
