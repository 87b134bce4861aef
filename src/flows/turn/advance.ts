/** Goes on from step to step until there is something to wait for. */
import { following, stepById } from '../definition.ts';
import { holds } from '../expressions.ts';
import { perform } from '../steps/index.ts';
import { handOff } from './person.ts';
import { scopeOf } from './scope.ts';
import type { Run, Talk } from './talk.ts';
import { arrive } from './walk.ts';

const mostSteps = 100;

/** Between the messages of a burst: what is answered is behind us, so that the next message is read for what follows. */
export function moveOn(talk: Talk): void {
  for (
    let step = stepById(talk.flow, talk.step);
    step?.kind === 'ask';
    step = stepById(talk.flow, talk.step)
  ) {
    const refused = talk.memory.refused.includes(step.ask);
    if (talk.vars[step.ask] === undefined && !refused && holds(step.when, scopeOf(talk))) {
      if (talk.memory.asked?.step !== step.id) talk.memory.asked = { step: step.id, times: 0 };
      return;
    }
    const next = (refused && step.refuse) || following(talk.flow, step);
    if (!next) return;
    talk.step = next;
  }
}

export function* advance(talk: Talk): Run {
  for (let count = 0; count < mostSteps; count++) {
    const step = stepById(talk.flow, talk.step);
    if (!step) {
      talk.step = talk.flow.start;
      continue;
    }
    arrive(talk, step.id);
    const { flow } = talk;
    const next = holds(step.when, scopeOf(talk)) ? yield* perform(talk, step) : following(flow, step);
    if (next === undefined) return;
    talk.step = next;
  }
  // The loader refuses loops without an exit, so this is a flow whose conditions contradict each other.
  handOff(talk, 'person.handoff');
}
