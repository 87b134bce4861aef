import type { Clock } from '../core/clock.ts';
import type { Completion, Request } from './types.ts';

/** Tokens spent a day, kept where a restart and a second process see them. */
export type TokenLedger = {
  /** Adds `tokens` to the day unless that would go beyond `limit`; false: nothing was added. One atomic step. */
  reserve(day: string, tokens: number, limit: number): Promise<boolean>;
  /** Corrects a reservation: `difference` is negative where less was used. */
  correct(day: string, difference: number): Promise<void>;
};

/** The fake beside the port: for tests and one process without a store. */
export function memoryLedger(): TokenLedger & { spent(day: string): number } {
  const days = new Map<string, number>();
  return {
    spent: (day) => days.get(day) ?? 0,
    async reserve(day, tokens, limit) {
      const after = (days.get(day) ?? 0) + tokens;
      if (after > limit) return false;
      days.set(day, after);
      return true;
    },
    async correct(day, difference) {
      days.set(day, Math.max(0, (days.get(day) ?? 0) + difference));
    },
  };
}

/** The organisation's calendar day at an instant, 'YYYY-MM-DD'. */
export function dayIn(zone: string, clock: Clock): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(clock.now());
}

/** What a call may cost at most: three bytes a token is on the safe side for every script. */
export function estimate(request: Request): { asked: number; most: number } {
  const asked = Math.ceil(Buffer.byteLength(JSON.stringify(request)) / 3) + 200;
  return { asked, most: asked + request.maxTokens };
}

/** A failed call may have been charged for what was asked; a completed one tells, if its server counts. */
export function spentBy(request: Request, completion: Completion | undefined): number {
  const { asked } = estimate(request);
  if (!completion) return asked;
  return completion.tokens || asked + Math.ceil(Buffer.byteLength(completion.text) / 3);
}
