import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type FakeClock, fakeClock } from '../../src/core/clock.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { openStore, transaction } from '../../src/core/store.ts';
import { askLater, createAssistant, type Question, QuestionModel } from '../../src/llm/questions.ts';

const offline = { acts: [], entities: {} };
const understood = {
  engine: 'llm' as const,
  value: { acts: ['order_status' as const], entities: {} },
  model: 'fake',
  tokens: 10,
};

let folder: string;
let store: Awaited<ReturnType<typeof openStore>>;
let clock: FakeClock;
let delivered: [string, string][];
let refuses: boolean;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-questions-'));
  store = await openStore(loadConfig({ PARLEY_DATA: folder, LOG_LEVEL: 'silent' }), silentLogger);
});
afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  clock = fakeClock('2026-03-11T05:00:00Z');
  delivered = [];
  refuses = false;
  await QuestionModel.deleteMany({});
});

const ask = (messageId: string) =>
  askLater({
    conversationId: 'c1',
    messageId,
    input: { text: 'the thing from May', now: clock.now(), timezone: 'Asia/Kolkata', country: 'IN' },
    offline,
    askedAt: clock.now(),
  });

function assistant(understand: (question: unknown) => Promise<typeof understood> = async () => understood) {
  const pump = createAssistant({
    llm: { understand },
    bus: { unitOfWork: (_caller, work) => transaction(() => work({} as never)) },
    clock,
    log: silentLogger,
    pollMs: 3_600_000,
    deliver: async (_ctx, question: Question, outcome) => {
      if (refuses) throw new Error('the store is away');
      delivered.push([question.messageId, outcome.engine === 'llm' ? 'llm' : outcome.reason]);
    },
  });
  pump.start();
  return pump;
}

it('answers each question once, however often and by however many it is asked', async () => {
  for (const id of ['m1', 'm2', 'm1']) await ask(id);
  const workers = [assistant(), assistant()];
  await Promise.all(workers.map((worker) => worker.idle()));
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(delivered.sort()).toEqual([
    ['m1', 'llm'],
    ['m2', 'llm'],
  ]);
  expect(await QuestionModel.countDocuments()).toBe(0);
});

it('a question of a turn that was not committed is not asked', async () => {
  await transaction(async () => {
    await ask('m3');
    throw new Error('the turn lost a conflict');
  }).catch(() => {});
  const worker = assistant();
  await worker.idle();
  await worker.stop();
  expect(delivered).toEqual([]);
});

it('an answer that could not be handed on is asked for again, and is not lost', async () => {
  await ask('m4');
  refuses = true;
  const worker = assistant();
  await worker.idle();
  expect(delivered).toEqual([]);
  refuses = false;
  await worker.idle();
  expect(delivered).toEqual([]); // held for half a minute, as if its asker had died
  clock.advance(30_000);
  await worker.idle();
  await worker.stop();
  expect(delivered).toEqual([['m4', 'llm']]);
});

it('after two minutes the offline reading stands, and nobody is asked', async () => {
  await ask('m5');
  clock.advance(121_000);
  let asked = 0;
  const worker = assistant(async () => {
    asked++;
    return understood;
  });
  await worker.idle();
  await worker.stop();
  expect([asked, delivered]).toEqual([0, [['m5', 'timeout']]]);
});

it('no transaction is open while the model is thinking', async () => {
  await ask('m6');
  const worker = assistant(async () => {
    // a write from outside goes through at once: nothing holds the record
    await QuestionModel.updateOne({ _id: 'c1:m6' }, { $set: { 'input.asked': 'anything else?' } });
    return understood;
  });
  await worker.idle();
  await worker.stop();
  expect(delivered).toEqual([['m6', 'llm']]);
});
