import { fault } from '../errors.ts';
import { costOf, type RegexCost } from './regex-cost.ts';
import { isTimeLimited, OutOfTimeError, withinTime } from './time-limit.ts';

/** So many steps take a few milliseconds. */
const SAFE_STEPS = 1e7;
const SAFE_EXPONENT = 8;
const LIMIT_MS = 250;
/** As MongoDB reports it when the expression's own limits are reached. */
const REGEX_FAILED = 51156;

let limited = 0;

/** How many matches have been run under a limit of their own: for callers that can limit many together. */
export const limitedMatches = (): number => limited;

/**
 * A regular expression that cannot hold up the server: one that might take very long on its text is stopped, and the
 * command refused. Others run as they are.
 */
export class BoundedRegExp {
  readonly #regex: RegExp;
  readonly #cost: RegexCost;

  constructor(source: string, flags: string) {
    this.#regex = new RegExp(source, flags);
    this.#cost = costOf(source);
  }

  test(text: string): boolean {
    return this.#run(text, () => this.#regex.test(text));
  }

  exec(text: string): RegExpExecArray | null {
    return this.#run(text, () => this.#regex.exec(text));
  }

  /** Needs the flag g. */
  execAll(text: string): RegExpExecArray[] {
    return this.#run(text, () => [...text.matchAll(this.#regex)]);
  }

  #run<T>(text: string, work: () => T): T {
    this.#regex.lastIndex = 0;
    try {
      if (isTimeLimited() || this.#isSafeOn(text.length)) return work();
      limited++;
      return withinTime(LIMIT_MS, work);
    } catch (error) {
      throw explained(error);
    }
  }

  #isSafeOn(length: number): boolean {
    const { isExponential, loops, choices } = this.#cost;
    if (isExponential && length > SAFE_EXPONENT) return false;
    return (length + 1) ** (loops + 1) * 2 ** choices <= SAFE_STEPS;
  }
}

function explained(error: unknown): unknown {
  if (error instanceof OutOfTimeError) {
    return fault(
      REGEX_FAILED,
      'Error occurred while executing the regular expression: it takes too long on one of the texts. Avoid repetitions within repetitions.',
    );
  }
  // The engine's own limits: the stack of what it has tried, and the size of the compiled pattern.
  if (error instanceof RangeError || error instanceof SyntaxError) {
    return fault(REGEX_FAILED, `Error occurred while executing the regular expression: ${error.message}`);
  }
  return error;
}
