import { mkdirSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { type Collection, MongoClient, MongoServerError } from 'mongodb';
import { startEmbedded } from '../../src/index.ts';
import { freshFolder, startProcess } from './harness.ts';

const socketOf = (uri: string): string => decodeURIComponent(/mongodb:\/\/([^/]+)\//.exec(uri)![1]!);

/** The driver retries a write once by itself; the application goes on until somebody serves it again. */
async function insertWhenServed(things: Collection<{ _id: number }>, _id: number): Promise<void> {
  for (;;) {
    try {
      await things.insertOne({ _id });
      return;
    } catch (error) {
      if (!(error instanceof MongoServerError)) continue;
      if (error.code === 11000) return;
      throw error;
    }
  }
}

it('lets a second process join the server that already has the data, under the same URI', async () => {
  const dataDir = freshFolder();
  const owner = await startProcess(dataDir);
  const second = await startEmbedded({ dataDir });
  expect([owner.role, second.role]).toEqual(['owner', 'joined']);
  expect(second.uri).toBe(owner.uri);
  const client = await MongoClient.connect(second.uri);
  await client.db('test').collection('things').insertOne({ a: 1 });
  expect(await client.db('test').collection('things').countDocuments()).toBe(1);
  await client.close();
  await second.close();
  await owner.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

it('takes over under the same URI when the owner is killed, with everything that was acknowledged', async () => {
  const dataDir = freshFolder();
  const owner = await startProcess(dataDir);
  const second = await startEmbedded({ dataDir });
  const client = await MongoClient.connect(second.uri);
  const things = client.db('test').collection<{ _id: number }>('things');
  await things.insertOne({ _id: 1 });
  await owner.kill();
  await insertWhenServed(things, 2);
  expect((await things.find().toArray()).map((thing) => thing._id)).toEqual([1, 2]);
  expect(second.role).toBe('owner');
  await client.close();
  await second.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('serves two servers of one process over one folder as one', async () => {
  const dataDir = freshFolder();
  const first = await startEmbedded({ dataDir });
  const second = await startEmbedded({ dataDir });
  expect(second.role).toBe('joined');
  expect(second.uri).toBe(first.uri);
  await second.close();
  await first.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('keeps the socket to the user alone, and finds a short path for a deep folder', async () => {
  const root = freshFolder();
  const dataDir = join(root, 'x'.repeat(60), 'y'.repeat(60));
  mkdirSync(dataDir, { recursive: true });
  const server = await startEmbedded({ dataDir });
  const path = socketOf(server.uri);
  expect(Buffer.byteLength(path)).toBeLessThan(108);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
  const client = await MongoClient.connect(server.uri);
  expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  await client.close();
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

it('listens on TCP only when told to, on 127.0.0.1, and warns when it is without authentication', async () => {
  const dataDir = freshFolder();
  await expect(
    startEmbedded({ dataDir, tcp: { port: 0, host: '0.0.0.0', noAuth: true } as never }),
  ).rejects.toThrow('127.0.0.1');
  const lines: string[] = [];
  const server = await startEmbedded({
    dataDir,
    tcp: { port: 0, noAuth: true },
    log: (line) => lines.push(line),
  });
  expect(lines.join('\n')).toMatch(/without authentication/);
  const client = await MongoClient.connect(server.uri);
  const hello = await client.db('admin').command({ hello: 1 });
  expect(server.uri).toContain(hello.me);
  expect(hello.hosts).toEqual([hello.me]);
  await client.close();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('takes over the TCP port with the data, and asks for the same users', async () => {
  const dataDir = freshFolder();
  const first = await startEmbedded({ dataDir, tcp: { port: 0 } });
  const second = await startEmbedded({ dataDir });
  expect(second).toMatchObject({ role: 'joined', uri: first.uri, tcpUri: first.tcpUri });
  const local = await MongoClient.connect(first.uri);
  await local.db('admin').command({ createUser: 'chief', pwd: 'secret', roles: ['root'] });
  const remote = await MongoClient.connect(first.tcpUri!, {
    auth: { username: 'chief', password: 'secret' },
  });
  const things = remote.db('test').collection<{ _id: number }>('things');
  await things.insertOne({ _id: 1 });
  await first.close();
  await insertWhenServed(things, 2);
  expect(second.role).toBe('owner');
  const stranger = await MongoClient.connect(second.tcpUri!);
  await expect(stranger.db('test').collection('things').findOne()).rejects.toMatchObject({ code: 13 });
  for (const client of [local, remote, stranger]) await client.close();
  await second.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('serves again by itself when its thread has died', async () => {
  const dataDir = freshFolder();
  const lines: string[] = [];
  const server = await startEmbedded({ dataDir, testCommands: true, log: (line) => lines.push(line) });
  const client = await MongoClient.connect(server.uri);
  const things = client.db('test').collection<{ _id: number }>('things');
  await things.insertOne({ _id: 1 });
  await client
    .db('admin')
    .command({ crash: 1 })
    .catch(() => {});
  await insertWhenServed(things, 2);
  expect((await things.find().toArray()).map((thing) => thing._id)).toEqual([1, 2]);
  expect(lines.join('\n')).toContain('starting it again');
  await client.close();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});
