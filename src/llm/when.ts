import { type Decision, decide } from '../nlu/decide.ts';
import type { Understanding } from '../nlu/types.ts';

export type Need = 'abstains' | 'several' | 'long';

const LONG_CHARS = 600;
/** "Hi, the price please" is one wish. */
const courtesies = new Set<string>(['greet', 'thanks', 'affirm', 'deny', 'give_details']);

/** Whether a message is worth a call: what offline understanding is sure of never is. Pure. */
export function needsLlm(
  text: string,
  { acts, junk, optOut, wantsHuman }: Pick<Understanding, 'acts' | 'junk' | 'optOut' | 'wantsHuman'>,
  decision: Decision['kind'],
): Need | undefined {
  // who wants to stop or wants a person gets that, and junk is not worth money
  if (optOut || wantsHuman || junk.label !== 'ok') return undefined;
  if (text.trim().length < 3) return undefined;
  if (decision === 'ask') return 'abstains';
  if (acts.filter((act) => !courtesies.has(act)).length > 1) return 'several';
  return text.length > LONG_CHARS ? 'long' : undefined;
}

/**
 * The same as a talk asks it. It abstains where it knows nothing to do with a message, or where it would answer one of
 * which it is not sure; what it took an answer from, it has understood.
 */
export function needsOpinion(
  text: string,
  read: { acts: string[]; intents: { label: string; score: number }[]; junk: { label: string } } & Pick<
    Understanding,
    'optOut' | 'wantsHuman'
  >,
  heard: 'taken' | 'answered' | 'missed',
): boolean {
  const understanding = read as Understanding;
  const decision =
    heard === 'missed' ? 'ask' : heard === 'taken' ? 'act' : decide(understanding.intents).kind;
  return needsLlm(text, understanding, decision) !== undefined;
}
