import { type Doc, int, intValue } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { type Context, doc } from './context.ts';

const NAMES = ['failCommand', 'onPrimaryTransactionalWrite', 'failGetMoreAfterCursorCheckout'] as const;
type Name = (typeof NAMES)[number];

/** Codes after which a driver tries a write again. Source: MongoDB's retryable writes specification. */
const RETRYABLE_CODES = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
/** And after which a change stream goes on. Source: MongoDB's change streams specification. */
const RESUMABLE_CODES = new Set([...RETRYABLE_CODES, 63, 133, 150, 234, 13388]);

interface Point {
  /** How many are let pass first. */
  skip: number;
  left: number;
  data: Doc;
}

/** What is made of one command. */
export interface Failure {
  closeConnection: boolean;
  blockMs: number;
  /** Instead of running the command. */
  reply?: Doc;
  /** Beside the command's own result. */
  writeConcernError?: Doc;
  labels: string[];
}

/** MongoDB's fail points, with which drivers' tests provoke errors. Only with `testCommands`. */
export class FailPoint {
  readonly #points = new Map<Name, Point>();

  configure(ctx: Context): Doc {
    const name = ctx.body.get('configureFailPoint') as Name;
    if (!NAMES.includes(name)) {
      throw fault('CommandNotSupported', `Only these fail points are supported: ${NAMES.join(', ')}.`);
    }
    const mode = ctx.body.get('mode');
    const data = ctx.body.get('data');
    const point: Point = {
      skip: 0,
      left: Number.POSITIVE_INFINITY,
      data: data instanceof Map ? data : new Map(),
    };
    if (mode === 'off') this.#points.delete(name);
    else if (mode === 'alwaysOn') this.#points.set(name, point);
    else if (mode instanceof Map && (mode.has('times') || mode.has('skip'))) {
      point.left = intValue(mode.get('times')) ?? Number.POSITIVE_INFINITY;
      point.skip = intValue(mode.get('skip')) ?? 0;
      this.#points.set(name, point);
    } else throw fault('CommandNotSupported', 'A fail point knows the modes off, alwaysOn, times and skip.');
    return doc();
  }

  /** What is to happen to this command; counts it. */
  take(name: string, body: Doc, appName: string | undefined): Failure | undefined {
    if (name === 'getMore') {
      const data = this.#hit('failGetMoreAfterCursorCheckout', () => true);
      if (data !== undefined) return failureOf(data, body, true);
    }
    const data = this.#hit('failCommand', (candidate) => {
      const commands = candidate.get('failCommands');
      const wanted = candidate.get('appName');
      return (
        Array.isArray(commands) && commands.includes(name) && (wanted === undefined || wanted === appName)
      );
    });
    return data && failureOf(data, body);
  }

  /** For each write of a retryable statement: an error before it, and a cut connection after it. */
  takeWrite(): { code?: number; closeConnection: boolean } | undefined {
    const data = this.#hit('onPrimaryTransactionalWrite', () => true);
    if (data === undefined) return undefined;
    const code = intValue(data.get('failBeforeCommitExceptionCode'));
    return { code, closeConnection: data.get('closeConnection') !== false };
  }

  #hit(name: Name, fits: (data: Doc) => boolean): Doc | undefined {
    const point = this.#points.get(name);
    if (point === undefined || point.left <= 0 || !fits(point.data)) return undefined;
    if (point.skip > 0) {
      point.skip--;
      return undefined;
    }
    point.left--;
    return point.data;
  }
}

function failureOf(data: Doc, body: Doc, isOfCursor = false): Failure {
  const given = data.get('errorLabels');
  const code = intValue(data.get('errorCode'));
  const concern = data.get('writeConcernError');
  // Before the server has looked at the cursor it does not know that it is a change stream's.
  const labels = isOfCursor ? resumable : labelsOf;
  const failure: Failure = {
    closeConnection: data.get('closeConnection') === true,
    blockMs: data.get('blockConnection') === true ? (intValue(data.get('blockTimeMS')) ?? 0) : 0,
    labels: Array.isArray(given) ? (given as string[]) : code !== undefined ? labels(body, code) : [],
  };
  if (code !== undefined) {
    failure.reply = doc(
      ['ok', 0],
      ['errmsg', "Failing command via 'failCommand' failpoint"],
      ['code', int(code)],
      ['codeName', NAMES_OF_CODES[code] ?? fault(code, '').codeName],
    );
  } else if (concern instanceof Map) {
    failure.writeConcernError = concern;
    const isInTransaction = body.get('autocommit') === false && !isEnding(body);
    if (!Array.isArray(given) && !isInTransaction)
      failure.labels = labelsOf(body, intValue(concern.get('code')) ?? 0);
  }
  return failure;
}

const NAMES_OF_CODES: Record<number, string> = {
  91: 'ShutdownInProgress',
  189: 'PrimarySteppedDown',
  10107: 'NotWritablePrimary',
  11600: 'InterruptedAtShutdown',
  11602: 'InterruptedDueToReplStateChange',
};

/** LockTimeout, WriteConflict, SnapshotUnavailable, NoSuchTransaction, PreparedTransactionInProgress. */
const TRANSIENT_CODES = new Set([24, 112, 246, 251, 267]);

function resumable(_body: Doc, code: number): string[] {
  return RESUMABLE_CODES.has(code) ? ['ResumableChangeStreamError'] : [];
}

/** The server labels what may be tried again. */
function labelsOf(body: Doc, code: number): string[] {
  if (!body.has('txnNumber')) return [];
  if (body.get('autocommit') === false) {
    if (TRANSIENT_CODES.has(code)) return ['TransientTransactionError'];
    if (!isEnding(body)) return RETRYABLE_CODES.has(code) ? ['TransientTransactionError'] : [];
  }
  return RETRYABLE_CODES.has(code) ? ['RetryableWriteError'] : [];
}

function isEnding(body: Doc): boolean {
  const name = body.keys().next().value;
  return name === 'commitTransaction' || name === 'abortTransaction';
}
