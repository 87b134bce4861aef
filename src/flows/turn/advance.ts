/** Goes on from step to step until there is something to wait for. */
import { following, stepById } from '../definition.ts';
import { holds } from '../expressions.ts';
import { perform } from '../steps/index.ts';
import { handOff } from './person.ts';
import { type Run, scopeOf, type Talk } from './talk.ts';

const mostSteps = 100;

export function* advance(talk: Talk): Run {
  for (let count = 0; count < mostSteps; count++) {
    const step = stepById(talk.flow, talk.step);
    if (!step) {
      talk.step = talk.flow.start;
      continue;
    }
    const next = holds(step.when, scopeOf(talk)) ? yield* perform(talk, step) : following(talk.flow, step);
    if (next === undefined) return;
    talk.step = next;
  }
  // The loader refuses loops without an exit, so this is a flow whose conditions contradict each other.
  handOff(talk, 'person.handoff');
}
