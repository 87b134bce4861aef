/**
 * Lists, counts and searches of N leads (default a million) through the bus, as a manager and as a tele-caller, beside
 * PostgreSQL, where it is installed, with the same data and indexes in the same run.
 * `node bench/queries/run.ts [leads] [runs] [folder]`: what is filled into a named folder stays there for the next time.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import type { UserActor } from '../../src/core/actor.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { dayOf, monthOf } from '../../src/core/zone.ts';
import { leadViews, listLeads } from '../../src/domain/leads/contract.ts';
import { LeadModel } from '../../src/domain/leads/model.ts';
import { runReport } from '../../src/domain/reports/contract.ts';
import { callers, leadsUntil } from './data.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type Question, questions, type Sql } from './questions.ts';
import { type TileQuestion, type TileSql, tileQuestions } from './tiles.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const runs = Number(process.argv[3] ?? 60);
const kept = process.argv[4];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'parley-queries-'));
mkdirSync(folder, { recursive: true });
/** When filling began: the moment that everything is asked at, whenever that is. */
const begunAt = join(folder, 'begun-at');
const isBegun = existsSync(begunAt);
const config = loadConfig({
  PARLEY_DATA: folder,
  PARLEY_SECRET: 'x'.repeat(32),
  PARLEY_ROLE: 'worker',
  LOG_LEVEL: 'silent',
});
config.accounts = [];
const now = isBegun ? new Date(readFileSync(begunAt, 'utf8')) : new Date();
writeFileSync(begunAt, now.toISOString());
const clock = { now: () => now };
const app = await createApp({ config, clock, log: silentLogger });
const lead = leadsUntil(now.getTime());
const there = await LeadModel.estimatedDocumentCount();
if (there < count)
  await timed('filled', async () => {
    for (let at = there; at < count; at += 1000) {
      await LeadModel.collection.insertMany(
        Array.from({ length: Math.min(1000, count - at) }, (_, i) => lead(at + i)) as never[],
      );
      if ((at + 1000) % 100_000 === 0) console.log(`  ${(at + 1000).toLocaleString('en')} leads`);
    }
  });
const postgres = await startPostgres(folder);
if (postgres?.isNew) await timed(`PostgreSQL ${postgres.version} filled`, () => postgres.fill(count, lead));

const user = (id: string, role: string): UserActor => ({
  kind: 'user',
  id,
  name: id,
  role,
  teamIds: [],
  subordinateIds: callers,
});
const people = { manager: user('manager', 'manager'), caller: user('caller-7', 'tele-caller') };
const zone = config.app.organisation.timezone;
const all = questions(count, now, dayOf(now, zone), monthOf(now, zone, -1));
console.log(`| ${count.toLocaleString('en')} leads | p50 ms | p95 ms | CPU ms | PostgreSQL p95 ms | ratio |`);
console.log('|---|---|---|---|---|---|');
for (const [who, actor] of Object.entries(people)) {
  const owner = who === 'caller' ? actor.id : undefined;
  for (const question of all) await compare(who, question, actor, owner);
  await compareCounts(who, actor, owner);
  for (const tile of tileQuestions(now, zone)) await compareTile(who, tile, actor, owner);
}
await postgres?.close();
await app.stop();
if (!kept) rmSync(folder, { recursive: true, force: true });

async function compare(
  who: string,
  question: Question,
  actor: UserActor,
  owner: string | undefined,
): Promise<void> {
  await beside(`${who}, ${question.name}`, runs, () => {
    const { ask, sql } = question.input(Math.random);
    return {
      mine: () => app.bus.query(listLeads, { limit: 30, ...ask }, { actor, surface: 'api' }),
      peer: () => page(postgres, sql, owner),
    };
  });
}

async function compareCounts(who: string, actor: UserActor, owner: string | undefined): Promise<void> {
  const views = all.map(({ input }) => input(Math.random)).filter(({ ask }) => 'view' in ask);
  await beside(`${who}, counts of all views`, runs / 3, () => ({
    mine: () => app.bus.query(leadViews, {}, { actor, surface: 'api' }),
    peer: async () => {
      for (const { sql } of views) await total(postgres, sql, owner);
    },
  }));
}

async function compareTile(
  who: string,
  { name, spec, sql }: TileQuestion,
  actor: UserActor,
  owner: string | undefined,
): Promise<void> {
  await beside(`${who}, ${name}`, runs, () => ({
    mine: () => app.bus.query(runReport, { spec }, { actor, surface: 'api' }),
    peer: () => grouped(postgres, sql, owner),
  }));
}

type Pair = { mine: () => Promise<unknown>; peer: () => Promise<unknown> };

/** One after the other, so that both have the same machine; the first ones only warm up. */
async function beside(name: string, times: number, make: () => Pair): Promise<void> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let cpu = 0;
  for (let n = -5; n < times; n++) {
    const { mine, peer } = make();
    const before = process.cpuUsage();
    const spentByUs = await spent(mine);
    const { user, system } = process.cpuUsage(before);
    const spentByThem = await spent(peer);
    if (n < 0) continue;
    ours.push(spentByUs);
    theirs.push(spentByThem);
    cpu += (user + system) / 1000;
  }
  row(name, ours, theirs, cpu / ours.length);
}

async function grouped(
  peer: Postgres | undefined,
  { what, where, group, values }: TileSql,
  owner: string | undefined,
): Promise<void> {
  const columns = group ? `${group}, ${what}` : what;
  await peer?.query(
    `SELECT ${columns} FROM leads WHERE ${scoped(where, owner)} ${group ? `GROUP BY ${group}` : ''}`,
    values,
  );
}

async function page(peer: Postgres | undefined, sql: Sql, owner: string | undefined): Promise<void> {
  if ('token' in sql) {
    const mine = owner ? `assignee_id = '${owner}' AND ` : '';
    await peer?.query(
      `SELECT * FROM leads WHERE id IN (SELECT lead_id FROM tokens WHERE ${mine}token LIKE $1 LIMIT 500)
       ORDER BY created_at DESC, id DESC LIMIT 31`,
      [`${sql.token}%`],
    );
    return;
  }
  await peer?.query(
    `SELECT * FROM leads WHERE ${scoped(sql.where, owner)} ORDER BY ${sql.order} LIMIT 31`,
    sql.values,
  );
  await total(peer, sql, owner);
}

async function total(peer: Postgres | undefined, sql: Sql, owner: string | undefined): Promise<void> {
  if ('where' in sql)
    await peer?.query(`SELECT count(*) FROM leads WHERE ${scoped(sql.where, owner)}`, sql.values);
}

function scoped(where: string, owner: string | undefined): string {
  return owner ? `assignee_id = '${owner}' AND ${where}` : where;
}

async function spent(work: () => Promise<unknown>): Promise<number> {
  const at = performance.now();
  await work();
  return performance.now() - at;
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  console.log(`${what} in ${((await spent(work)) / 1000).toFixed(0)} s`);
}

/** @param cpu of all our threads, milliseconds: what does not depend on who else uses the machine */
function row(name: string, ours: number[], theirs: number[], cpu: number): void {
  const at = (times: number[], q: number): number =>
    times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))]!;
  const [p50, p95, peer] = [at(ours, 0.5), at(ours, 0.95), at(theirs, 0.95)];
  const beside = postgres ? `${peer.toFixed(1)} | ${(p95 / peer).toFixed(2)}` : 'not installed | –';
  console.log(`| ${name} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${cpu.toFixed(1)} | ${beside} |`);
}
