/** The kinds of step. Each does its part and names the step to go on with, or nothing to wait for the customer. */
import { following, type Step, type StepKind, type StepOf } from '../definition.ts';
import { holds, mapped } from '../expressions.ts';
import { callFlow, restCaller, restingPlace, returnToCaller } from '../turn/frames.ts';
import { handOff } from '../turn/person.ts';
import { say } from '../turn/say.ts';
import { scopeOf } from '../turn/scope.ts';
import { clear } from '../turn/slots.ts';
import type { Run, Talk } from '../turn/talk.ts';
import { askStep } from './ask.ts';
import { chooseStep } from './choose.ts';
import { runStep } from './run.ts';
import { sendStep } from './send.ts';
import { splitStep } from './split.ts';
import { waitStep } from './wait.ts';

type Next = string | undefined;
const table: { [K in StepKind]: (talk: Talk, step: StepOf<K>) => Next | Run<Next> } = {
  say: (talk, step) => {
    say(talk, step.say);
    return following(talk.flow, step);
  },
  ask: askStep,
  choose: chooseStep,
  branch: (talk, step) =>
    step.branch.find(({ when }) => holds(when, scopeOf(talk)))?.goto ??
    step.else ??
    following(talk.flow, step),
  run: runStep,
  send: (talk, step) => {
    sendStep(talk, step);
    return following(talk.flow, step);
  },
  clear: (talk, step) => {
    for (const name of step.clear) {
      if (talk.slots[name]) clear(talk, name, step.refuse);
      else delete talk.vars[name];
    }
    return following(talk.flow, step);
  },
  set: (talk, step) => {
    const values = mapped(step.set, scopeOf(talk));
    // Not only remembered: from here on we speak it.
    if (typeof values.language === 'string' && talk.texts[values.language])
      talk.memory.language = values.language;
    Object.assign(talk.vars, values);
    return following(talk.flow, step);
  },
  wait: waitStep,
  split: splitStep,
  call: (talk, step) => {
    const input = mapped(step.with, scopeOf(talk));
    const back = following(talk.flow, step) ?? restingPlace(talk.flow) ?? talk.flow.start;
    if (!callFlow(talk, step.call, back)) return back;
    Object.assign(talk.vars, input);
    return talk.step;
  },
  return: (talk, step) => {
    if (step.return === 'rest') restCaller(talk);
    if (returnToCaller(talk)) return talk.step;
    talk.memory.resting = true;
    talk.memory.asked = { step: talk.step, times: 1 };
    return undefined;
  },
  handoff: (talk, step) => {
    handOff(talk, step.handoff);
    return undefined;
  },
  goto: (_, step) => step.goto,
  rest: (talk, step) => {
    if (returnToCaller(talk)) return talk.step;
    if (!talk.memory.resting && !talk.quiet) say(talk, `${step.rest}.ask`);
    else if (!talk.parts.length && !talk.quiet) say(talk, `${step.rest}.again`);
    talk.memory.resting = true;
    talk.memory.asked = { step: step.id, times: 1 };
    return undefined;
  },
};

export function* perform(talk: Talk, step: Step): Run<Next> {
  const result = table[step.kind](talk, step as never);
  return isRun(result) ? yield* result : result;
}

const isRun = (value: Next | Run<Next>): value is Run<Next> => typeof value === 'object';
