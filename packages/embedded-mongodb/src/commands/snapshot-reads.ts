import { type Doc, Timestamp } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { View } from '../storage/kv.ts';
import { OverriddenView } from '../storage/overrides.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';

/** How long a state of the past can be read, as with MongoDB's `minSnapshotHistoryWindowInSeconds`. */
const WINDOW_MS = 300_000;
/** What is changed meanwhile is held in memory: only so many states are kept. */
const MAX_OPEN = 50;
const COMMANDS = new Set(['find', 'aggregate', 'distinct']);

interface Snapshot {
  time: Timestamp;
  commit: number;
  view: View;
  close(): void;
}

const openOf = new WeakMap<Store, Snapshot[]>();

/**
 * Read concern `snapshot` outside of transactions: the command reads the state as of `atClusterTime`, or as of now,
 * which can then be read again for five minutes. Returns what adds that time to the reply.
 */
export function readSnapshot(ctx: Context): ((reply: Doc) => void) | undefined {
  const concern = ctx.body.get('readConcern');
  if (ctx.transaction !== undefined || !(concern instanceof Map) || concern.get('level') !== 'snapshot') {
    return undefined;
  }
  // A cursor goes on with what it was opened on.
  if (ctx.name === 'getMore' || ctx.name === 'killCursors') return undefined;
  if (!COMMANDS.has(ctx.name)) {
    throw fault(
      'InvalidOptions',
      `The read concern 'snapshot' is not supported by ${ctx.name} outside of a transaction.`,
    );
  }
  const asked = concern.get('atClusterTime');
  if (asked !== undefined && !(asked instanceof Timestamp)) {
    throw fault('TypeMismatch', "BSON field 'readConcern.atClusterTime' must be a timestamp");
  }
  const snapshot = find(ctx.server.store, asked);
  ctx.view = snapshot.view;
  ctx.readCommit = snapshot.commit;
  return (reply) => {
    const place = ctx.name === 'distinct' ? reply : (reply.get('cursor') as Doc);
    place.set('atClusterTime', snapshot.time);
  };
}

function find(store: Store, asked: Timestamp | undefined): Snapshot {
  const open = openOf.get(store) ?? [];
  openOf.set(store, open);
  const { seconds, increment } = store.clock.last;
  const now = new Timestamp(seconds, increment);
  const time = asked ?? now;
  const known = open.find((one) => isSame(one.time, time));
  if (known !== undefined) return known;
  if (!isSame(time, now)) {
    if (time.t > now.t || (time.t === now.t && time.i > now.i)) {
      throw fault(
        'InvalidOptions',
        'readConcern atClusterTime value must not be greater than the current cluster time.',
      );
    }
    throw fault('SnapshotTooOld', 'The state of that time is not kept any more.');
  }
  if (open.length >= MAX_OPEN) open[0]!.close();
  const made = take(store, now, open);
  open.push(made);
  return made;
}

function take(store: Store, time: Timestamp, open: Snapshot[]): Snapshot {
  const { view, commit, release } = store.snapshot();
  const { failures } = store;
  let isClosed = false;
  // Whoever still reads when the state is let go is told so, and never gets a newer one.
  const assertOpen = (): void => {
    if (isClosed || store.failures !== failures) {
      throw fault('SnapshotTooOld', 'The state of that time is not kept any more.');
    }
  };
  const snapshot: Snapshot = {
    time,
    commit,
    view: new OverriddenView(view, {
      lookup: () => {
        assertOpen();
        return undefined;
      },
      range: () => {
        assertOpen();
        return [];
      },
    }),
    close: () => {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      open.splice(open.indexOf(snapshot), 1);
      release();
    },
  };
  const timer = setTimeout(() => snapshot.close(), WINDOW_MS);
  timer.unref();
  return snapshot;
}

function isSame(a: Timestamp, b: Timestamp): boolean {
  return a.t === b.t && a.i === b.i;
}
