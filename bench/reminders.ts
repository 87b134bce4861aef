/**
 * Follow-ups that fall due in one minute, through two workers of which one is killed with SIGKILL on the way and started
 * anew: how late each notice is committed, how many come twice, how many are lost; meanwhile customers are answered.
 * `node bench/reminders.ts [reminders] [turns a second]`, by default 100,000 and 2.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.ts';
import { systemActor } from '../src/core/actor.ts';
import { loadConfig } from '../src/core/config.ts';
import { followInserts } from '../src/core/follow.ts';
import { silentLogger } from '../src/core/logger.ts';
import { TimerModel } from '../src/core/timers.ts';
import { tellFollowUp } from '../src/domain/activities/contract.ts';
import { FollowUpModel } from '../src/domain/activities/model.ts';
import { MessageModel } from '../src/domain/conversations/model/message.ts';
import { CounterModel, LeadModel } from '../src/domain/leads/model.ts';
import { NotificationModel } from '../src/domain/notifications/model.ts';
import { createUser } from '../src/domain/staff/contract.ts';

/** Customers who write meanwhile are told of as well. */
const reminded = { rule: 'follow-up-due' };
/** Follow-ups of one lead; what matters here is how many fall due. */
const each = 20;

const config = (folder: string, role: 'api' | 'worker') => {
  const made = loadConfig({
    PARLEY_DATA: folder,
    PARLEY_SECRET: 'x'.repeat(32),
    PARLEY_ROLE: role,
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  made.accounts = [];
  return made;
};
const sender = () => ({
  capabilities: { text: 4096, media: true, ambiguity: 'resend' as const },
  send: async (out: { id: string }) => ({ ok: true as const, providerId: out.id }),
});

if (process.argv[2] === 'worker') await work(process.argv[3]!);
else await measure(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 2));

async function work(folder: string): Promise<void> {
  const app = await createApp({ config: config(folder, 'worker'), log: silentLogger, sender });
  await app.start();
  process.on('message', () => void app.stop().then(() => process.exit(0)));
  process.send!('ready');
}

async function measure(count: number, turns: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-reminders-'));
  const app = await createApp({ config: config(folder, 'api'), log: silentLogger });
  await app.start();
  let workers: ChildProcess[] = [];
  try {
    const started = Date.now();
    const due = await fill(count, app);
    const filling = Date.now() - started;
    /** Notice → when its commit was heard of. */
    const arrived = new Map<string, number>();
    const following = followInserts(
      NotificationModel,
      ({ _id }: { _id: string }) => void arrived.set(_id, Date.now()),
      silentLogger,
      ['_id'],
      reminded,
    );
    workers = await Promise.all([start(folder), start(folder)]);
    // They read what they need first, and the timers take as long to write as what they are of.
    const begins = Date.now() + 15_000 + filling;
    await schedule(due, begins);
    console.log(`${count} reminders due over a minute, two workers, ${availableParallelism()} cores`);
    const kill = setTimeout(
      async () => {
        workers[0]!.kill('SIGKILL');
        console.log('one worker killed, another started');
        workers[0] = await start(folder);
      },
      begins + 20_000 - Date.now(),
    );
    const talk = converse(app, turns, begins);
    for (let last = -1; arrived.size < count && arrived.size !== last; ) {
      last = Date.now() > begins + 75_000 ? arrived.size : -1;
      await new Promise((resolve) => setTimeout(resolve, 5000));
      console.log(
        `  ${((Date.now() - begins) / 1000).toFixed(0)} s: ${arrived.size} told, load ${loadavg()[0]!.toFixed(1)}`,
      );
    }
    clearTimeout(kill);
    const answered = await talk();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await report(due, arrived, answered);
    await following.stop();
  } finally {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise((resolve) => {
            if (!worker.connected) return resolve(undefined);
            worker.once('exit', resolve);
            worker.send('stop');
          }),
      ),
    );
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Due = { leadId: string; followUpId: string; at: number }[];

async function fill(count: number, app: Awaited<ReturnType<typeof createApp>>): Promise<Due> {
  const callers: string[] = [];
  for (let n = 0; n < 20; n++) {
    const { user } = await app.bus.command(
      createUser,
      { email: `caller${n}@example.com`, name: `Caller ${n}`, role: 'tele-caller' },
      { actor: systemActor('bench'), surface: 'cli' },
    );
    callers.push(user.id);
  }
  const leads = Math.ceil(count / each);
  const due: Due = Array.from({ length: count }, (_, n) => ({
    leadId: `lead-${n % leads}`,
    followUpId: `follow-${n}`,
    at: 0,
  }));
  const now = new Date();
  const owner = (n: number) => ({ assigneeId: callers[n % 20], teamIds: [] });
  await inParts(
    leads,
    (n) => ({
      _id: `lead-${n}`,
      number: n + 1,
      name: `Ravi Kumar ${n}`,
      phone: `+9198${String(n).padStart(8, '0')}`,
      source: 'Website',
      medium: 'web',
      stage: 'follow-up',
      contactId: `c${n}`,
      enquiryId: `e${n}`,
      verdict: 'new',
      ...owner(n),
      createdAt: now,
      lastActivityAt: now,
      search: [],
    }),
    (documents) => LeadModel.collection.insertMany(documents),
  );
  await CounterModel.create([{ _id: 'lead', value: leads }]);
  await inParts(
    count,
    (n) => ({
      _id: due[n]!.followUpId,
      leadId: due[n]!.leadId,
      leadNumber: (n % leads) + 1,
      leadName: `Ravi Kumar ${n % leads}`,
      contactId: `c${n % leads}`,
      ...owner(n % leads),
      at: now,
      remind: [],
      status: 'open',
    }),
    (documents) => FollowUpModel.collection.insertMany(documents),
  );
  return due;
}

async function inParts(
  count: number,
  make: (n: number) => object,
  insert: (documents: any[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < count; from += 5000)
    await insert(Array.from({ length: Math.min(5000, count - from) }, (_, n) => make(from + n)));
}

/** Evenly over the minute, in no order of their ids. */
async function schedule(due: Due, begins: number): Promise<void> {
  for (const [n, one] of due.entries())
    one.at = begins + Math.floor((((n * 7919) % due.length) * 60_000) / due.length);
  await inParts(
    due.length,
    (n) => ({
      _id: `followup:${due[n]!.followUpId}:0`,
      dueAt: new Date(due[n]!.at),
      command: tellFollowUp.name,
      input: { followUpId: due[n]!.followUpId, minutes: 0 },
      failures: 0,
    }),
    (documents) => TimerModel.collection.insertMany(documents),
  );
}

async function start(folder: string): Promise<ChildProcess> {
  const child = fork(import.meta.filename, ['worker', folder], {
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  await new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
  return child;
}

/** Customers who write meanwhile; answers how long they waited for their answers, in milliseconds. */
function converse(
  app: Awaited<ReturnType<typeof createApp>>,
  perSecond: number,
  begins: number,
): () => Promise<number[]> {
  const sent = new Map<string, number>();
  let n = 0;
  const timer = perSecond
    ? setInterval(() => {
        if (Date.now() < begins || Date.now() > begins + 60_000) return;
        const thread = `+9197${String(++n).padStart(8, '0')}`;
        sent.set(thread, Date.now());
        void app.accept([
          {
            id: `m${n}`,
            channel: 'whatsapp',
            account: 'main',
            audience: 'customer',
            thread,
            from: [{ scheme: 'phone', value: thread }],
            at: new Date(),
            body: { kind: 'text', text: 'Hello, what does it cost?' },
          },
        ]);
      }, 1000 / perSecond)
    : undefined;
  return async () => {
    clearInterval(timer);
    const answers = await MessageModel.find({ direction: 'out' }).sort({ at: 1 }).lean();
    const asked = await MessageModel.find({ direction: 'in' }).lean();
    return asked.flatMap(({ conversationId, at }) => {
      const answer = answers.find((one) => one.conversationId === conversationId);
      return answer ? [answer.at.getTime() - at.getTime()] : [];
    });
  };
}

/** Which notice is of which follow-up stands on its button. */
async function report(due: Due, arrived: Map<string, number>, answered: number[]): Promise<void> {
  const times = new Map<string, number[]>();
  const told = NotificationModel.find(reminded, { buttons: 1, at: 1 }).lean().cursor();
  for await (const { _id, at, buttons } of told) {
    const followUpId = buttons.find(({ label }) => label === 'Done')?.input.followUpId as string;
    times.set(followUpId, [...(times.get(followUpId) ?? []), arrived.get(_id) ?? at.getTime()]);
  }
  const late = due
    .flatMap(
      ({ followUpId, at }) =>
        times
          .get(followUpId)
          ?.slice(0, 1)
          .map((heard) => heard - at) ?? [],
    )
    .sort((a, b) => a - b);
  const early = late.filter((ms) => ms < 0).length;
  const doubles = [...times.values()].filter((heard) => heard.length > 1).length;
  console.log(`told        ${late.length} of ${due.length}`);
  console.log(`lost        ${due.length - late.length}`);
  console.log(`twice       ${doubles}`);
  console.log(`too early   ${early}`);
  console.log(`late by     p50 ${at(late, 0.5)} ms, p99 ${at(late, 0.99)} ms, at most ${late.at(-1)} ms`);
  answered.sort((a, b) => a - b);
  console.log(
    `customers   ${answered.length} answered, p50 ${at(answered, 0.5)} ms, p99 ${at(answered, 0.99)} ms`,
  );
}

function at(sorted: number[], part: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
