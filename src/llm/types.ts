/** What the language layer takes and gives. Imports nothing of ours. */

/** Why the offline answer stands. */
export type Failure =
  | 'off'
  | 'task-off'
  | 'budget-spent'
  | 'breaker-open'
  | 'timeout'
  | 'rate-limited'
  | 'unreachable'
  | 'refused'
  | 'not-json'
  | 'schema'
  | 'label-unknown'
  | 'entity-invented'
  | 'text-unsafe'
  | 'no-source';

/** Which engine decided is stored with what was decided. */
export type Outcome<T> =
  | { engine: 'llm'; value: T; model: string; tokens: number }
  | { engine: 'offline'; value: T; reason: Failure };

export const TASKS = ['understand', 'summarise', 'draft', 'answer'] as const;
export type Task = (typeof TASKS)[number];

export type LlmSettings = {
  /** Off by default: nothing of a customer leaves the house unless somebody chose it. */
  enabled: boolean;
  /** Any server that speaks the OpenAI chat-completions protocol. */
  baseUrl: string;
  model: string;
  /** Of one attempt, answer included; there is at most one more. */
  timeoutMs: number;
  /** Tokens a day, asked and answered, in the organisation's zone. */
  dailyTokens: number;
  tasks: Task[];
  /** How the server is told to answer in JSON; `text` for one that knows neither. */
  format: 'json_schema' | 'json_object' | 'text';
};

/** One call: a fixed instruction, and data that is never an instruction. */
export type Request = {
  task: Task;
  instruction: string;
  data: unknown;
  schemaName: string;
  schema: Record<string, unknown>;
  maxTokens: number;
};
export type Completion = { text: string; tokens: number };

/** A failure with its name; anything else that is thrown counts as `unreachable`. */
export class LlmError extends Error {
  readonly reason: Failure;
  /** The same call may succeed later. */
  readonly retryable: boolean;
  /** The server says when, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  constructor(reason: Failure, retryable = false, retryAfterMs?: number) {
    super(reason);
    this.reason = reason;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Articles of the organisation; the only thing an answer about the business may come from. */
export type Article = { id: string; title: string; text: string; url?: string };

/** A function where it may change while we run: asked at each call. */
export type ApiKey = string | (() => string);
export const keyNow = (key: ApiKey): string => (typeof key === 'string' ? key : key());
