import { BsonDate, type Doc, getPath, keyBytes } from '../bson/index.ts';
import { scan } from '../planner/scan.ts';
import { concat } from '../storage/bytes.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { deleteUnit, type Stored } from '../storage/records.ts';
import { HeldByTransaction } from '../storage/store.ts';
import type { ServerState } from './context.ts';

/** Removes what the TTL indexes say has expired. Runs once a minute, as MongoDB's does. */
export async function sweepExpired(server: ServerState): Promise<void> {
  for (const collection of server.catalog.list()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds !== undefined && index.isReady) await expire(server, collection, index);
    }
  }
}

async function expire(server: ServerState, collection: Collection, index: Index): Promise<void> {
  const limit = server.now() - index.expireAfterSeconds! * 1000;
  const direction = index.directions[0]!;
  const oldest = keyBytes([new BsonDate(Number.MIN_SAFE_INTEGER)], [direction]);
  const newest = keyBytes([new BsonDate(limit + 1)], [direction]);
  const [from, to] = direction === 1 ? [oldest, newest] : [newest, concat(oldest, Uint8Array.of(0xff))];
  const plan = {
    kind: 'index',
    index,
    ranges: [{ from, to }],
    reverse: false,
    isSorted: false,
    isExact: false,
  } as const;
  const { store } = server;
  for (const batch of scan(
    store.view,
    collection,
    { ...plan, ranges: [...plan.ranges] },
    { keys: 0, docs: 0 },
  )) {
    for (const stored of batch)
      if (isExpired(stored.doc, index, limit)) removeExpired(server, collection, stored);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Some date at the path has passed; documents without a date there stay. */
function isExpired(document: Doc, index: Index, limit: number): boolean {
  const dates = getPath(document, index.fields[0]!, 'expand').filter((value) => value instanceof BsonDate);
  return dates.some((date) => (date as BsonDate).ms <= limit);
}

function removeExpired(server: ServerState, collection: Collection, stored: Stored): void {
  const unit = deleteUnit(collection, stored);
  unit.log = server.changes.deleted(collection, stored.doc);
  try {
    server.store.apply(unit);
  } catch (error) {
    // A transaction has it: the next sweep will see.
    if (!(error instanceof HeldByTransaction)) throw error;
  }
}
