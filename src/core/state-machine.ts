import { AppError } from './errors.ts';

/** A state machine as data: which state may follow which. `'*'` stands for every other state. */
export type StateMachine<S extends string = string> = {
  name: string;
  initial: S;
  states: Record<S, { label: string; to: (S | '*')[]; final?: boolean }>;
};

export function allowedMoves<S extends string>(machine: StateMachine<S>, from: S): S[] {
  const to = machine.states[from]?.to ?? [];
  if (to.includes('*')) return (Object.keys(machine.states) as S[]).filter((state) => state !== from);
  return to as S[];
}

export function canMove<S extends string>(machine: StateMachine<S>, from: S, to: S): boolean {
  return allowedMoves(machine, from).includes(to);
}

/** Throws `lead.move_not_allowed` with the moves that are. */
export function assertMove<S extends string>(machine: StateMachine<S>, from: S, to: S): void {
  if (canMove(machine, from, to)) return;
  const label = (state: S) => machine.states[state]?.label ?? state;
  const allowed = allowedMoves(machine, from).map(label).join(', ') || 'nothing';
  throw new AppError('lead.move_not_allowed', { from: label(from), to: label(to), allowed });
}
