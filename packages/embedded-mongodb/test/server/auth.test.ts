import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Binary, MongoClient, type MongoClientOptions } from 'mongodb';
import { type EmbeddedServer, startEmbedded } from '../../src/index.ts';
import { freshFolder, RawClient } from './harness.ts';

describe('a server on TCP', () => {
  let dataDir: string;
  let server: EmbeddedServer;
  let local: MongoClient;
  const open: MongoClient[] = [];
  beforeAll(async () => {
    dataDir = freshFolder();
    server = await startEmbedded({ dataDir, tcp: { port: 0 } });
    local = await MongoClient.connect(server.uri);
    const admin = local.db('admin');
    await admin.command({ createUser: 'chief', pwd: 'all, of=it', roles: ['root'] });
    await admin.command({
      createUser: 'clerk',
      pwd: 'pässwörd\u00ad',
      roles: [
        { role: 'readWrite', db: 'shop' },
        { role: 'read', db: 'news' },
      ],
      customData: { desk: 4 },
    });
    await local
      .db('shop')
      .collection('things')
      .insertOne({ _id: 1 as never });
    await local
      .db('news')
      .collection('items')
      .insertOne({ _id: 1 as never });
    await local
      .db('secret')
      .collection('papers')
      .insertOne({ _id: 1 as never });
  });
  afterAll(async () => {
    for (const client of open) await client.close();
    await local?.close();
    await server?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const as = async (username?: string, password = '', options: MongoClientOptions = {}) => {
    const client = new MongoClient(server.tcpUri!, {
      ...(username !== undefined && { auth: { username, password } }),
      serverSelectionTimeoutMS: 30_000,
      ...options,
    });
    open.push(client);
    return await client.connect();
  };
  const unauthorized = { code: 13, codeName: 'Unauthorized' };
  const failed = {
    code: 18,
    codeName: 'AuthenticationFailed',
    message: expect.stringContaining('Authentication failed.'),
  };

  it('lets nobody read, write, or look around before he has said who he is', async () => {
    const client = await as();
    const db = client.db('shop');
    for (const command of [
      { find: 'things' },
      { insert: 'things', documents: [{ a: 1 }] },
      { aggregate: 1, pipeline: [{ $changeStream: {} }], cursor: {} },
      { listCollections: 1 },
      { dropDatabase: 1 },
      { getMore: 1n as never, collection: 'things' },
      { createUser: 'x', pwd: 'y', roles: [] },
      { explain: { find: 'things' } },
    ]) {
      await expect(db.command(command, { useBigInt64: true } as never)).rejects.toMatchObject(unauthorized);
    }
    for (const command of [
      { listDatabases: 1 },
      { serverStatus: 1 },
      { usersInfo: 1 },
      { embeddedBackup: 'begin' },
      { bulkWrite: 1, ops: [], nsInfo: [] },
    ]) {
      await expect(client.db('admin').command(command)).rejects.toMatchObject(unauthorized);
    }
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
    expect(await db.command({ connectionStatus: 1 })).toMatchObject({ authInfo: { authenticatedUsers: [] } });
  });

  it('reads no long message of somebody who has not said who he is', async () => {
    const port = Number(/:(\d+)\//.exec(server.tcpUri!)![1]);
    const socket = connect(port, '127.0.0.1');
    const closed = once(socket, 'close');
    const header = Buffer.alloc(16);
    header.writeInt32LE(100_000, 0);
    header.writeInt32LE(2013, 12);
    socket.write(header);
    await closed;
    // Those who have may send long ones.
    const client = await as('chief', 'all, of=it');
    await client
      .db('shop')
      .collection('long')
      .insertOne({ text: 'x'.repeat(1_000_000) });
  });

  it.each(['SCRAM-SHA-256', 'DEFAULT'] as const)(
    'lets a user in with the right password (%s)',
    async (authMechanism) => {
      const client = await as('chief', 'all, of=it', { authMechanism });
      await client
        .db('shop')
        .collection('things')
        .updateOne({ _id: 1 as never }, { $set: { by: 'chief' } });
      expect(await client.db('admin').command({ connectionStatus: 1 })).toMatchObject({
        authInfo: {
          authenticatedUsers: [{ user: 'chief', db: 'admin' }],
          authenticatedUserRoles: [{ role: 'root', db: 'admin' }],
        },
      });
      const session = client.startSession();
      await session.withTransaction(() =>
        client.db('shop').collection('things').insertOne({ a: 1 }, { session }),
      );
      await session.endSession();
    },
  );

  it('lets a user in by a URI, and takes a password typed otherwise for the same when SASLprep says so', async () => {
    const uri = server.tcpUri!.replace(
      'mongodb://',
      `mongodb://clerk:${encodeURIComponent('pa\u0308sswörd')}@`,
    );
    const client = await MongoClient.connect(`${uri}&authMechanism=SCRAM-SHA-256&authSource=admin`);
    open.push(client);
    expect(
      await client
        .db('shop')
        .collection('things')
        .countDocuments({ _id: 1 as never }),
    ).toBe(1);
  });

  it('answers a wrong password and an unknown user alike', async () => {
    await expect(as('chief', 'wrong')).rejects.toMatchObject(failed);
    await expect(as('nobody', 'wrong')).rejects.toMatchObject(failed);
    await expect(as('chief', 'all, of=it', { authSource: 'shop' })).rejects.toMatchObject(failed);
    const raw = await RawClient.connect(server.uri);
    const begin = async (user: string) => {
      const reply = await raw.command({
        saslStart: 1,
        mechanism: 'SCRAM-SHA-256',
        payload: new Binary(Buffer.from(`n,,n=${user},r=abc`)),
        $db: 'admin',
      });
      return { ...reply, parts: /^r=abc.+,s=(.+),i=(\d+)$/.exec(reply.payload.toString('utf8'))! };
    };
    const [known, unknown, again, other] = [
      await begin('chief'),
      await begin('nobody'),
      await begin('nobody'),
      await begin('someone'),
    ];
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(unknown.parts[2]).toBe(known.parts[2]);
    expect(Buffer.from(unknown.parts[1]!, 'base64')).toHaveLength(
      Buffer.from(known.parts[1]!, 'base64').length,
    );
    // Asked twice it must not give itself away by another salt.
    expect(again.parts[1]).toBe(unknown.parts[1]);
    expect(other.parts[1]).not.toBe(unknown.parts[1]);
    raw.close();
  });

  it('keeps to the roles: readWrite and read on their databases, and nothing else', async () => {
    const client = await as('clerk', 'pässwörd');
    const [shop, news, secret] = ['shop', 'news', 'secret'].map((name) => client.db(name));
    await shop!.collection('things').insertOne({ _id: 2 as never });
    await shop!.collection('things').createIndex({ a: 1 });
    await shop!
      .collection('things')
      .aggregate([{ $out: 'copy' }])
      .toArray();
    expect(await news!.collection('items').find().toArray()).toEqual([{ _id: 1 }]);
    const things = shop!.collection('things');
    const denied: (() => Promise<unknown>)[] = [
      () => news!.collection('items').insertOne({ a: 1 }),
      () => news!.collection('items').drop(),
      () =>
        news!
          .collection('items')
          .aggregate([{ $out: 'copy' }])
          .toArray(),
      () => secret!.collection('papers').findOne(),
      () => secret!.listCollections().toArray(),
      () => things.aggregate([{ $merge: { into: { db: 'secret', coll: 'papers' } } }]).toArray(),
      () => things.aggregate([{ $unionWith: { db: 'secret', coll: 'papers' } }]).toArray(),
      () =>
        things
          .aggregate([
            {
              $facet: { a: [{ $lookup: { from: { db: 'secret', coll: 'papers' }, pipeline: [], as: 'x' } }] },
            },
          ])
          .toArray(),
      () =>
        shop!.command({
          explain: { aggregate: 'things', pipeline: [{ $out: { db: 'secret', coll: 'x' } }], cursor: {} },
        }),
      () => client.db('admin').command({ renameCollection: 'shop.things', to: 'secret.things' }),
      () =>
        client.db('admin').command({
          bulkWrite: 1,
          ops: [{ insert: 0, document: { a: 1 } }],
          nsInfo: [{ ns: 'secret.papers' }],
        }),
      () => shop!.dropDatabase(),
      () => shop!.command({ collMod: 'copy', validator: {} }),
      () => client.db('admin').command({ serverStatus: 1 }),
      () => client.db('admin').command({ createUser: 'mine', pwd: 'x', roles: ['root'] }),
      () => client.db('admin').command({ updateUser: 'clerk', roles: ['root'] }),
      () => client.db('admin').command({ usersInfo: 1 }),
      () => client.db('admin').command({ killAllSessions: [] }),
      () => client.watch().next(),
    ];
    for (const attempt of denied) await expect(attempt()).rejects.toMatchObject(unauthorized);
    await client.bulkWrite([{ namespace: 'shop.items', name: 'insertOne', document: { _id: 9 as never } }]);
    const { databases } = await client.db('admin').admin().listDatabases();
    expect(databases.map(({ name }) => name)).toEqual(['news', 'shop']);
    expect(await client.db('admin').command({ usersInfo: 'clerk' })).toMatchObject({
      users: [{ user: 'clerk', customData: { desk: 4 } }],
    });
  });

  it('changes and removes users, at once for those who are connected, and after a restart', async () => {
    const admin = local.db('admin');
    await admin.command({ createUser: 'temp', pwd: 'one', roles: [{ role: 'read', db: 'news' }] });
    const client = await as('temp', 'one', { maxPoolSize: 1 });
    await expect(client.db('news').collection('items').insertOne({ a: 1 })).rejects.toMatchObject(
      unauthorized,
    );
    await admin.command({ updateUser: 'temp', roles: [{ role: 'readWrite', db: 'news' }] });
    await client
      .db('news')
      .collection('items')
      .insertOne({ _id: 5 as never });
    await admin.command({ updateUser: 'temp', pwd: 'two' });
    await expect(as('temp', 'one')).rejects.toMatchObject(failed);
    await as('temp', 'two');
    await admin.command({ dropUser: 'temp' });
    await expect(client.db('news').collection('items').findOne()).rejects.toMatchObject(unauthorized);
    await expect(as('temp', 'two')).rejects.toMatchObject(failed);
    // One of the same name is not the same.
    await admin.command({ createUser: 'temp', pwd: 'three', roles: ['root'] });
    await expect(client.db('news').collection('items').findOne()).rejects.toMatchObject(unauthorized);

    await expect(admin.command({ createUser: 'temp', pwd: 'x', roles: [] })).rejects.toMatchObject({
      code: 51003,
    });
    await expect(admin.command({ dropUser: 'nobody' })).rejects.toMatchObject({
      code: 11,
      codeName: 'UserNotFound',
    });
    for (const role of ['dbAdmin', 'userAdminAnyDatabase', { role: 'root', db: 'shop' }]) {
      await expect(admin.command({ createUser: 'y', pwd: 'x', roles: [role] })).rejects.toMatchObject({
        code: 31,
        codeName: 'RoleNotFound',
      });
    }
    await expect(
      admin.command({ createUser: 'y', pwd: 'x', roles: [], mechanisms: ['SCRAM-SHA-1'] }),
    ).rejects.toMatchObject({ code: 2 });
    await expect(admin.command({ createUser: 'y', pwd: '', roles: [] })).rejects.toMatchObject({ code: 2 });
    expect((await admin.command({ usersInfo: 1 })).users.map(({ user }: { user: string }) => user)).toEqual([
      'chief',
      'clerk',
      'temp',
    ]);
    expect(JSON.stringify(await admin.command({ usersInfo: 1 }))).not.toMatch(/salt|storedKey|pwd/);
  });
});
