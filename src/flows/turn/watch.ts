/** Keeps records level with the talk: nothing is lost when the customer leaves in the middle. */
import { isAppError } from '../../core/errors.ts';
import type { Watch } from '../definition.ts';
import { holds, mapped } from '../expressions.ts';
import { kept } from '../steps/run.ts';
import { type Run, scopeOf, type Talk } from './talk.ts';

export function* watch(talk: Talk): Run {
  // Who asked to be left alone before there was a record gets none.
  if (talk.optedOut && !talk.vars.enquiry) return;
  for (const rule of talk.flow.watch) {
    if (!holds(rule.when, scopeOf(talk)) || talk.memory.watched[rule.id] === print(talk, rule)) continue;
    const input = mapped(rule.with, scopeOf(talk));
    const output = yield* attempt(rule, input);
    if (rule.into && output !== undefined) talk.vars[rule.into] = kept(output);
    for (const covered of [rule.id, ...rule.covers]) mark(talk, covered);
  }
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

function mark(talk: Talk, id: string): void {
  const rule = talk.flow.watch.find((known) => known.id === id);
  if (rule) talk.memory.watched[id] = print(talk, rule);
}

const print = (talk: Talk, rule: Watch): string => JSON.stringify(mapped(rule.with, scopeOf(talk)));
