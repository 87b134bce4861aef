import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { backup, checkStore, restore } from '../../src/operations/index.ts';
import { startProcess } from './harness.ts';
import { entriesOf, fill, freshPlaces, serving, tamper } from './operations-folder.ts';

const places = freshPlaces();

describe('backup', () => {
  it('is one moment of a server that goes on writing: every transfer is in it as a whole, and all that was acknowledged before', async () => {
    const server = await startProcess(places.dataDir);
    const client = await MongoClient.connect(server.uri);
    await fill(client, 5000);
    const accounts = client.db('bank').collection<{ _id: number; balance: number }>('accounts');
    await accounts.insertMany(Array.from({ length: 20 }, (_, _id) => ({ _id, balance: 100 })));
    const receipts = client.db('bank').collection<{ _id: number }>('receipts');
    let isOver = false;
    let written = 0;
    const writer = async (lane: number) => {
      for (let i = 0; !isOver; i++) {
        const [from, to] = [(lane + i) % 20, (lane * 7 + i * 3 + 1) % 20];
        await client.withSession((session) =>
          session.withTransaction(async () => {
            await accounts.updateOne({ _id: from }, { $inc: { balance: -1 } }, { session });
            await accounts.updateOne({ _id: to }, { $inc: { balance: 1 } }, { session });
          }),
        );
        await receipts.insertOne({ _id: lane * 1e6 + i });
        written++;
      }
    };
    const writers = [1, 2, 3, 4].map(writer);
    while (written < 8) await new Promise((resolve) => setImmediate(resolve));
    const before = (await receipts.find().toArray()).map(({ _id }) => _id);
    const report = await backup(places);
    const during = written;
    while (written < during + 8) await new Promise((resolve) => setImmediate(resolve));
    isOver = true;
    await Promise.all(writers);
    await client.close();
    await server.kill();

    expect(report.problems).toEqual([]);
    const copy = join(places.root, 'copy');
    await restore({ dataDir: copy, file: places.file });
    await serving(copy, async (restored) => {
      const balances = await restored.db('bank').collection('accounts').find().toArray();
      expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(2000);
      const ids = new Set(
        (await restored.db('bank').collection('receipts').find().toArray()).map(({ _id }) => _id as never),
      );
      expect(before.filter((id) => !ids.has(id as never))).toEqual([]);
      expect(await restored.db('shop').collection('things').countDocuments({ tags: 't3' })).toBe(714);
    });
  });

  it('works without a server as well, leaves one file that is nobody else’s to read, and never replaces one', async () => {
    await serving(places.dataDir, fill);
    const report = await backup(places);
    expect(report).toMatchObject({ documents: 300, collections: 1, indexes: 3, problemCount: 0 });
    // _id 300, code 300, tags two each.
    expect(report.entries).toBe(1200);
    expect(readdirSync(places.root).sort()).toEqual(['backup.db', 'data']);
    await expect(backup(places)).rejects.toThrow(/already there/);
    await expect(
      backup({ dataDir: places.dataDir, file: join(places.root, 'none', 'b.db') }),
    ).rejects.toThrow(/no folder/);
    await expect(
      backup({ dataDir: join(places.root, 'none'), file: join(places.root, 'c.db') }),
    ).rejects.toThrow(/no data/);
  });

  it('is not made of damaged data, and tells what is damaged', async () => {
    await serving(places.dataDir, fill);
    tamper(places.dataDir, (kv) => kv.delete(entriesOf(kv, 0x20)[0]!.key));
    const failed = backup(places);
    await expect(failed).rejects.toThrow(/damaged/);
    await expect(failed).rejects.toMatchObject({
      details: ['shop.things: index _id_ has no entry for the document 0'],
    });
    expect(readdirSync(places.root)).toEqual(['data']);
  });

  it('does not give up the lock on the data, whoever makes a copy, in this process or in another', async () => {
    await serving(places.dataDir, async (client) => {
      await fill(client);
      await backup(places);
      await checkStore(places.dataDir);
      await expect(restore(places)).rejects.toThrow(/server is running/);
      const kv = new URL('../../src/storage/kv.ts', import.meta.url).href;
      const script = `const { Kv } = await import(${JSON.stringify(kv)});
        try { new Kv(process.argv[1]); } catch (error) { console.log(error.constructor.name); }`;
      const data = join(places.dataDir, 'embedded.db');
      const args = ['--no-warnings', '--input-type=module', '-e', script, data];
      expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('FileInUseError\n');
    });
  });

  it('lets another one begin when the tool was killed in the middle of one', async () => {
    const server = await startProcess(places.dataDir);
    const { connectOwner } = await import('../../src/operations/client.ts');
    const first = (await connectOwner(places.dataDir))!;
    await first.run(new Map([['embeddedBackup', 'begin']]));
    const second = (await connectOwner(places.dataDir))!;
    const begin = () => second.run(new Map([['embeddedBackup', 'begin']]));
    await expect(begin()).rejects.toThrow(/Another backup/);
    first.close();
    let isBegun = false;
    while (!isBegun)
      isBegun = await begin().then(
        () => true,
        () => false,
      );
    second.close();
    await server.kill();
  });
});
