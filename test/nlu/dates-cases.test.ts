import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { answer, cases } from './dates-cases/run.ts';

const tables = Map.groupBy(cases(), ({ table }) => table);

/** Six languages, read as customers write them; what is unclear must be asked (`?`, `!`), never guessed. */
describe.each([...tables.keys()])('dates in %s', (table) => {
  it.each(tables.get(table)!.map((one) => [one.text, one.expected, one] as const))(
    '"%s" is %s',
    (_text, expected, one) => expect(answer(one)).toBe(expected),
  );
});

it('reads the same whatever zone the server keeps its clock in', async () => {
  const script = join(import.meta.dirname, 'dates-cases', 'run.ts');
  const wrong = await Promise.all(
    ['UTC', 'Asia/Kolkata', 'America/New_York'].map(async (TZ) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script], {
        env: { ...process.env, TZ, NODE_OPTIONS: '' },
      });
      return stdout;
    }),
  );
  expect(wrong).toEqual(['', '', '']);
}, 120_000);
