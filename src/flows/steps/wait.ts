import { nextOpening } from '../../core/office.ts';
import { following, type StepOf } from '../definition.ts';
import { evaluate, expressionOf } from '../expressions.ts';
import { millis } from '../turn/durations.ts';
import { say } from '../turn/say.ts';
import { scopeOf } from '../turn/scope.ts';
import type { Talk } from '../turn/talk.ts';
import { instantOf } from '../turn/zone.ts';

/** Waits for a time or an event; the talk is woken for both (turn/wake.ts), and listens to the customer meanwhile. */
export function waitStep(talk: Talk, step: StepOf<'wait'>): string | undefined {
  const { memory, input } = talk;
  if (memory.wait?.step !== step.id) {
    const until = untilOf(talk, step);
    memory.wait = {
      step: step.id,
      ...(step.event && { event: step.event }),
      ...(until && { until: until.toISOString() }),
    };
  } else if (memory.wait.came || (step.event === 'message' && talk.heard)) {
    return leave(talk, following(talk.flow, step));
  } else if (step.text && talk.heard && !talk.parts.length && !talk.quiet) say(talk, `${step.text}.again`);
  if (memory.wait.until && Date.parse(memory.wait.until) <= input.now.getTime())
    return leave(talk, (step.event && step.timeout) || following(talk.flow, step));
  memory.asked = { step: step.id, times: 1 };
  return undefined;
}

function leave(talk: Talk, next: string | undefined): string | undefined {
  talk.memory.wait = undefined;
  talk.memory.asked = undefined;
  return next;
}

/** Nothing to wait until (a variable that is not there) is no wait where there is no event either. */
function untilOf(talk: Talk, step: StepOf<'wait'>): Date | undefined {
  const moment = step.wait.startsWith('=') ? momentOf(talk, step.wait) : after(talk, step.wait);
  if (!moment) return step.event ? undefined : talk.input.now;
  const early = new Date(moment.getTime() - (step.before ? millis(step.before) : 0));
  return step.hours ? nextOpening(early, talk.app.organisation) : early;
}

const after = (talk: Talk, time: string): Date => new Date(talk.input.now.getTime() + millis(time));

function momentOf(talk: Talk, expression: string): Date | undefined {
  const value = evaluate(expressionOf(expression), scopeOf(talk));
  if (typeof value !== 'string') return undefined;
  const moment = /T\d\d:\d\d$/.test(value) ? instantOf(value, talk.zone) : new Date(value);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
