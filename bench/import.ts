/**
 * A file of N leads (default 100,000) from upload to the last row, the way a manager imports it: every row matched,
 * judged, numbered, assigned in turn. A twentieth repeats a row of the file, a twentieth is known before, a hundredth is
 * unreadable. Meanwhile somebody asks for a list every half second. `node bench/import.ts [rows] [notes]`: with `notes`, each
 * row has words that the language engine judges.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { createApp } from '../src/app.ts';
import { systemActor } from '../src/core/actor.ts';
import { systemClock } from '../src/core/clock.ts';
import { loadConfig } from '../src/core/config.ts';
import { ulids } from '../src/core/ids.ts';
import { silentLogger } from '../src/core/logger.ts';
import { getImport, startImport, undoImport } from '../src/domain/imports/contract.ts';
import { createImportIntake } from '../src/domain/imports/intake.ts';
import { exportLeads, exportPage, listLeads } from '../src/domain/leads/contract.ts';
import { actorOf } from '../src/domain/staff/actors.ts';
import { createUser } from '../src/domain/staff/contract.ts';
import { csvLine } from '../src/render/csv.ts';
import { xlsxStream } from '../src/render/xlsx-stream.ts';

const count = Number(process.argv[2] ?? 100_000);
const notes = process.argv[3] === 'notes';
const folder = mkdtempSync(join(tmpdir(), 'parley-import-bench-'));
const config = loadConfig({
  PARLEY_DATA: folder,
  PARLEY_SECRET: 'x'.repeat(32),
  PARLEY_ROLE: 'worker',
  LOG_LEVEL: 'silent',
});
config.accounts = [];
const app = await createApp({ config, log: silentLogger });
await app.start();
const asSystem = { actor: systemActor('bench'), surface: 'cli' as const };
const joins = async (name: string, role: string) => {
  const email = `${name}@example.com`;
  const { user } = await app.bus.command(createUser, { name, email, role }, asSystem);
  return { actor: (await actorOf(user.id))!, surface: 'api' as const };
};
const manager = await joins('manager', 'manager');
for (let n = 0; n < 10; n++) await joins(`caller-${n}`, 'tele-caller');

const line = (n: number, of = n): string =>
  [
    `Ravi${of % 977} Kumar${of % 89}`,
    `+9198${String(of).padStart(8, '0')}`,
    `ravi${of}@example.com`,
    ['Chennai', 'Kochi', 'Pune'][n % 3],
    ['RSoft CRM', 'RSoft ERP'][n % 2],
    ...(notes ? [`Wants a demo for ${n % 40} users next week, asked for the price`] : []),
  ].join(',');
const header = `Name,Mobile,E-mail,City,Product${notes ? ',Remarks' : ''}`;
const fileOf = (lines: string[]) => Buffer.from(`${header}\n${lines.join('\n')}\n`);
const known = Array.from({ length: Math.ceil(count / 20) }, (_, n) => line(n, 50_000_000 + n));
const rows = Array.from({ length: count }, (_, n) => {
  if (n % 100 === 7) return `Nobody,12,no mail,Goa,${notes ? ',' : ''}`;
  if (n % 20 === 3) return line(n, n - 3);
  if (n % 20 === 5) return line(n, 50_000_000 + Math.floor(n / 20));
  return line(n);
});

const intake = createImportIntake({ bus: app.bus, clock: systemClock, ids: ulids(systemClock) });
async function bring(lines: string[]) {
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const importId = await intake.receive(manager.actor, 'bench.csv', Readable.from([fileOf(lines)]));
  const uploaded = performance.now();
  const { plan } = await app.bus.query(getImport, { importId }, manager);
  await app.bus.command(startImport, { importId, plan }, manager);
  const progress = setInterval(async () => {
    const { counts, done } = await app.bus.query(getImport, { importId }, manager);
    const at = `${((performance.now() - uploaded) / 1000).toFixed(0)} s`;
    const { user, system } = process.cpuUsage(cpuBefore);
    const each = ((user + system) / 1000 / Math.max(1, done)).toFixed(2);
    console.log(
      `  ${at}: ${done.toLocaleString('en')} rows, ${each} ms of processor each, ${JSON.stringify(counts)}`,
    );
  }, 10_000);
  await app.idle();
  clearInterval(progress);
  const cpu = process.cpuUsage(cpuBefore);
  return {
    importId,
    upload: uploaded - began,
    work: performance.now() - uploaded,
    cpu: (cpu.user + cpu.system) / 1000,
  };
}

await bring(known);
const loop = monitorEventLoopDelay({ resolution: 5 });
const lists: number[] = [];
const asking = setInterval(async () => {
  const at = performance.now();
  await app.bus.query(listLeads, { limit: 30 }, manager);
  lists.push(performance.now() - at);
}, 500);
loop.enable();
const { importId, upload, work, cpu } = await bring(rows);
loop.disable();
clearInterval(asking);
const done = await app.bus.query(getImport, { importId }, manager);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
lists.sort((a, b) => a - b);
console.log(
  `${count.toLocaleString('en')} rows: read and stored in ${seconds(upload)}, imported in ${seconds(work)} (${Math.round((count / work) * 1000).toLocaleString('en')} rows/s; ${seconds(cpu)} of processor)`,
);
console.log('  ', JSON.stringify(done.counts));
console.log(
  `   meanwhile: a list of leads p50 ${lists[Math.floor(lists.length / 2)]?.toFixed(0)} ms, p99 ${lists[Math.floor(lists.length * 0.99)]?.toFixed(0)} ms; event loop p99 ${(loop.percentile(99) / 1e6).toFixed(0)} ms, most ${(loop.max / 1e6).toFixed(0)} ms; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);

for (const format of ['csv', 'xlsx'] as const) {
  const began = performance.now();
  const { exportId, total } = await app.bus.command(exportLeads, { format }, manager);
  async function* pages() {
    for (let cursor: string | undefined; ; ) {
      const page = await app.bus.query(exportPage, { exportId, cursor }, manager);
      yield page.rows;
      if (!page.nextCursor) return;
      cursor = page.nextCursor;
    }
  }
  let [bytes, most] = [0, 0];
  const idle = process.memoryUsage().rss;
  const lines = async function* () {
    for await (const rows of pages()) yield Buffer.from(rows.map((row) => csvLine(row.map(String))).join(''));
  };
  for await (const part of format === 'csv' ? lines() : xlsxStream('Leads', ['Number'], pages())) {
    bytes += part.length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  console.log(
    `   ${total.toLocaleString('en')} leads taken along as ${format}: ${seconds(performance.now() - began)}, ${(bytes / 1e6).toFixed(1)} MB; memory grew by ${Math.max(0, Math.round((most - idle) / 1e6))} MB`,
  );
}

const before = performance.now();
await app.bus.command(undoImport, { importId }, manager);
await app.idle();
const after = await app.bus.query(getImport, { importId }, manager);
console.log(
  `   taken back in ${seconds(performance.now() - before)}: ${after.removed} removed, ${after.stayed} stayed`,
);
await app.stop();
rmSync(folder, { recursive: true, force: true });
// A job that has just run would hold the process for some minutes.
process.exit();
