/** Keeps records level with the talk: nothing is lost when the customer leaves in the middle. */
import { holds, mapped } from '../expressions.ts';
import { kept } from '../steps/run.ts';
import { type Run, scopeOf, type Talk } from './talk.ts';

export function* watch(talk: Talk): Run {
  if (talk.optedOut && !talk.vars.enquiry) return;
  for (const rule of talk.flow.watch) {
    if (!holds(rule.when, scopeOf(talk))) continue;
    const input = mapped(rule.with, scopeOf(talk));
    const print = JSON.stringify(comparable(input, rule.into));
    if (talk.memory.watched[rule.id] === print) continue;
    const output = yield { command: rule.run, input };
    if (rule.into) talk.vars[rule.into] = kept(output);
    talk.memory.watched[rule.id] = print;
  }
}

/** The id that the first run gave back is no change of what is known. */
const comparable = (input: Record<string, unknown>, into: string | undefined) =>
  Object.fromEntries(Object.entries(input).filter(([key]) => key !== `${into}Id`));
