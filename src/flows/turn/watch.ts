/** Keeps records level with the talk: nothing is lost when the customer leaves in the middle. */
import { isAppError } from '../../core/errors.ts';
import type { Flow, Watch } from '../definition.ts';
import { holds, mapped } from '../expressions.ts';
import { kept } from '../steps/run.ts';
import { scopeOf } from './scope.ts';
import type { Run, Talk } from './talk.ts';

export function* watch(talk: Talk): Run {
  // Who asked to be left alone before there was a record gets none.
  if (talk.optedOut && !talk.vars.enquiry) return;
  for (const flow of [...talk.callers, talk.flow])
    for (const rule of flow.watch) yield* keepLevel(talk, flow, rule);
}

function* keepLevel(talk: Talk, flow: Flow, rule: Watch): Run {
  if (!holds(rule.when, scopeOf(talk)) || talk.memory.watched[keyOf(flow, rule.id)] === print(talk, rule))
    return;
  const input = mapped(rule.with, scopeOf(talk));
  const output = yield* attempt(rule, input);
  if (rule.into && output !== undefined) talk.vars[rule.into] = kept(output);
  for (const covered of [rule.id, ...rule.covers]) mark(talk, flow, covered);
}

/** A refusal (a number that is somebody else's) stands; the talk goes on, and the words are in the transcript. */
function* attempt(rule: Watch, input: Record<string, unknown>): Run<unknown> {
  try {
    return yield { command: rule.run, input };
  } catch (error) {
    if (!isAppError(error) || error.retryable) throw error;
    return undefined;
  }
}

function mark(talk: Talk, flow: Flow, id: string): void {
  const rule = flow.watch.find((known) => known.id === id);
  if (rule) talk.memory.watched[keyOf(flow, id)] = print(talk, rule);
}

const keyOf = (flow: Flow, id: string): string => `${flow.name}.${id}`;

const print = (talk: Talk, rule: Watch): string => JSON.stringify(mapped(rule.with, scopeOf(talk)));
