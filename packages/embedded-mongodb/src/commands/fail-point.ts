import { type Doc, int, intValue, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { type Context, doc } from './context.ts';

/** Codes after which a driver tries a write again. Source: MongoDB's retryable writes specification. */
const RETRYABLE_CODES = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** What `failCommand` makes of one command. */
export interface Failure {
  closeConnection: boolean;
  blockMs: number;
  /** Instead of running the command. */
  reply?: Doc;
  /** Beside the command's own result. */
  writeConcernError?: Doc;
  labels: string[];
}

/** MongoDB's fail point `failCommand`, with which drivers' tests provoke errors. Only with `testCommands`. */
export class FailPoint {
  #left = 0;
  #data: Doc = new Map();

  configure(ctx: Context): Doc {
    if (ctx.body.get('configureFailPoint') !== 'failCommand') {
      throw fault('CommandNotSupported', "Only the fail point 'failCommand' is supported.");
    }
    const mode = ctx.body.get('mode');
    if (mode === 'off') this.#left = 0;
    else if (mode === 'alwaysOn') this.#left = Number.POSITIVE_INFINITY;
    else if (mode instanceof Map && mode.has('times')) this.#left = intValue(mode.get('times')) ?? 0;
    else throw fault('CommandNotSupported', 'The fail point knows the modes off, alwaysOn and times.');
    const data = ctx.body.get('data');
    this.#data = data instanceof Map ? data : new Map();
    return doc();
  }

  /** What is to happen to this command; counts it. */
  take(name: string, body: Doc, appName: string | undefined): Failure | undefined {
    if (this.#left <= 0 || name === 'configureFailPoint') return undefined;
    const commands = this.#data.get('failCommands');
    if (!Array.isArray(commands) || !commands.includes(name)) return undefined;
    const wanted = this.#data.get('appName');
    if (wanted !== undefined && wanted !== appName) return undefined;
    this.#left--;
    return this.#failure(body);
  }

  #failure(body: Doc): Failure {
    const data = this.#data;
    const given = data.get('errorLabels');
    const code = intValue(data.get('errorCode'));
    const concern = data.get('writeConcernError');
    const failure: Failure = {
      closeConnection: data.get('closeConnection') === true,
      blockMs: data.get('blockConnection') === true ? (intValue(data.get('blockTimeMS')) ?? 0) : 0,
      labels: Array.isArray(given) ? (given as string[]) : labelsOf(body, code ?? codeOf(concern)),
    };
    if (code !== undefined) {
      failure.reply = doc(
        ['ok', 0],
        ['errmsg', "Failing command via 'failCommand' failpoint"],
        ['code', int(code)],
      );
    }
    if (concern instanceof Map) failure.writeConcernError = concern;
    return failure;
  }
}

function codeOf(concern: Value | undefined): number | undefined {
  return concern instanceof Map ? intValue(concern.get('code')) : undefined;
}

/** The server labels what may be tried again: retryable writes, and within a transaction everything transient. */
function labelsOf(body: Doc, code: number | undefined): string[] {
  if (code === undefined || !body.has('txnNumber')) return [];
  const name = body.keys().next().value;
  const isEnding = name === 'commitTransaction' || name === 'abortTransaction';
  if (body.get('autocommit') === false && !isEnding) {
    return RETRYABLE_CODES.has(code) || code === 112 || code === 251 ? ['TransientTransactionError'] : [];
  }
  return RETRYABLE_CODES.has(code) ? ['RetryableWriteError'] : [];
}
