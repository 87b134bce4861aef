/**
 * The language layer, off by default: asked only where offline understanding abstains, and believed only as far as its
 * answer can be checked. Nothing here throws; whatever fails, the offline answer stands and the outcome says why.
 * It is slow and may be down, so it is never called in a transaction: see README.md for how a turn uses it.
 */
import type { Clock } from '../core/clock.ts';
import type { TokenLedger } from './budget.ts';
import { type Complete, createClient } from './client.ts';
import { createGate } from './gate.ts';
import { type Answered, type AnswerInput, request as answering } from './tasks/answer.ts';
import { type DraftInput, request as drafting } from './tasks/draft.ts';
import { type SummariseInput, request as summing } from './tasks/summarise.ts';
import { type UnderstandInput, type Understood, request as understanding } from './tasks/understand.ts';
import { type ApiKey, LlmError, type LlmSettings, type Outcome, type Request } from './types.ts';

export { memoryLedger, type TokenLedger } from './budget.ts';
export type { ConversationLine } from './tasks/lines.ts';
export { storedLedger } from './token-ledger.ts';
export type * from './types.ts';
export { needsLlm } from './when.ts';

export type LlmDeps = {
  settings: LlmSettings;
  apiKey: ApiKey;
  clock: Clock;
  /** IANA zone of the organisation: when the budget's day begins. */
  zone: string;
  ledger: TokenLedger;
  sleep?: (ms: number) => Promise<void>;
};

export type Llm = {
  /** `offline` is what stands if anything fails. */
  understand(input: UnderstandInput, offline: Understood): Promise<Outcome<Understood>>;
  summarise(input: SummariseInput, offline: string): Promise<Outcome<string>>;
  /** For staff to read and send; undefined where none could be made. */
  draft(input: DraftInput): Promise<Outcome<string | undefined>>;
  /** From these entries of the knowledge base, with its source; undefined where the entry's own words are to stand. */
  answer(input: AnswerInput): Promise<Outcome<Answered | undefined>>;
};

export function createLlm(deps: LlmDeps): Llm {
  const { settings } = deps;
  let gate: Complete | undefined;

  return {
    understand: (input, offline) => ask(() => understanding(input), offline),
    summarise: (input, offline) => ask(() => summing(input), offline),
    draft: (input) => ask<string | undefined>(() => drafting(input), undefined),
    answer: (input) => ask<Answered | undefined>(() => answering(input), undefined),
  };

  async function ask<T>(
    make: () => { request: Request; read: (text: string) => T },
    offline: T,
  ): Promise<Outcome<T>> {
    const stands = (reason: LlmError['reason']): Outcome<T> => ({
      engine: 'offline',
      value: offline,
      reason,
    });
    if (!settings.enabled) return stands('off');
    try {
      const { request, read } = make();
      if (!settings.tasks.includes(request.task)) return stands('task-off');
      gate ??= createGate({ ...deps, complete: createClient(settings, deps.apiKey) });
      const { text, tokens } = await gate(request);
      return { engine: 'llm', value: read(text), model: settings.model, tokens };
    } catch (error) {
      return stands(error instanceof LlmError ? error.reason : 'unreachable');
    }
  }
}
