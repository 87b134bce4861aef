import { isAppError } from '../../core/errors.ts';
import { following, type StepOf } from '../definition.ts';
import { mapped } from '../expressions.ts';
import { scopeOf } from '../turn/scope.ts';
import type { Run, Talk } from '../turn/talk.ts';

/** Runs a command of the catalogue; a refusal that the step knows leads on, any other ends the turn. */
export function* runStep(talk: Talk, step: StepOf<'run'>): Run<string | undefined> {
  try {
    const output = yield { command: step.run, input: mapped(step.with, scopeOf(talk)) };
    if (step.into) talk.vars[step.into] = kept(output);
    return following(talk.flow, step);
  } catch (error) {
    const target = isAppError(error)
      ? (step.onError[error.code] ?? (error.code === 'internal' ? undefined : step.onError['*']))
      : undefined;
    if (!target) throw error;
    talk.vars.lastError = (error as Error).message;
    return target;
  }
}

/** Of an answer only its own fields are remembered, so that a session stays small. */
export const kept = (output: unknown): unknown =>
  output && typeof output === 'object' && !Array.isArray(output)
    ? Object.fromEntries(
        Object.entries(output).filter(([, value]) => value === null || typeof value !== 'object'),
      )
    : output;
