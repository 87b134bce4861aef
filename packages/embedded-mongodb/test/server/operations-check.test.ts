import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { checkStore, compact } from '../../src/operations/index.ts';
import { entriesOf, fill, freshPlaces, serving, tamper } from './operations-folder.ts';

const places = freshPlaces();

describe('check', () => {
  it('finds nothing wrong with what the server wrote, running or not', async () => {
    await serving(places.dataDir, async (client) => {
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
      expect((await checkStore(places.dataDir)).problems).toEqual([]);
    });
    expect(await checkStore(places.dataDir)).toMatchObject({ documents: 291, problemCount: 0 });
    expect(readdirSync(places.dataDir).filter((name) => name.startsWith('check-'))).toEqual([]);
  });

  it('names in words an entry that is missing, one too many, one that leads elsewhere, and a count that is off', async () => {
    await serving(places.dataDir, fill);
    tamper(places.dataDir, (kv) => {
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
    const { problems } = await checkStore(places.dataDir);
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
    await serving(places.dataDir, fill);
    const db = new DatabaseSync(join(places.dataDir, 'embedded.db'));
    for (const n of [5, 9])
      db.prepare("UPDATE kv SET v = zeroblob(length(v)) WHERE k = unhex(printf('1000000001%016x', ?))").run(
        n,
      );
    db.close();
    const { problems } = await checkStore(places.dataDir);
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
    await serving(places.dataDir, async (client) => {
      await fill(client, 3000);
      await client
        .db('shop')
        .collection('things')
        .deleteMany({ n: { $gte: 100 } });
    });
    const { before, after } = await compact(places.dataDir);
    expect(after).toBeLessThan(before / 3);
    expect(await checkStore(places.dataDir)).toMatchObject({ documents: 100, entries: 400, problemCount: 0 });
    await serving(places.dataDir, async (client) => {
      expect(await client.db('shop').collection('things').countDocuments({ tags: 'a' })).toBe(100);
    });
    expect(existsSync(join(places.dataDir, 'embedded.db.compacting'))).toBe(false);
  });

  it('refuses while a server runs, and leaves damaged data as it is', async () => {
    await serving(places.dataDir, async (client) => {
      await fill(client);
      await expect(compact(places.dataDir)).rejects.toThrow(/server is running/);
    });
    tamper(places.dataDir, (kv) => kv.delete(entriesOf(kv, 0x20)[3]!.key));
    const before = readFileSync(join(places.dataDir, 'embedded.db'));
    await expect(compact(places.dataDir)).rejects.toThrow(/damaged; it was left as it is/);
    expect(readFileSync(join(places.dataDir, 'embedded.db')).equals(before)).toBe(true);
  });
});
