/** The embedded store's tools as a person uses them: the shell script, its output, its exit code. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Document, MongoClient } from 'mongodb';

const parley = resolve('bin/parley');

let folder: string;
const children = new Set<ChildProcess>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
});
afterEach(async () => {
  for (const child of children) await stop(child);
  rmSync(folder, { recursive: true, force: true });
});

function run(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    const child = execFile(parley, ['store', ...args], (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stdin!.end(input);
  });
}

/** Runs the store alone on a free port; resolves with its URI when it listens. */
async function serve(data: string, ...options: string[]): Promise<{ uri: string; child: ChildProcess }> {
  const child = spawn(parley, ['store', '--data', data, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.add(child);
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('mongodb:')) return { uri: line, child };
  }
  throw new Error('the store has not started');
}

async function stop(child: ChildProcess): Promise<void> {
  children.delete(child);
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function withClient<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(uri);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

const people = (client: MongoClient) => client.db('office').collection<Document & { _id: number }>('people');

describe('bin/parley store', () => {
  it('saves a running store into a file, and puts it back: what came later is gone, and kept aside', async () => {
    const data = join(folder, 'data');
    const file = join(folder, 'saved.db');
    const { uri, child } = await serve(data, '--no-auth');
    await withClient(uri, async (client) => {
      await people(client).createIndex({ name: 1 });
      await people(client).insertMany([
        { _id: 1, name: 'Asha' },
        { _id: 2, name: 'Bala' },
      ]);
      expect(await run(['backup', file, '--data', data])).toMatchObject({
        code: 0,
        out: expect.stringContaining('2 documents in 1 collection, 4 entries in 2 indexes'),
      });
      await people(client).deleteOne({ _id: 1 });
    });
    expect(await run(['restore', file, '--data', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('A server is running on this data. Stop it first'),
    });
    await stop(child);
    const restored = await run(['restore', file, '--data', data]);
    expect(restored.code).toBe(0);
    const kept = /kept as (\S+\.db)/.exec(restored.out)![1]!;
    expect(await run(['check', kept])).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 document in'),
    });
    const again = await serve(data, '--no-auth');
    await withClient(again.uri, async (client) => {
      expect(await people(client).findOne({ name: 'Asha' })).toEqual({ _id: 1, name: 'Asha' });
    });
  });

  it('says in words what is wrong with a file, and ends with 1', async () => {
    const data = join(folder, 'data');
    const file = join(folder, 'saved.db');
    const { uri, child } = await serve(data, '--no-auth');
    await withClient(uri, (client) => people(client).insertOne({ _id: 1, name: 'Chitra Natarajan' }));
    await stop(child);
    expect((await run(['backup', file, '--data', data])).code).toBe(0);
    expect((await run(['check', '--data', data])).out).toMatch(/^Nothing is wrong\. 1 document in/);
    expect((await run(['compact', '--data', data])).out).toMatch(/before, .* now\.$/m);
    const bytes = readFileSync(file);
    bytes[bytes.indexOf('Chitra')]! ^= 1;
    writeFileSync(file, bytes);
    const found = await run(['check', file]);
    expect(found.code).toBe(1);
    expect(found.err).toContain('the entry document 1 of collection number 1 does not have its checksum');
    expect(await run(['restore', file, '--data', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is damaged; nothing was changed'),
    });
    expect(await run(['backup', file, '--data', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('already there'),
    });
    expect((await run(['check', join(folder, 'none.db')])).err).toContain('There is no file');
  });

  it('lets a user in by TCP with the password that came by standard input, and nobody else', async () => {
    const data = join(folder, 'data');
    const { uri } = await serve(data);
    const add = (name: string, password: string, ...more: string[]) =>
      run(['user', 'add', name, '--data', data, ...more], password);
    expect(await add('asha', 'a good password\n')).toMatchObject({
      code: 0,
      out: 'Added asha, who may do everything.\n',
    });
    expect(await add('asha', 'another\n')).toMatchObject({
      code: 1,
      err: expect.stringContaining('already exists'),
    });
    expect(await add('bala', '')).toMatchObject({ code: 1, err: expect.stringContaining('empty') });
    expect((await add('bala', 'second', '--role', 'read', '--on', 'office')).code).toBe(0);
    expect((await run(['user', 'list', '--data', data])).out).toBe(
      'asha  root on admin\nbala  read on office\n',
    );
    const as = (user: string, password: string) =>
      uri.replace('mongodb://', `mongodb://${user}:${encodeURIComponent(password)}@`);
    await withClient(as('asha', 'a good password'), (client) => people(client).insertOne({ _id: 1 }));
    await withClient(as('bala', 'second'), async (client) => {
      expect(await people(client).countDocuments({})).toBe(1);
      await expect(people(client).insertOne({ _id: 2 })).rejects.toMatchObject({ code: 13 });
    });
    await expect(withClient(uri, (client) => people(client).findOne())).rejects.toMatchObject({ code: 13 });
    await run(['user', 'password', 'asha', '--data', data], 'a better one');
    await expect(
      withClient(as('asha', 'a good password'), (client) => people(client).findOne()),
    ).rejects.toMatchObject({ code: 18 });
    await run(['user', 'remove', 'bala', '--data', data]);
    expect((await run(['user', 'list', '--data', data])).out).toBe('asha  root on admin\n');
  });

  it('keeps users when no server runs', async () => {
    const data = join(folder, 'data');
    expect((await run(['user', 'add', 'asha', '--data', data], 'a good password')).code).toBe(0);
    const { uri } = await serve(data);
    const signedIn = uri.replace('mongodb://', 'mongodb://asha:a%20good%20password@');
    await withClient(signedIn, async (client) => {
      expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
    });
  });
});
