/** What follows from a call's outcome, and when a follow-up is told: pure. */
import { type CallOutcome, ruleOf } from './outcomes.ts';

type Policy = { rnrRetryMinutes: number; busyRetryMinutes: number; unreachableRetryMinutes: number };

/** When to call again by policy; undefined where the outcome does not ask for it. */
export function retryAt(outcome: CallOutcome, now: Date, policy: Policy): Date | undefined {
  const { retry } = ruleOf(outcome);
  return retry && new Date(now.getTime() + policy[retry] * 60_000);
}

/** Each lead-time that still lies ahead, and the moment itself (0). */
export function reminders(at: Date, remind: number[], now: Date): { minutes: number; dueAt: Date }[] {
  return [...new Set([...remind, 0])]
    .map((minutes) => ({ minutes, dueAt: new Date(at.getTime() - minutes * 60_000) }))
    .filter(({ dueAt }) => dueAt > now)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}
