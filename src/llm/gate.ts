/** Every call passes here: budget, breaker, one retry. */
import type { Clock } from '../core/clock.ts';
import { createBreaker } from './breaker.ts';
import { dayIn, estimate, spentBy, type TokenLedger } from './budget.ts';
import type { Complete } from './client.ts';
import { type Completion, LlmError, type LlmSettings, type Request } from './types.ts';

export type GateDeps = {
  settings: LlmSettings;
  complete: Complete;
  ledger: TokenLedger;
  clock: Clock;
  /** IANA; the day of the budget begins at its midnight. */
  zone: string;
  /** Waits between the two attempts; the process's own timers by default. */
  sleep?: (ms: number) => Promise<void>;
};

/** Longest wait that a busy server may ask for; beyond it the offline answer is the better one. */
const MOST_PATIENCE_MS = 4000;
const SHORT_PAUSE_MS = 250;

/** @throws LlmError, nothing else */
export function createGate({ settings, complete, ledger, clock, zone, sleep = wait }: GateDeps): Complete {
  const breaker = createBreaker(clock);

  return async (request) => {
    try {
      return await attempt(request);
    } catch (error) {
      const pause = pauseBefore(error);
      if (pause === undefined) throw error;
      await sleep(pause);
      return attempt(request);
    }
  };

  async function attempt(request: Request): Promise<Completion> {
    if (!breaker.allows()) throw new LlmError('breaker-open');
    const day = dayIn(zone, clock);
    const { most } = estimate(request);
    const reserved = await ledger.reserve(day, most, settings.dailyTokens).catch(() => undefined);
    if (!reserved) {
      breaker.released();
      // a ledger that cannot be read is a budget that is not known
      throw new LlmError('budget-spent');
    }
    let completion: Completion | undefined;
    try {
      completion = await complete(request);
      breaker.succeeded();
      return completion;
    } catch (error) {
      const known = error instanceof LlmError ? error : new LlmError('unreachable', true);
      // what the model wrote says nothing about the server: a customer's text must not switch it off for all
      if (known.reason === 'not-json') breaker.succeeded();
      else breaker.failed();
      throw known;
    } finally {
      await ledger.correct(day, spentBy(request, completion) - most).catch(() => undefined);
    }
  }
}

function pauseBefore(error: unknown): number | undefined {
  if (!(error instanceof LlmError) || !error.retryable) return undefined;
  const pause = error.retryAfterMs ?? SHORT_PAUSE_MS;
  return pause <= MOST_PATIENCE_MS ? pause : undefined;
}

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
