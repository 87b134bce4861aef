/**
 * Speed of the store, as ratios to what the same disk gives in the same run, and at a million documents.
 *
 *     node packages/embedded-mongodb/bench/run.ts [writes] [million] [--rounds=7] [--ms=600] [--documents=1000000] [--data=FOLDER]
 *
 * With `--data` the million documents are kept there, and filled in once only. Other data goes into BENCH_DIR, or the system's temporary folder: it should lie on the disk that will be used.
 */
import { parseArgs } from 'node:util';
import { median } from './measure.ts';
import { measureMillion } from './million.ts';
import { compareWrites } from './writes.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    ms: { type: 'string', default: '600' },
    documents: { type: 'string', default: '1000000' },
    data: { type: 'string' },
  },
});
const wants = (part: string): boolean => positionals.length === 0 || positionals.includes(part);

if (wants('writes')) {
  console.log(
    '| acknowledged writes | a second | raw append + fdatasync | ratio: median (least–most) | target |',
  );
  console.log('|---|---|---|---|---|');
  for (const { name, target, ratios, rate, raw } of await compareWrites(
    Number(values.rounds),
    Number(values.ms),
  )) {
    const spread = `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
    const goal = target === 0 ? '' : `≥ ${target}${median(ratios) >= target ? '' : ' missed'}`;
    console.log(`| ${name} | ${rate.toFixed(0)} | ${raw.toFixed(0)} | ${spread} | ${goal} |`);
  }
  console.log();
}

if (wants('million')) {
  const documents = Number(values.documents);
  console.log(`| ${documents.toLocaleString('en')} documents | found | target |`);
  console.log('|---|---|---|');
  for (const { name, value, unit, target, note } of await measureMillion(documents, values.data)) {
    const found = `${value.toFixed(value < 10 ? 2 : 0)} ${unit}${note === undefined ? '' : ` (${note})`}`;
    const goal = target === undefined ? '' : `≤ ${target} ${unit}${value <= target ? '' : ' missed'}`;
    console.log(`| ${name} | ${found} | ${goal} |`);
  }
}
