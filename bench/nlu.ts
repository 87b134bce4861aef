/** How long a text takes to be understood: ordinary messages (the mark: 2 ms at p95) and hostile ones (50 ms). */
import { readFileSync } from 'node:fs';
import { createNlu } from '../src/nlu/index.ts';

const began = performance.now();
const nlu = createNlu({ timezone: 'Asia/Kolkata', catalogue: ['CRM Pro', 'Office Chair'] });
const loaded = performance.now() - began;
nlu.warm();
const warmed = performance.now() - began - loaded;
const now = new Date('2026-03-11T10:30:00+05:30');

/** Milliseconds of each text, after one round that warms up. */
function millisecondsOf(texts: string[]): number[] {
  for (const text of texts) nlu.understand(text, { now });
  return texts
    .map((text) => {
      const start = performance.now();
      nlu.understand(text, { now });
      return performance.now() - start;
    })
    .sort((a, b) => a - b);
}

const ordinary = readFileSync(new URL('../test/flows/conversations.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .flatMap((line) => (JSON.parse(line) as { turns?: string[] }).turns ?? []);
const hostile = [
  'a'.repeat(20_000),
  '9 '.repeat(10_000),
  'a@'.repeat(10_000),
  '('.repeat(10_000),
  'number nine eight double '.repeat(800),
  'tomorrow or friday 5 to 6 '.repeat(800),
  'Pvt Ltd A '.repeat(2_000),
];

const at = (list: number[], share: number) =>
  (list[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0).toFixed(2);
const times = millisecondsOf(ordinary);
console.log(
  `model and patterns loaded in ${loaded.toFixed(0)} ms; chrono-node, once the server listens, in ${warmed.toFixed(0)} ms`,
);
console.log(`ordinary: ${times.length} messages, p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`);
console.log(`hostile:  worst ${at(millisecondsOf(hostile), 1)} ms`);
