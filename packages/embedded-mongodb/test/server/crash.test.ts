import { rmSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { check } from './crash/check.ts';
import { ACCOUNTS, type Account, indexed, nothingTold, START, seeded, writers } from './crash/traffic.ts';
import { connectBriefly, freshFolder, startProcess } from './harness.ts';

/** `CRASH_ROUNDS=100 bin/test packages/embedded-mongodb/test/server/crash` takes three minutes. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 8);
/** A round takes about a second; on a machine so busy that it takes ten, fewer will do. */
const BUDGET_MS = 8 * 60_000;

it('keeps every acknowledged write and no half of a transaction, however often it is killed -9 under load', async () => {
  const dataDir = freshFolder();
  const told = nothingTold();
  const last = performance.now() + BUDGET_MS;
  let round = 0;
  for (; round < ROUNDS && performance.now() < last; round++) {
    const server = await startProcess(dataDir);
    const client = await connectBriefly(server.uri);
    const db = client.db('bank');
    if (round === 0) {
      await db
        .collection('accounts')
        .createIndexes([{ key: { band: 1 } }, { key: { marks: 1, balance: -1 } }]);
      await db.collection('tickets').createIndex({ number: 1 }, { unique: true });
      await db
        .collection<Account>('accounts')
        .insertMany(Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, ...indexed(START) })));
    } else await check(db, server.uri, told);

    // The kill comes in the middle of the traffic: after a number of acknowledged writes, not after a time.
    const killAfter = 30 + Math.floor(seeded(round)() * 90);
    let done = 0;
    let killed: Promise<void> | undefined;
    const steps = await writers(client, server.uri, round, told);
    await Promise.all(
      steps.map(async (step) => {
        while (killed === undefined) {
          // Until the kill nothing may fail; after it, nothing is known about what was not acknowledged.
          await step().catch((error) => {
            if (killed === undefined) throw error;
          });
          if (++done === killAfter) killed = server.kill();
        }
      }),
    );
    await killed;
    await client.close();
  }
  const server = await startProcess(dataDir);
  const client = await MongoClient.connect(server.uri);
  await check(client.db('bank'), server.uri, told);
  expect(told.transfers.size).toBeGreaterThan(round);
  expect(told.increments.length).toBeGreaterThan(round);
  await client.close();
  await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
}, 1_500_000);
