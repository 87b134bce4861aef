import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openStore } from '../../src/core/store.ts';
import { memoryLedger } from '../../src/llm/budget.ts';
import { LlmUsageModel, storedLedger } from '../../src/llm/token-ledger.ts';

let folder: string;
let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-ledger-'));
  store = await openStore(loadConfig({ PARLEY_DATA: folder, LOG_LEVEL: 'silent' }), silentLogger);
});
afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['in memory', memoryLedger],
  ['in the database', () => storedLedger],
])('%s: a day is not overdrawn, whoever asks at the same time', async (_where, make) => {
  const ledger = make();
  const granted = await Promise.all(
    Array.from({ length: 20 }, () => ledger.reserve('2026-03-11', 300, 1000)),
  );
  expect(granted.filter(Boolean)).toHaveLength(3);
  await ledger.correct('2026-03-11', -200);
  expect(await ledger.reserve('2026-03-11', 300, 1000)).toBe(true);
  expect(await ledger.reserve('2026-03-11', 1, 1000)).toBe(false);
  expect(await ledger.reserve('2026-03-12', 1000, 1000)).toBe(true);
  expect(await ledger.reserve('2026-03-13', 1001, 1000)).toBe(false);
});

it('what was spent is still known after a restart', async () => {
  expect(await LlmUsageModel.findById('2026-03-11').lean()).toMatchObject({ tokens: 1000 });
});
