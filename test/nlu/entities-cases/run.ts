/** Reads the tables of this folder: what each message holds, and what it must not be taken to hold. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readBudget,
  readCity,
  readCompany,
  readEmail,
  readPerson,
  readPhone,
  readQuantity,
} from '../../../src/nlu/index.ts';

const READERS = {
  phones: (text: string) => [readPhone(text, 'IN').phone],
  mails: (text: string) => [readEmail(text)],
  people: (text: string) => [readPerson(text), readCompany(text)],
  cities: (text: string) => [readCity(text)],
  amounts: (text: string) => {
    const budget = readBudget(text);
    return [budget && `${budget.amount} ${budget.currency}`];
  },
  quantities: (text: string) => {
    const quantity = readQuantity(text);
    return [quantity && `${quantity.value} ${quantity.unit}`];
  },
};
export type Table = keyof typeof READERS;
export const TABLES = Object.keys(READERS) as Table[];

export const answer = (table: Table, text: string): string =>
  READERS[table](text)
    .map((value) => value ?? '-')
    .join(' · ');

/** `[text, expected]`, several values joined by a dot. */
export function cases(table: Table): [string, string][] {
  return readFileSync(join(import.meta.dirname, `${table}.tsv`), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('# '))
    .map((line) => {
      const [text, ...expected] = line.split('\t');
      return [text!, expected.join(' · ')];
    });
}

if (process.argv[1] === import.meta.filename)
  for (const table of TABLES) {
    const all = cases(table);
    const wrong = all.filter(([text, expected]) => answer(table, text) !== expected);
    process.stdout.write(`${table}: ${all.length - wrong.length} of ${all.length}\n`);
    for (const [text, expected] of wrong)
      process.stdout.write(`  ${text} | ${expected} | ${answer(table, text)}\n`);
  }
