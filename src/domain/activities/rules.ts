/** What follows from a call's outcome, and when a follow-up is told: pure. */
import { addMinutes } from '../../core/zone.ts';
import { type CallOutcome, ruleOf } from './outcomes.ts';

type Policy = { rnrRetryMinutes: number; busyRetryMinutes: number; unreachableRetryMinutes: number };

/** When to call again by policy; undefined where the outcome does not ask for it. */
export function retryAt(outcome: CallOutcome, now: Date, policy: Policy): Date | undefined {
  const { retry } = ruleOf(outcome);
  return retry && addMinutes(now, policy[retry]);
}

/** Each lead-time that still lies ahead, and the moment itself (0). */
export function reminders(at: Date, remind: number[], now: Date): { minutes: number; dueAt: Date }[] {
  return [...new Set([...remind, 0])]
    .map((minutes) => ({ minutes, dueAt: addMinutes(at, -minutes) }))
    .filter(({ dueAt }) => dueAt > now)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}
