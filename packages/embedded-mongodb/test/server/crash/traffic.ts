import { Binary, type Collection, type Db, Long, type MongoClient } from 'mongodb';
import { RawClient } from '../harness.ts';

export const ACCOUNTS = 20;
export const START = 1000;
export const WRITERS = 16;

export interface Account {
  _id: number;
  balance: number;
  /** Follows the balance, so that the indexes on these move with every transfer. */
  band: number;
  marks: number[];
}
export interface Transfer {
  _id: string;
  from: number;
  to: number;
  amount: number;
}
export interface Ticket {
  _id: string;
  number: number;
}

export const indexed = (balance: number) => ({
  balance,
  band: Math.floor(balance / 10),
  marks: [balance % 7, balance % 11],
});

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What the clients of all rounds were told, and so must find again. */
export interface Told {
  transfers: Set<string>;
  notes: Set<string>;
  /** Number → whose it is. */
  tickets: Map<number, string>;
  /** Increments that were sent, with the reply if there was one. */
  increments: { command: Record<string, unknown>; value?: number }[];
}

export const nothingTold = (): Told => ({
  transfers: new Set(),
  notes: new Set(),
  tickets: new Map(),
  increments: [],
});

/** One writer's next step; resolves when it has been acknowledged. */
export type Step = () => Promise<void>;

export async function writers(client: MongoClient, uri: string, round: number, told: Told): Promise<Step[]> {
  const db = client.db('bank');
  const raw = await RawClient.connect(uri);
  return Array.from({ length: WRITERS }, (_, writer) => {
    const random = seeded(round * 1000 + writer);
    let n = 0;
    const id = (): string => `${round}-${writer}-${n++}`;
    if (writer === 0) return () => increment(raw, round, n++, told);
    if (writer === 1) return () => rebuild(db, n++);
    if (writer < 5) return () => note(db, id(), random, told);
    if (writer < 8) return () => ticket(db, id(), round * 100 + Math.floor(random() * 100), told);
    return () => transfer(client, db, id(), random, told);
  });
}

/** Also changes some of the others, so that entries of an index that was never finished would be wrong ones. */
async function note(db: Db, id: string, random: () => number, told: Told): Promise<void> {
  const notes = db.collection<{ _id: string; from: number }>('notes');
  await notes.insertOne({ _id: id, from: Math.floor(random() * 10) });
  told.notes.add(id);
  await notes.updateMany({ from: Math.floor(random() * 10) }, { $set: { from: Math.floor(random() * 10) } });
}

/** Several ask for the same number: one of them gets it. */
async function ticket(db: Db, id: string, number: number, told: Told): Promise<void> {
  try {
    await db.collection<Ticket>('tickets').insertOne({ _id: id, number });
    told.tickets.set(number, id);
  } catch (error) {
    if ((error as { code?: number }).code !== 11000) throw error;
  }
}

/** An index that is built and dropped all the time, so that some kills come in the middle of it. */
async function rebuild(db: Db, n: number): Promise<void> {
  const notes = db.collection('notes');
  if (n % 2 === 0) await notes.createIndex({ from: 1 });
  else await notes.dropIndex('from_1').catch(ignoreMissing);
}

function ignoreMissing(error: { code?: number }): void {
  if (error.code !== 27) throw error;
}

/** Sent without a driver, so that exactly the same command can be sent again after the kill. */
async function increment(raw: RawClient, round: number, n: number, told: Told): Promise<void> {
  const id = Buffer.alloc(16);
  id.writeUInt32BE(round, 0);
  id.writeUInt32BE(n % 4, 4);
  const sent: Told['increments'][number] = {
    command: {
      findAndModify: 'counters',
      query: { _id: 'total' },
      update: { $inc: { n: 1 } },
      upsert: true,
      new: true,
      lsid: { id: new Binary(id, 4) },
      txnNumber: Long.fromNumber(n),
      $db: 'bank',
    },
  };
  told.increments.push(sent);
  const reply = await raw.command(sent.command);
  sent.value = reply.value.n;
}

async function transfer(
  client: MongoClient,
  db: Db,
  id: string,
  random: () => number,
  told: Told,
): Promise<void> {
  const accounts: Collection<Account> = db.collection('accounts');
  const from = Math.floor(random() * ACCOUNTS);
  const to = (from + 1 + Math.floor(random() * (ACCOUNTS - 1))) % ACCOUNTS;
  const amount = 1 + Math.floor(random() * 20);
  await client.withSession((session) =>
    session.withTransaction(async () => {
      for (const [account, delta] of [
        [from, -amount],
        [to, amount],
      ] as const) {
        const found = (await accounts.findOne({ _id: account }, { session }))!;
        await accounts.updateOne({ _id: account }, { $set: indexed(found.balance + delta) }, { session });
      }
      await db.collection<Transfer>('ledger').insertOne({ _id: id, from, to, amount }, { session });
    }),
  );
  told.transfers.add(id);
}
