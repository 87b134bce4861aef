/** A server that is killed while questions to the model are under way: nothing is lost, nobody is answered twice. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { startEmbedded } from 'embedded-mongodb';
import mongoose from 'mongoose';
import { QuestionModel } from '../../src/core/questions.ts';
import { ConversationModel } from '../../src/domain/conversations/model/conversation.ts';
import { MessageModel } from '../../src/domain/conversations/model/message.ts';
import { type Customer, holdTalk, webVisitor } from '../faults/customers.ts';
import { readRecords } from '../faults/records.ts';
import { completion, fakeServer } from './fake-server.ts';

jest.setTimeout(600_000);

const puzzle = 'the blue gadget from the fair hums at dusk, what gives?';
const lines = ['hello', puzzle, `${puzzle} so?`];
/** Writes after which each life ends: in every part of a question's way. */
const lives = [60, 25, 80, 40, 110, 50, 70, 95].slice(0, Number(process.env.KILLS ?? 3));
const base = '2026-03-11T04:30:00Z';
const startedAt = Date.now();

let folder: string;
let model: Awaited<ReturnType<typeof fakeServer>>;
let child: ChildProcess;
let address = '';
let killed = 0;
let done = false;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-llm-kill-'));
  model = await fakeServer();
  const blank = ['person', 'company', 'phone', 'email', 'city', 'product', 'quantity', 'budget', 'when'];
  const nothing = Object.fromEntries(blank.map((name) => [name, null]));
  model.plays(completion({ ...nothing, intents: ['ask_hours'] }));
  const dir = join(folder, 'config');
  cpSync('config', dir, { recursive: true });
  const app = join(dir, 'app.yaml');
  writeFileSync(
    app,
    `${readFileSync(app, 'utf8')}\nllm: { enabled: true, baseUrl: '${model.url}', model: fake, tasks: [understand] }\n`,
  );
  // How long a customer waits here says nothing of when one is to be reminded.
  const silence = join(dir, 'flows/shared/interrupts.yaml');
  writeFileSync(silence, readFileSync(silence, 'utf8').replace(/^silence:\n(?: .*\n)+/m, ''));
  await start();
});
afterAll(async () => {
  done = true;
  child?.kill('SIGKILL');
  await model?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the server; when it dies, starts it again. */
async function start(): Promise<void> {
  child = fork(resolve(import.meta.dirname, 'victim.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      ...process.env,
      PARLEY_DATA: folder,
      PARLEY_CONFIG: join(folder, 'config'),
      PARLEY_SECRET: 'the same secret for every life of this server',
      LLM_API_KEY: 'key-of-the-test',
      PORT: '0',
      MONGODB_URI: '',
      KILL_AT: String(lives[killed] ?? 0),
      STARTED_AT: String(startedAt),
      CLOCK_BASE: base,
      CLOCK_SPEED: '3',
    },
  });
  child.once('exit', (_code, signal) => {
    address = '';
    if (done) return;
    if (signal === 'SIGKILL') killed++;
    void start();
  });
  const [message] = (await once(child, 'message')) as [{ address: string }];
  address = message.address;
  child.send('go');
}

it(`killed ${lives.length} times, it loses no message, keeps no question, and answers each once [B2] [B8]`, async () => {
  const customers: Customer[] = [];
  while (killed < lives.length || !customers.length) {
    const round = Array.from({ length: 3 }, (_, n) =>
      webVisitor({ name: `${customers.length + n}`, phone: '', lines }, () => address),
    );
    customers.push(...round);
    await Promise.all(round.map(holdTalk));
  }
  child.send('drain');
  await once(child, 'message');
  done = true;
  child.send('stop');
  await once(child, 'exit');

  const server = await startEmbedded({ dataDir: join(folder, 'store') });
  await mongoose.connect(server.uri);
  const { waiting } = await readRecords();
  const questions = await QuestionModel.countDocuments();
  const conversations = await ConversationModel.find().lean();
  const messages = await MessageModel.find().sort({ conversationId: 1, seq: 1 }).lean();
  await mongoose.disconnect();
  await server.close();

  expect(waiting).toEqual({ inbox: 0, dead: 0, outbox: 0, events: 0 });
  expect(questions).toBe(0);
  expect(conversations).toHaveLength(customers.length);
  expect(conversations.filter(({ session }) => session?.state.pending)).toEqual([]);
  for (const { _id } of conversations) {
    const talk = messages.filter(({ conversationId }) => conversationId === _id);
    expect(talk.filter(({ direction }) => direction === 'in').map(({ text }) => text)).toEqual(lines);
    // One answer for each message, whoever decided it.
    expect(talk.map(({ direction }) => direction)).toEqual(['in', 'out', 'in', 'out', 'in', 'out']);
  }
  expect(model.sent.length).toBeGreaterThan(0);
});
