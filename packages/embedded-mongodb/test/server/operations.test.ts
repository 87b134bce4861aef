import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEmbedded } from '../../src/index.ts';
import { backup, checkFile, checkStore, compact, restore } from '../../src/operations/index.ts';
import { Kv } from '../../src/storage/kv.ts';
import { openServer } from '../../src/wire/server.ts';
import { freshFolder, startProcess } from './harness.ts';

let root: string;
let dataDir: string;
let file: string;
beforeEach(() => {
  root = freshFolder();
  dataDir = join(root, 'data');
  file = join(root, 'backup.db');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Runs a server over a folder while `work` has a client of it. */
async function serving<T>(folder: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const server = await startEmbedded({ dataDir: folder });
  const client = await MongoClient.connect(server.uri);
  try {
    return await work(client);
  } finally {
    await client.close();
    await server.close();
  }
}

async function fill(client: MongoClient, documents = 300): Promise<void> {
  const things = client.db('shop').collection('things');
  await things.createIndexes([{ key: { code: 1 }, unique: true }, { key: { tags: 1, n: -1 } }]);
  await things.insertMany(
    Array.from({ length: documents }, (_, i) => ({
      _id: i as never,
      code: `c${i}`,
      tags: ['a', `t${i % 7}`],
      n: i,
    })),
  );
}

/** Changes entries behind the server's back, as a fault in the program would. */
function tamper(change: (kv: Kv) => void, path = join(dataDir, 'embedded.db')): void {
  const kv = new Kv(path);
  kv.begin();
  change(kv);
  kv.commit();
  kv.close();
}

const entriesOf = (kv: Kv, space: number) => kv.scan(Buffer.of(space), Buffer.of(space + 1), false, -1);

describe('backup', () => {
  it('is one moment of a server that goes on writing: every transfer is in it as a whole, and all that was acknowledged before', async () => {
    const server = await startProcess(dataDir);
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
    const report = await backup({ dataDir, file });
    const during = written;
    while (written < during + 8) await new Promise((resolve) => setImmediate(resolve));
    isOver = true;
    await Promise.all(writers);
    await client.close();
    await server.kill();

    expect(report.problems).toEqual([]);
    const copy = join(root, 'copy');
    await restore({ dataDir: copy, file });
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
    await serving(dataDir, fill);
    const report = await backup({ dataDir, file });
    expect(report).toMatchObject({ documents: 300, collections: 1, indexes: 3, problemCount: 0 });
    // _id 300, code 300, tags two each.
    expect(report.entries).toBe(1200);
    expect(readdirSync(root).sort()).toEqual(['backup.db', 'data']);
    await expect(backup({ dataDir, file })).rejects.toThrow(/already there/);
    await expect(backup({ dataDir, file: join(root, 'none', 'b.db') })).rejects.toThrow(/no folder/);
    await expect(backup({ dataDir: join(root, 'none'), file: join(root, 'c.db') })).rejects.toThrow(
      /no data/,
    );
  });

  it('is not made of damaged data, and tells what is damaged', async () => {
    await serving(dataDir, fill);
    tamper((kv) => kv.delete(entriesOf(kv, 0x20)[0]!.key));
    const failed = backup({ dataDir, file });
    await expect(failed).rejects.toThrow(/damaged/);
    await expect(failed).rejects.toMatchObject({
      details: ['shop.things: index _id_ has no entry for the document 0'],
    });
    expect(readdirSync(root)).toEqual(['data']);
  });

  it('lets another one begin when the tool was killed in the middle of one', async () => {
    const server = await startProcess(dataDir);
    const { connectOwner } = await import('../../src/operations/client.ts');
    const first = (await connectOwner(dataDir))!;
    await first.run(new Map([['embeddedBackup', 'begin']]));
    const second = (await connectOwner(dataDir))!;
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

describe('restore', () => {
  it('puts the backup in the place of the data, and keeps what was there aside', async () => {
    await serving(dataDir, fill);
    await backup({ dataDir, file });
    await serving(dataDir, (client) => client.db('shop').collection('things').deleteMany({}));
    const { replaced } = await restore({ dataDir, file });
    await serving(dataDir, async (client) => {
      expect(
        await client
          .db('shop')
          .collection('things')
          .countDocuments({ code: { $gte: 'c' } }),
      ).toBe(300);
    });
    // What was there is whole as well.
    expect(await checkFile(replaced!)).toMatchObject({ documents: 0, problemCount: 0 });
    rmSync(file);
    await restore({ dataDir, file: replaced! });
    await serving(dataDir, async (client) => {
      expect(await client.db('shop').collection('things').countDocuments({})).toBe(0);
    });
  });

  it('refuses while a server runs on the data, and changes nothing', async () => {
    await serving(dataDir, fill);
    await backup({ dataDir, file });
    await serving(dataDir, async (client) => {
      await client
        .db('shop')
        .collection('things')
        .deleteMany({ n: { $lt: 100 } });
      await expect(restore({ dataDir, file })).rejects.toThrow(/server is running/);
      expect(await client.db('shop').collection('things').countDocuments({})).toBe(200);
    });
    expect(readdirSync(dataDir).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
  });

  it('refuses what is damaged, cut short, of a newer format, or no backup at all, and changes nothing', async () => {
    await serving(dataDir, fill);
    await backup({ dataDir, file });
    const whole = readFileSync(file);
    const before = readFileSync(join(dataDir, 'embedded.db'));

    const handle = openSync(file, 'r+');
    const at = whole.lastIndexOf('c250');
    writeSync(handle, Buffer.of(whole[at + 3]! ^ 4), 0, 1, at + 3);
    closeSync(handle);
    await expect(restore({ dataDir, file })).rejects.toThrow(/damaged/);

    writeFileSync(file, whole);
    truncateSync(file, Math.floor(whole.length / 2));
    await expect(restore({ dataDir, file })).rejects.toThrow(/damaged/);

    writeFileSync(file, whole);
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(restore({ dataDir, file })).rejects.toThrow(/format 99/);

    writeFileSync(file, 'a letter to the editor, which is not a backup\n'.repeat(1000));
    await expect(restore({ dataDir, file })).rejects.toThrow(/damaged|not written by/);
    await expect(restore({ dataDir, file: join(root, 'none.db') })).rejects.toThrow(/no file/);
    await expect(restore({ dataDir, file: join(dataDir, 'embedded.db') })).rejects.toThrow(/itself/);

    expect(readFileSync(join(dataDir, 'embedded.db')).equals(before)).toBe(true);
  });

  it('replaces data that is too damaged to be opened', async () => {
    await serving(dataDir, fill);
    await backup({ dataDir, file });
    writeFileSync(join(dataDir, 'embedded.db'), 'overwritten by mistake '.repeat(1000));
    const { replaced } = await restore({ dataDir, file });
    expect(readFileSync(replaced!, 'utf8')).toMatch(/^overwritten/);
    await serving(dataDir, async (client) => {
      expect(
        await client
          .db('shop')
          .collection('things')
          .countDocuments({ n: { $gte: 0 } }),
      ).toBe(300);
    });
  });
});

describe('check', () => {
  it('finds nothing wrong with what the server wrote, running or not', async () => {
    await serving(dataDir, async (client) => {
      await fill(client);
      const things = client.db('shop').collection('things');
      await things.createIndexes([
        { key: { n: 1 }, partialFilterExpression: { n: { $gt: 200 } } },
        { key: { 'tags.x': 1 }, sparse: true },
        { key: { code: -1 }, collation: { locale: 'en', strength: 2 } },
      ]);
      await things.updateMany({ n: { $lt: 50 } }, { $set: { n: 1000, tags: [] } });
      await things.deleteMany({ n: { $gt: 250, $lt: 260 } });
      await client.db('shop').createCollection('dropped');
      await client.db('shop').collection('dropped').insertOne({ a: 1 });
      await client.db('shop').collection('dropped').drop();
      expect((await checkStore(dataDir)).problems).toEqual([]);
    });
    expect(await checkStore(dataDir)).toMatchObject({ documents: 291, problemCount: 0 });
    expect(readdirSync(dataDir).filter((name) => name.startsWith('check-'))).toEqual([]);
  });

  it('names in words an entry that is missing, one too many, one that leads elsewhere, and a count that is off', async () => {
    await serving(dataDir, fill);
    tamper((kv) => {
      // Index 1 is _id_, 2 code_1, 3 tags_1_n_-1: all of collection 1.
      const ofIndex = (index: number) => entriesOf(kv, 0x20).filter(({ key }) => key[8] === index);
      const [missing, elsewhere] = ofIndex(2);
      kv.delete(missing!.key);
      kv.put(elsewhere!.key, Buffer.from(ofIndex(2)[5]!.value));
      const tags = ofIndex(3)[0]!;
      const stray = Buffer.from(tags.key);
      stray.writeUInt32BE(999, stray.length - 4);
      kv.put(stray, tags.value);
      const foreign = Buffer.from(stray);
      foreign[8] = 77;
      kv.put(foreign, tags.value);
      const count = Buffer.alloc(8);
      count.writeBigUInt64BE(12n);
      kv.put(Buffer.of(3, 0, 0, 0, 1), count);
    });
    const { problems } = await checkStore(dataDir);
    expect(problems).toEqual([
      'shop.things: index code_1 has no entry for the document 0',
      'shop.things: index code_1 leads to another document than the document 1',
      'shop.things: index code_1 has an entry that does not fit its document 103',
      'shop.things: index tags_1_n_-1 has an entry for a document (999) that is not there',
      '1 entries belong to index number 77 of collection number 1, which is not in the catalogue',
      'shop.things: 300 documents are there, 12 were counted',
    ]);
  });

  it('goes on after a checksum that does not fit, and names each', async () => {
    await serving(dataDir, fill);
    const db = new DatabaseSync(join(dataDir, 'embedded.db'));
    for (const n of [5, 9])
      db.prepare("UPDATE kv SET v = zeroblob(length(v)) WHERE k = unhex(printf('1000000001%016x', ?))").run(
        n,
      );
    db.close();
    const { problems } = await checkStore(dataDir);
    expect(problems).toEqual(
      expect.arrayContaining([
        'the entry document 5 of collection number 1 does not have its checksum',
        'the entry document 9 of collection number 1 does not have its checksum',
      ]),
    );
  });
});

describe('compact', () => {
  it('gives the room of what was deleted back, and keeps the rest', async () => {
    await serving(dataDir, async (client) => {
      await fill(client, 3000);
      await client
        .db('shop')
        .collection('things')
        .deleteMany({ n: { $gte: 100 } });
    });
    const { before, after } = await compact(dataDir);
    expect(after).toBeLessThan(before / 3);
    expect(await checkStore(dataDir)).toMatchObject({ documents: 100, entries: 400, problemCount: 0 });
    await serving(dataDir, async (client) => {
      expect(await client.db('shop').collection('things').countDocuments({ tags: 'a' })).toBe(100);
    });
    expect(existsSync(join(dataDir, 'embedded.db.compacting'))).toBe(false);
  });

  it('refuses while a server runs, and leaves damaged data as it is', async () => {
    await serving(dataDir, async (client) => {
      await fill(client);
      await expect(compact(dataDir)).rejects.toThrow(/server is running/);
    });
    tamper((kv) => kv.delete(entriesOf(kv, 0x20)[3]!.key));
    const before = readFileSync(join(dataDir, 'embedded.db'));
    await expect(compact(dataDir)).rejects.toThrow(/damaged; it was left as it is/);
    expect(readFileSync(join(dataDir, 'embedded.db')).equals(before)).toBe(true);
  });
});

describe('killed in the middle', () => {
  const script = fileURLToPath(new URL('./fixtures/cut-off.ts', import.meta.url));
  const cutOff = async (operation: string, call: string, when: string) => {
    const args = ['--no-warnings', script, operation, dataDir, file, call, when];
    const [, signal] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
    expect(signal).toBe('SIGKILL');
  };

  it.each([
    ['before', 'linkSync', 200],
    ['after', 'linkSync', 200],
    ['before', 'renameSync', 200],
    ['after', 'renameSync', 300],
  ])(
    'a restore %s its %s leaves the data of before or that of the backup, whole, and can be done again',
    async (when, call, documents) => {
      await serving(dataDir, fill);
      await backup({ dataDir, file });
      await serving(dataDir, (client) =>
        client
          .db('shop')
          .collection('things')
          .deleteMany({ n: { $gte: 200 } }),
      );
      await cutOff('restore', call, when);
      expect(await checkStore(dataDir)).toMatchObject({ documents, problemCount: 0 });
      await serving(dataDir, async (client) => {
        expect(
          await client
            .db('shop')
            .collection('things')
            .countDocuments({ code: { $gte: 'c' } }),
        ).toBe(documents);
      });
      await restore({ dataDir, file });
      expect(await checkStore(dataDir)).toMatchObject({ documents: 300, problemCount: 0 });
    },
  );

  it.each(['before', 'after'])(
    'a compaction %s its renameSync loses nothing, and can be done again',
    async (when) => {
      await serving(dataDir, fill);
      await cutOff('compact', 'renameSync', when);
      expect(await checkStore(dataDir)).toMatchObject({ documents: 300, entries: 1200, problemCount: 0 });
      await compact(dataDir);
      expect(await checkStore(dataDir)).toMatchObject({ documents: 300, entries: 1200, problemCount: 0 });
    },
  );
});

describe('what shells ask', () => {
  it('validates a collection while it is served, and says which index is wrong', async () => {
    await serving(dataDir, async (client) => {
      await fill(client);
      expect(await client.db('shop').command({ validate: 'things' })).toMatchObject({
        ns: 'shop.things',
        valid: true,
        nrecords: 300,
        nIndexes: 3,
        keysPerIndex: { _id_: 300, code_1: 300, 'tags_1_n_-1': 600 },
        errors: [],
      });
      await expect(client.db('shop').command({ validate: 'none' })).rejects.toMatchObject({ code: 26 });
    });
    const path = join(root, 'mongodb.sock');
    const server = await openServer({ dataDir, endpoint: { path } });
    const { store } = server;
    const entry = store.view
      .scan(Buffer.of(0x20), Buffer.of(0x21), false, -1)
      .find(({ key }) => key[8] === 2)!;
    store.commitUnits([{ changes: [{ key: entry.key, value: null }] }]);
    const client = await MongoClient.connect(`mongodb://${encodeURIComponent(path)}/?directConnection=true`);
    const found = await client.db('shop').command({ validate: 'things' });
    await client.close();
    await server.close();
    expect(found).toMatchObject({
      valid: false,
      indexDetails: { code_1: { valid: false }, _id_: { valid: true } },
      errors: ['shop.things: index code_1 has no entry for the document 0'],
    });
  });

  it('tells a replica set of one, the sizes of a collection, and that nothing is profiled', async () => {
    await serving(dataDir, async (client) => {
      await fill(client);
      const admin = client.db('admin');
      expect(await admin.command({ replSetGetStatus: 1 })).toMatchObject({
        set: 'embedded',
        myState: 1,
        members: [{ stateStr: 'PRIMARY', self: true }],
      });
      expect(await admin.command({ replSetGetConfig: 1 })).toMatchObject({
        config: { _id: 'embedded', members: [{ _id: 0, votes: 1 }] },
      });
      const things = client.db('shop').collection('things');
      const [stats] = await things
        .aggregate([{ $collStats: { count: {}, storageStats: { scale: 1 } } }])
        .toArray();
      expect(stats).toMatchObject({
        ns: 'shop.things',
        count: 300,
        storageStats: { count: 300, nindexes: 3 },
      });
      await expect(things.aggregate([{ $collStats: { latencyStats: {} } }]).toArray()).rejects.toMatchObject({
        code: 115,
      });
      expect(await client.db('shop').command({ profile: -1 })).toMatchObject({ was: 0 });
      await expect(client.db('shop').command({ profile: 2 })).rejects.toMatchObject({ code: 115 });
      const { roles } = await admin.command({ rolesInfo: 1, showBuiltinRoles: true });
      expect(roles.map(({ role }: { role: string }) => role)).toEqual(['read', 'readWrite', 'root']);
    });
  });
});
