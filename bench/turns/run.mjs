// All contestants in turn, several runs each, at 1 and at 64 conversations; prints medians with their spread, and ratios.
// First: npm install --prefix bench --ignore-scripts
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const runs = Number(process.env.RUNS ?? 3);
const names = ['parley', 'botbuilder-sqlite', 'botbuilder-memory', 'builderbot'];
const here = import.meta.dirname;

function once(name, conversations, rounds) {
  try {
    const args = [
      '--disable-warning=ExperimentalWarning',
      join(here, 'one.mjs'),
      name,
      conversations,
      rounds,
    ];
    const out = execFileSync(process.execPath, args.map(String), {
      encoding: 'utf8',
      timeout: 120_000,
      cwd: join(here, '../..'),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(out.trim().split('\n').at(-1));
  } catch (error) {
    return { name, failed: error.code ?? error.message.split('\n')[0] };
  }
}

for (const [conversations, rounds] of [
  [1, 20],
  [64, 4],
]) {
  console.log(`\n${conversations} conversation(s), ${conversations * rounds * 6} turns a run, ${runs} runs`);
  const figures = new Map(names.map((name) => [name, []]));
  for (let n = 0; n < runs; n++)
    for (const name of names) figures.get(name).push(once(name, conversations, rounds));
  const median = (name) =>
    figures
      .get(name)
      .map(({ turnsPerSecond }) => turnsPerSecond ?? 0)
      .sort((a, b) => a - b)[Math.floor(runs / 2)];
  for (const name of names) {
    const rates = figures.get(name).map(({ turnsPerSecond, failed }) => turnsPerSecond ?? failed);
    const { p50ms, p95ms } = figures.get(name)[0];
    console.log(
      `${name.padEnd(20)} ${String(median(name)).padStart(7)} turns/s  (${rates.join(', ')})  p50 ${p50ms} ms  p95 ${p95ms} ms`,
    );
  }
  console.log(`parley ÷ botbuilder-sqlite: ${(median('parley') / median('botbuilder-sqlite')).toFixed(2)}`);
}
