/**
 * Every list and count of leads at N leads (default 100,000), as a manager and as a tele-caller, with the database's own
 * word on how it was read. `node bench/lists.ts [leads] [runs]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { createApp } from '../src/app.ts';
import type { UserActor } from '../src/core/actor.ts';
import { loadConfig } from '../src/core/config.ts';
import { silentLogger } from '../src/core/logger.ts';
import { leadViewNames, leadViews, listLeads } from '../src/domain/leads/contract.ts';
import { LeadModel } from '../src/domain/leads/model.ts';
import { searchTokens } from '../src/domain/leads/rules.ts';

const count = Number(process.argv[2] ?? 100_000);
const runs = Number(process.argv[3] ?? 40);
const folder = mkdtempSync(join(tmpdir(), 'parley-lists-'));
const config = loadConfig({
  PARLEY_DATA: folder,
  PARLEY_SECRET: 'x'.repeat(32),
  PARLEY_ROLE: 'worker',
  LOG_LEVEL: 'silent',
});
config.accounts = [];
const app = await createApp({ config, log: silentLogger });

const callers = Array.from({ length: 20 }, (_, n) => `caller-${n}`);
const stages = ['not-attempted', 'follow-up', 'demo-confirmed', 'proposal-sent', 'won', 'lost'];
const sources = ['Website', 'Google', 'Referral', 'Newspaper', 'WhatsApp'];
const now = Date.now();
const lead = (n: number) => {
  const who = {
    name: `Ravi${n % 977} Kumar${n % 89}`,
    phone: `+9198${String(n).padStart(8, '0')}`,
    email: `ravi${n}@example.com`,
  };
  const createdAt = new Date(now - n * 60_000);
  const source = sources[n % sources.length]!;
  return {
    _id: `lead-${String(n).padStart(7, '0')}`,
    number: n + 1,
    ...who,
    source,
    medium: 'web',
    stage: stages[n % stages.length]!,
    contactId: `c${n}`,
    enquiryId: `e${n}`,
    verdict: 'new' as const,
    hot: n % 5 < 2,
    assigneeId: callers[n % 20]!,
    teamIds: [],
    createdAt,
    lastActivityAt: createdAt,
    search: searchTokens(who),
    ...(n % 6 < 4 && { followUpAt: new Date(now + ((n % 2000) - 1000) * 600_000) }),
  };
};
const started = performance.now();
for (let at = 0; at < count; at += 1000)
  await LeadModel.collection.insertMany(
    Array.from({ length: Math.min(1000, count - at) }, (_, i) => lead(at + i)) as never[],
  );
console.log(`${count} leads filled in ${((performance.now() - started) / 1000).toFixed(0)} s`);

const user = (id: string, role: string): UserActor => ({
  kind: 'user',
  id,
  name: id,
  role,
  teamIds: [],
  subordinateIds: callers,
});
const people = { manager: user('manager', 'manager'), caller: user('caller-7', 'tele-caller') };
const asked: [string, () => object][] = [
  ...leadViewNames.map((view): [string, () => object] => [`list: ${view}`, () => ({ view })]),
  ['list: stage', () => ({ stage: 'follow-up' })],
  ['list: source', () => ({ source: 'Google' })],
  ['list: by last activity', () => ({ sort: 'lastActivity' })],
  ['search: name part', () => ({ search: `ravi${Math.floor(Math.random() * 977)}` })],
  [
    'search: last digits',
    () => ({
      search: String(Math.floor(Math.random() * count))
        .padStart(8, '0')
        .slice(-6),
    }),
  ],
  ['search: mail', () => ({ search: `ravi${Math.floor(Math.random() * count)}@example.com` })],
];
for (const [who, actor] of Object.entries(people)) {
  for (const [name, input] of asked)
    await measure(`${who}  ${name}`, () =>
      app.bus.query(listLeads, { limit: 30, ...input() }, { actor, surface: 'api' }),
    );
  await measure(`${who}  counts of all views`, () => app.bus.query(leadViews, {}, { actor, surface: 'api' }));
}
await app.stop();
rmSync(folder, { recursive: true, force: true });

async function measure(name: string, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < runs; n++) {
    const at = performance.now();
    await ask();
    times.push(performance.now() - at);
  }
  times.sort((a, b) => a - b);
  const quantile = (q: number) => times[Math.min(runs - 1, Math.floor(runs * q))]!.toFixed(1).padStart(7);
  console.log(`${name.padEnd(40)} p50 ${quantile(0.5)} ms  p95 ${quantile(0.95)} ms  ${await plans(ask)}`);
}

/** How each query that this made was read: stage and documents examined. */
async function plans(ask: () => Promise<unknown>): Promise<string> {
  const seen: { filter: object; options: { sort?: object; limit?: number } }[] = [];
  mongoose.set('debug', (collection, method, filter, options) => {
    if (collection === 'leads' && method === 'find') seen.push({ filter, options: options ?? {} });
  });
  await ask();
  mongoose.set('debug', false);
  const told = seen.map(async ({ filter, options }) => {
    const plan: any = await LeadModel.collection.find(filter, options as never).explain('executionStats');
    const stages = JSON.stringify(plan.queryPlanner.winningPlan).match(/"stage":"\w+"/g) ?? [];
    return `${stages.some((stage) => stage.includes('COLLSCAN')) ? 'COLLSCAN' : 'IXSCAN'}${stages.some((stage) => stage.includes('"SORT"')) ? '+SORT' : ''} ${plan.executionStats.totalDocsExamined} docs`;
  });
  return [...new Set(await Promise.all(told))].join(', ');
}
