import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { backup, checkStore, compact, restore } from '../../src/operations/index.ts';
import { fill, freshPlaces, serving } from './operations-folder.ts';

const places = freshPlaces();

describe('killed in the middle', () => {
  const script = fileURLToPath(new URL('./fixtures/cut-off.ts', import.meta.url));
  const cutOff = async (operation: string, call: string, when: string) => {
    const args = ['--no-warnings', script, operation, places.dataDir, places.file, call, when];
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
      await serving(places.dataDir, fill);
      await backup(places);
      await serving(places.dataDir, (client) =>
        client
          .db('shop')
          .collection('things')
          .deleteMany({ n: { $gte: 200 } }),
      );
      await cutOff('restore', call, when);
      expect(await checkStore(places.dataDir)).toMatchObject({ documents, problemCount: 0 });
      await serving(places.dataDir, async (client) => {
        expect(
          await client
            .db('shop')
            .collection('things')
            .countDocuments({ code: { $gte: 'c' } }),
        ).toBe(documents);
      });
      await restore(places);
      expect(await checkStore(places.dataDir)).toMatchObject({ documents: 300, problemCount: 0 });
    },
  );

  it.each(['before', 'after'])(
    'a compaction %s its renameSync loses nothing, and can be done again',
    async (when) => {
      await serving(places.dataDir, fill);
      await cutOff('compact', 'renameSync', when);
      expect(await checkStore(places.dataDir)).toMatchObject({
        documents: 300,
        entries: 1200,
        problemCount: 0,
      });
      await compact(places.dataDir);
      expect(await checkStore(places.dataDir)).toMatchObject({
        documents: 300,
        entries: 1200,
        problemCount: 0,
      });
    },
  );
});
