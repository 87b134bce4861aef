import { rmSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { freshFolder, startProcess } from './harness.ts';

const ROUNDS = 10;
const WRITERS = 16;
const ACCOUNTS = 20;
const START = 1000;

interface Transfer {
  _id: string;
  from: number;
  to: number;
  amount: number;
}
interface Account {
  _id: number;
  balance: number;
  /** `band` follows the balance, so that the index on it moves with every transfer. */
  band: number;
}

const band = (balance: number): number => Math.floor(balance / 10);

async function transfer(client: MongoClient, db: Db, id: string): Promise<void> {
  const accounts = db.collection<Account>('accounts');
  const from = Math.floor(Math.random() * ACCOUNTS);
  const to = (from + 1 + Math.floor(Math.random() * (ACCOUNTS - 1))) % ACCOUNTS;
  const amount = 1 + Math.floor(Math.random() * 20);
  await client.withSession((session) =>
    session.withTransaction(async () => {
      for (const [account, delta] of [
        [from, -amount],
        [to, amount],
      ] as const) {
        const found = (await accounts.findOne({ _id: account }, { session }))!;
        const balance = found.balance + delta;
        await accounts.updateOne({ _id: account }, { $set: { balance, band: band(balance) } }, { session });
      }
      await db.collection<Transfer>('ledger').insertOne({ _id: id, from, to, amount }, { session });
    }),
  );
}

/** Everything acknowledged is there, every transfer is whole, and the indexes say what the documents say. */
async function check(db: Db, acknowledged: Set<string>, singles: Set<string>): Promise<void> {
  const accounts = await db.collection<Account>('accounts').find().toArray();
  const ledger = await db.collection<Transfer>('ledger').find().toArray();
  const expected = new Map(accounts.map((account) => [account._id, START]));
  for (const { from, to, amount } of ledger) {
    expected.set(from, expected.get(from)! - amount);
    expected.set(to, expected.get(to)! + amount);
  }
  expect(new Map(accounts.map((account) => [account._id, account.balance]))).toEqual(expected);
  const written = new Set(ledger.map((entry) => entry._id));
  expect([...acknowledged].filter((id) => !written.has(id))).toEqual([]);
  const notes = new Set(
    (await db.collection<{ _id: string }>('notes').find().toArray()).map((note) => note._id),
  );
  expect([...singles].filter((id) => !notes.has(id))).toEqual([]);
  await checkIndex(db.collection('accounts'), 'band');
  expect(await db.collection('ledger').estimatedDocumentCount()).toBe(ledger.length);
}

async function checkIndex(collection: Collection<any>, field: string): Promise<void> {
  const byIndex = await collection.find({ [field]: { $gt: -1e9 } }, { hint: { [field]: 1 } }).toArray();
  const byScan = await collection.find({}, { hint: { $natural: 1 } }).toArray();
  const order = (a: any, b: any): number => a[field] - b[field] || a._id - b._id;
  expect(byIndex.sort(order)).toEqual(byScan.sort(order));
}

it('keeps every acknowledged write and no half of a transaction over ten kills -9 under load', async () => {
  const dataDir = freshFolder();
  const acknowledged = new Set<string>();
  const singles = new Set<string>();
  let next = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const server = await startProcess(dataDir);
    const client = await MongoClient.connect(server.uri, { serverSelectionTimeoutMS: 300 });
    client.on('error', () => {});
    const db = client.db('bank');
    if (round === 0) {
      await db.collection('accounts').createIndex({ band: 1 });
      await db
        .collection<Account>('accounts')
        .insertMany(
          Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, balance: START, band: band(START) })),
        );
    } else await check(db, acknowledged, singles);

    // The kill comes in the middle of the traffic: after a number of acknowledged writes, not after a time.
    const killAfter = 40 + round * 7;
    let done = 0;
    let isKilled = false;
    let killed: Promise<void> | undefined;
    const acknowledge = (set: Set<string>, id: string): void => {
      set.add(id);
      if (++done < killAfter || killed !== undefined) return;
      isKilled = true;
      killed = server.kill();
    };
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        while (!isKilled) {
          const id = `${round}-${writer}-${next++}`;
          try {
            if (writer % 4 === 0) {
              await db.collection<{ _id: string }>('notes').insertOne({ _id: id });
              acknowledge(singles, id);
            } else {
              await transfer(client, db, id);
              acknowledge(acknowledged, id);
            }
          } catch (error) {
            // Until the kill nothing may fail; after it, nothing is known about what was not acknowledged.
            if (!isKilled) throw error;
          }
        }
      }),
    );
    await killed;
    await client.close();
  }
  const server = await startProcess(dataDir);
  const client = await MongoClient.connect(server.uri);
  await check(client.db('bank'), acknowledged, singles);
  expect(acknowledged.size).toBeGreaterThan(ROUNDS * 10);
  await client.close();
  await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
}, 120_000);
