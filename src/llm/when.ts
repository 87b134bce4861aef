import type { Decision } from '../nlu/decide.ts';
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

/** The same as a talk asks it: it abstains where it heard something and knows nothing to do with it. */
export const needsOpinion = (
  text: string,
  read: { acts: string[]; junk: { label: string }; optOut: boolean; wantsHuman: boolean },
  missed: boolean,
): boolean =>
  needsLlm(
    text,
    read as Pick<Understanding, 'acts' | 'junk' | 'optOut' | 'wantsHuman'>,
    missed ? 'ask' : 'act',
  ) !== undefined;
