import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { accountKeys } from '../../src/core/account-keys.ts';
import { type TestApp, testApp } from '../support/app.ts';

describe('keys of a linked account', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app?.dispose());
  const keysOf = (account: string, secret = 'a secret') => accountKeys(account, secret, app.clock);
  const stored = () =>
    mongoose.connection.db!.collection<{ _id: string; value?: string }>('account_keys').find().toArray();

  it('keeps, changes and removes them, each account its own', async () => {
    const keys = keysOf('whatsapp:a');
    await keys.set(
      [
        { name: 'creds', value: 'one' },
        { name: 'pre-key-1', value: 'p' },
      ],
      1,
    );
    await keysOf('whatsapp:b').set([{ name: 'creds', value: 'other' }], 1);
    await keys.set(
      [
        { name: 'creds', value: 'two' },
        { name: 'pre-key-1', value: null },
      ],
      1,
    );
    expect(await keys.get(['creds', 'pre-key-1', 'never'])).toEqual({ creds: 'two' });
    await keys.clear(1);
    expect(await keys.get(['creds'])).toEqual({});
    expect(await keysOf('whatsapp:b').get(['creds'])).toEqual({ creds: 'other' });
  });

  it('refuses whoever has lost the lease, and changes nothing for them', async () => {
    const keys = keysOf('whatsapp:c');
    await keys.set([{ name: 'creds', value: 'of the first' }], 4);
    await keys.set([], 5);
    await expect(keys.set([{ name: 'creds', value: 'late' }], 4)).rejects.toThrow('another process holds');
    await expect(keys.clear(4)).rejects.toThrow('another process holds');
    expect(await keys.get(['creds'])).toEqual({ creds: 'of the first' });
    await keys.set([{ name: 'creds', value: 'of the second' }], 5);
    expect(await keys.get(['creds'])).toEqual({ creds: 'of the second' });
  });

  it('stores nothing that can be read, moved to another name, or opened with another secret', async () => {
    const keys = keysOf('whatsapp:d');
    await keys.set([{ name: 'creds', value: 'the private key' }], 1);
    const rows = await stored();
    expect(JSON.stringify(rows)).not.toContain('the private key');
    await expect(keysOf('whatsapp:d', 'another').get(['creds'])).rejects.toThrow();
    const { value } = rows.find(({ _id }) => _id === 'whatsapp:d:creds')!;
    const collection = mongoose.connection.db!.collection<{ _id: string }>('account_keys');
    await collection.insertOne({ _id: 'whatsapp:d:session', value } as never);
    await expect(keys.get(['session'])).rejects.toThrow();
  });
});
