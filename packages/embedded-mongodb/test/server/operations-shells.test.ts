import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { openServer } from '../../src/wire/server.ts';
import { fill, freshPlaces, serving } from './operations-folder.ts';

const places = freshPlaces();

describe('what shells ask', () => {
  it('validates a collection while it is served, and says which index is wrong', async () => {
    await serving(places.dataDir, async (client) => {
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
    const path = join(places.root, 'mongodb.sock');
    const server = await openServer({ dataDir: places.dataDir, endpoint: { path } });
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
    await serving(places.dataDir, async (client) => {
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
