import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { Binary, MongoClient } from 'mongodb';
import { startEmbedded } from '../../src/index.ts';
import { freshFolder, RawClient } from './harness.ts';

it('refuses a proof that was recorded in another exchange, and one without a beginning', async () => {
  const dataDir = freshFolder();
  const server = await startEmbedded({ dataDir });
  const local = await MongoClient.connect(server.uri);
  await local.db('admin').command({ createUser: 'chief', pwd: 'all, of=it', roles: ['root'] });
  await local.close();
  const raw = await RawClient.connect(server.uri);
  const start = () =>
    raw.command({
      saslStart: 1,
      mechanism: 'SCRAM-SHA-256',
      payload: new Binary(Buffer.from('n,,n=chief,r=abc')),
      $db: 'admin',
    });
  const finish = (payload: string) =>
    raw.command({
      saslContinue: 1,
      conversationId: 1,
      payload: new Binary(Buffer.from(payload)),
      $db: 'admin',
    });
  const prove = (serverFirst: string) => {
    const [, nonce, salt, iterations] = /^r=(.+),s=(.+),i=(\d+)$/.exec(serverFirst)!;
    const salted = pbkdf2Sync('all, of=it', Buffer.from(salt!, 'base64'), Number(iterations), 32, 'sha256');
    const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
    const key = hmac(salted, 'Client Key');
    const without = `c=biws,r=${nonce}`;
    const signature = hmac(
      createHash('sha256').update(key).digest(),
      `n=chief,r=abc,${serverFirst},${without}`,
    );
    return `${without},p=${Buffer.from(key.map((byte, i) => byte ^ signature[i]!)).toString('base64')}`;
  };
  const recorded = prove((await start()).payload.toString('utf8'));
  // In its own exchange it is right; the empty message at the end completes it.
  expect(await finish(recorded)).toMatchObject({ ok: 1, done: false });
  expect(await finish('')).toMatchObject({ ok: 1, done: true });
  expect(await finish(recorded)).toMatchObject({ ok: 0, code: 17 });
  await start();
  expect(await finish(recorded)).toMatchObject({ ok: 0, code: 18, errmsg: 'Authentication failed.' });
  // One try a beginning.
  expect(await finish(recorded)).toMatchObject({ ok: 0, code: 17 });
  expect(
    await raw.command({
      saslStart: 1,
      mechanism: 'SCRAM-SHA-1',
      payload: new Binary(Buffer.from('x')),
      $db: 'admin',
    }),
  ).toMatchObject({ ok: 0, code: 334 });
  raw.close();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('knows its users again after a restart', async () => {
  const dataDir = freshFolder();
  const first = await startEmbedded({ dataDir, tcp: { port: 0 } });
  const client = await MongoClient.connect(first.uri);
  await client.db('admin').command({ createUser: 'chief', pwd: 'secret', roles: ['root'] });
  await client.close();
  await first.close();
  const second = await startEmbedded({ dataDir, tcp: { port: 0 } });
  const again = await MongoClient.connect(second.tcpUri!, {
    auth: { username: 'chief', password: 'secret' },
  });
  expect(await again.db('admin').command({ listDatabases: 1 })).toMatchObject({ ok: 1 });
  await again.close();
  await second.close();
  rmSync(dataDir, { recursive: true, force: true });
});
