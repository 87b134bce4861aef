/** Reads the tables in this folder; used by the test in its own process and by child processes in other zones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printReading } from '../../../src/nlu/dates/print.ts';
import { readDate } from '../../../src/nlu/dates/read.ts';
import type { DateReading } from '../../../src/nlu/types.ts';

export type Case = { table: string; text: string; expected: string };
const INDIA = { now: new Date('2026-03-11T10:30:00+05:30'), timezone: 'Asia/Kolkata' } as const;
const AMERICA = {
  now: new Date('2026-10-16T14:20:00-04:00'),
  timezone: 'America/New_York',
} as const;

const SUMMER = {
  now: new Date('2026-07-20T16:45:00+05:30'),
  timezone: 'Asia/Kolkata',
  order: 'dmy',
} as const;
const EUROPE = {
  now: new Date('2026-07-20T16:45:00+02:00'),
  timezone: 'Europe/Berlin',
  order: 'dmy',
} as const;
/** Where and when a table is read; India in March unless it stands here. */
const SETTINGS: Record<string, Parameters<typeof readDate>[1]> = {
  order: AMERICA,
  'monday-afternoon': SUMMER,
  europe: EUROPE,
};

export function cases(): Case[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.tsv'))
    .sort()
    .flatMap((file) =>
      readFileSync(join(import.meta.dirname, file), 'utf8')
        .split('\n')
        .filter((line) => line && !line.startsWith('#'))
        .map((line) => {
          const [text, expected] = line.split('\t');
          return { table: file.replace('.tsv', ''), text: text!, expected: expected! };
        }),
    );
}

/**
 * What was read, as the tables write it: `?a|b` is asked with these to choose from, `!` a date was meant that does not
 * exist or is not fixed, `-` no date, `<` one that is over; `+x` stands for "something moved to x".
 */
export function answer({ table, text, expected }: Case): string {
  const reading = readDate(text, SETTINGS[table] ?? INDIA);
  const said = inTableForm(reading);
  return expected.startsWith('+') && said.includes('+') ? said.slice(said.indexOf('+')) : said;
}

function inTableForm(reading: DateReading): string {
  if (reading.kind === 'none') return reading.problem ? '!' : '-';
  if (reading.kind === 'ambiguous')
    return `?${reading.alternatives!.map((a) => a.replace('T', ' ')).join('|')}`;
  return `${reading.past ? '<' : ''}${printReading(reading)}`;
}

if (process.argv[1] === import.meta.filename) {
  const wrong = cases().flatMap((one) => {
    const got = answer(one);
    return got === one.expected ? [] : [`${one.table}\t${one.text}\t${one.expected}\t${got}`];
  });
  process.stdout.write(wrong.join('\n'));
}
