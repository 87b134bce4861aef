import {
  closeSync,
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
import { describe, expect, it } from '@jest/globals';
import { backup, checkFile, restore } from '../../src/operations/index.ts';
import { fill, freshPlaces, serving } from './operations-folder.ts';

const places = freshPlaces();

describe('restore', () => {
  it('puts the backup in the place of the data, and keeps what was there aside', async () => {
    await serving(places.dataDir, fill);
    await backup(places);
    await serving(places.dataDir, (client) => client.db('shop').collection('things').deleteMany({}));
    const { replaced } = await restore(places);
    await serving(places.dataDir, async (client) => {
      expect(
        await client
          .db('shop')
          .collection('things')
          .countDocuments({ code: { $gte: 'c' } }),
      ).toBe(300);
    });
    // What was there is whole as well.
    expect(await checkFile(replaced!)).toMatchObject({ documents: 0, problemCount: 0 });
    rmSync(places.file);
    await restore({ dataDir: places.dataDir, file: replaced! });
    await serving(places.dataDir, async (client) => {
      expect(await client.db('shop').collection('things').countDocuments({})).toBe(0);
    });
  });

  it('refuses while a server runs on the data, and changes nothing', async () => {
    await serving(places.dataDir, fill);
    await backup(places);
    await serving(places.dataDir, async (client) => {
      await client
        .db('shop')
        .collection('things')
        .deleteMany({ n: { $lt: 100 } });
      await expect(restore(places)).rejects.toThrow(/server is running/);
      expect(await client.db('shop').collection('things').countDocuments({})).toBe(200);
    });
    expect(readdirSync(places.dataDir).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
  });

  it('refuses what is damaged, cut short, of a newer format, or no backup at all, and changes nothing', async () => {
    await serving(places.dataDir, fill);
    await backup(places);
    const whole = readFileSync(places.file);
    const before = readFileSync(join(places.dataDir, 'embedded.db'));

    const handle = openSync(places.file, 'r+');
    const at = whole.lastIndexOf('c250');
    writeSync(handle, Buffer.of(whole[at + 3]! ^ 4), 0, 1, at + 3);
    closeSync(handle);
    await expect(restore(places)).rejects.toThrow(/damaged/);

    writeFileSync(places.file, whole);
    truncateSync(places.file, Math.floor(whole.length / 2));
    await expect(restore(places)).rejects.toThrow(/damaged/);

    writeFileSync(places.file, whole);
    const db = new DatabaseSync(places.file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(restore(places)).rejects.toThrow(/format 99/);

    writeFileSync(places.file, 'a letter to the editor, which is not a backup\n'.repeat(1000));
    await expect(restore(places)).rejects.toThrow(/damaged|not written by/);
    await expect(restore({ dataDir: places.dataDir, file: join(places.root, 'none.db') })).rejects.toThrow(
      /no file/,
    );
    await expect(
      restore({ dataDir: places.dataDir, file: join(places.dataDir, 'embedded.db') }),
    ).rejects.toThrow(/itself/);

    expect(readFileSync(join(places.dataDir, 'embedded.db')).equals(before)).toBe(true);
  });

  it('replaces data that is too damaged to be opened', async () => {
    await serving(places.dataDir, fill);
    await backup(places);
    writeFileSync(join(places.dataDir, 'embedded.db'), 'overwritten by mistake '.repeat(1000));
    const { replaced } = await restore(places);
    expect(readFileSync(replaced!, 'utf8')).toMatch(/^overwritten/);
    await serving(places.dataDir, async (client) => {
      expect(
        await client
          .db('shop')
          .collection('things')
          .countDocuments({ n: { $gte: 0 } }),
      ).toBe(300);
    });
  });
});
