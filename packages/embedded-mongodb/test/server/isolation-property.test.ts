import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Binary, Long } from 'mongodb';
import { RawClient, type Running, start } from './harness.ts';

let running: Running;
let raw: RawClient;
beforeAll(async () => {
  running = await start();
  raw = await RawClient.connect(running.server.uri);
});
afterAll(async () => {
  raw.close();
  await running.stop();
});

const SESSIONS = 4;
const IDS = 5;

type Step =
  | { kind: 'read'; who: number; by: 'scan' | 'index'; at: number }
  | { kind: 'write'; who: number; id: number; value: number }
  | { kind: 'insert'; who: number; id: number; value: number }
  | { kind: 'delete'; who: number; id: number }
  | { kind: 'end'; who: number; commits: boolean };

// Session 0 writes outside of transactions.
const who = fc.nat({ max: SESSIONS });
const id = fc.nat({ max: IDS - 1 });
const value = fc.nat({ max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('read' as const),
    who,
    by: fc.constantFrom('scan' as const, 'index' as const),
    at: value,
  }),
  fc.record({ kind: fc.constant('write' as const), who, id, value }),
  fc.record({ kind: fc.constant('insert' as const), who, id, value }),
  fc.record({ kind: fc.constant('delete' as const), who, id }),
  fc.record({ kind: fc.constant('end' as const), who, commits: fc.boolean() }),
);

type State = Map<number, number>;

interface ModelTransaction {
  /** What was committed when it began. */
  snapshot: State;
  /** Its own writes; undefined deletes. */
  writes: Map<number, number | undefined>;
  startedAt: number;
}

const WRITE_CONFLICT = 112;
const DUPLICATE = 11000;

/**
 * Snapshot isolation as it is defined: a transaction reads what was committed at its beginning and its own writes; of
 * two that write the same document the second one to try is refused.
 */
class Model {
  committed: State = new Map();
  readonly open = new Map<number, ModelTransaction>();
  readonly #changedAt = new Map<number, number>();
  #time = 0;

  begin(session: number): ModelTransaction {
    let transaction = this.open.get(session);
    if (transaction === undefined) {
      transaction = { snapshot: new Map(this.committed), writes: new Map(), startedAt: this.#time };
      this.open.set(session, transaction);
    }
    return transaction;
  }

  view(session: number): State {
    if (session === 0) return this.committed;
    const { snapshot, writes } = this.begin(session);
    const state = new Map(snapshot);
    for (const [key, written] of writes) {
      if (written === undefined) state.delete(key);
      else state.set(key, written);
    }
    return state;
  }

  isHeld(key: number, by: number): boolean {
    return [...this.open].some(([session, { writes }]) => session !== by && writes.has(key));
  }

  /** The number of documents written, or the code of the refusal. */
  write(session: number, key: number, written: number | undefined, isInsert: boolean): number {
    const exists = this.view(session).has(key);
    if (isInsert && exists) return this.#refuse(session, DUPLICATE);
    if (!isInsert && !exists) return 0;
    if (session === 0) {
      this.#apply(key, written);
      return 1;
    }
    const transaction = this.begin(session);
    const isChanged = (this.#changedAt.get(key) ?? -1) > transaction.startedAt;
    if (this.isHeld(key, session) || isChanged) return this.#refuse(session, WRITE_CONFLICT);
    transaction.writes.set(key, written);
    return 1;
  }

  end(session: number, commits: boolean): void {
    const transaction = this.open.get(session);
    this.open.delete(session);
    if (commits) for (const [key, written] of transaction?.writes ?? []) this.#apply(key, written);
  }

  #apply(key: number, written: number | undefined): void {
    this.#changedAt.set(key, ++this.#time);
    if (written === undefined) this.committed.delete(key);
    else this.committed.set(key, written);
  }

  #refuse(session: number, code: number): number {
    this.open.delete(session);
    return -code;
  }
}

let sessions = 0;

/** A session of the server, as the model's is. */
class Session {
  readonly #lsid: { id: Binary } | undefined;
  #number = 0;
  #isOpen = false;

  constructor(isTransactional: boolean) {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32BE(++sessions, 0);
    this.#lsid = isTransactional ? { id: new Binary(bytes, 4) } : undefined;
  }

  async run(body: Record<string, unknown>): Promise<any> {
    if (this.#lsid === undefined) return raw.command({ ...body, $db: 'isolation' });
    if (!this.#isOpen) this.#number++;
    const reply = await raw.command({
      ...body,
      lsid: this.#lsid,
      txnNumber: Long.fromNumber(this.#number),
      autocommit: false,
      ...(this.#isOpen ? {} : { startTransaction: true, readConcern: { level: 'snapshot' } }),
      $db: 'isolation',
    });
    this.#isOpen = reply.ok === 1 && reply.writeErrors === undefined;
    return reply;
  }

  async end(commits: boolean): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const name = commits ? 'commitTransaction' : 'abortTransaction';
    const reply = await raw.command({
      [name]: 1,
      lsid: this.#lsid,
      txnNumber: Long.fromNumber(this.#number),
      autocommit: false,
      $db: 'admin',
    });
    expect(reply).toMatchObject({ ok: 1 });
  }
}

const codeOf = (reply: any): number =>
  reply.ok === 1 ? (reply.writeErrors === undefined ? reply.n : -reply.writeErrors[0].code) : -reply.code;

async function perform(session: Session, collection: string, taken: Step): Promise<unknown> {
  switch (taken.kind) {
    case 'read': {
      const filter = taken.by === 'index' ? { v: { $gte: taken.at } } : {};
      const hint = taken.by === 'index' ? { v: 1 } : { $natural: 1 };
      const reply = await session.run({ find: collection, filter, hint });
      return reply.cursor.firstBatch.map((item: any) => [item._id, item.v]).sort();
    }
    case 'write': {
      const updates = [{ q: { _id: taken.id }, u: { $set: { v: taken.value }, $inc: { times: 1 } } }];
      return codeOf(await session.run({ update: collection, updates }));
    }
    case 'insert': {
      const documents = [{ _id: taken.id, v: taken.value, times: 0 }];
      return codeOf(await session.run({ insert: collection, documents }));
    }
    case 'delete':
      return codeOf(await session.run({ delete: collection, deletes: [{ q: { _id: taken.id }, limit: 1 }] }));
    default:
      return session.end(taken.commits);
  }
}

function expected(model: Model, taken: Step): unknown {
  switch (taken.kind) {
    case 'read':
      return [...model.view(taken.who)].filter(([, v]) => taken.by === 'scan' || v >= taken.at).sort();
    case 'write':
      return model.write(taken.who, taken.id, taken.value, false);
    case 'insert':
      return model.write(taken.who, taken.id, taken.value, true);
    case 'delete':
      return model.write(taken.who, taken.id, undefined, false);
    default:
      return model.end(taken.who, taken.commits);
  }
}

it('isolates transactions as a model of snapshot isolation does: every read, every refusal, the outcome', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const collection = `round${round++}`;
      const db = running.client.db('isolation');
      await db.collection(collection).createIndex({ v: 1 });
      const model = new Model();
      const all = Array.from({ length: SESSIONS + 1 }, (_, i) => new Session(i > 0));
      for (const taken of steps) {
        // A write outside of transactions would wait for the one that holds the document.
        if (taken.who === 0 && 'id' in taken && model.isHeld(taken.id, 0)) continue;
        if (taken.who === 0 && taken.kind === 'end') continue;
        const wanted = expected(model, taken);
        expect({ taken, got: await perform(all[taken.who]!, collection, taken) }).toEqual({
          taken,
          got: wanted,
        });
      }
      for (let i = 1; i <= SESSIONS; i++) {
        model.end(i, true);
        await all[i]!.end(true);
      }
      const left = await db.collection<{ _id: number; v: number }>(collection).find().toArray();
      expect(left.map(({ _id, v }) => [_id, v]).sort()).toEqual([...model.committed].sort());
      await db.collection(collection).drop();
    }),
    { numRuns: 100 },
  );
}, 180_000);
