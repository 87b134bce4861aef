/** The other side of reader.ts: reads in a thread of its own, and goes on only when a page has been taken. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { csvRows, type RawRow } from './csv.ts';
import { asUtf8, delimiterOf, encodingOf } from './encoding.ts';
import { limits, Unreadable } from './limits.ts';
import { xlsxRows } from './xlsx.ts';

export type Told =
  | { kind: 'page'; rows: RawRow[] }
  | { kind: 'end'; about: About }
  | { kind: 'refused'; why: string };
export type About = { format: 'csv' | 'xlsx'; encoding?: string; delimiter?: string; sheet?: string };

const port = parentPort!;
const tell = (told: Told) => port.postMessage(told);

read(workerData as { path: string }).then(
  (about) => tell({ kind: 'end', about }),
  (error: Error) => {
    if (error instanceof Unreadable) tell({ kind: 'refused', why: error.message });
    else throw error;
  },
);

async function read({ path }: { path: string }): Promise<About> {
  const bytes = readFileSync(path);
  const { rows, about } = open(bytes, path);
  let page: RawRow[] = [];
  let [total, text, pageText] = [0, 0, 0];
  for await (const { sheet, ...row } of rows as AsyncGenerator<RawRow & { sheet?: string }>) {
    if (sheet) about.sheet = sheet;
    const fitting = { ...row, cells: trimmed(row.cells) };
    const length = fitting.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (++total > limits.rows)
      throw new Unreadable(
        `The file has more than ${limits.rows.toLocaleString('en')} rows. Import it in parts.`,
      );
    text += length;
    if (text > limits.text) throw new Unreadable('The file holds more text than can be taken at once.');
    page.push(fitting);
    pageText += length;
    if (page.length === limits.pageRows || pageText > limits.pageText) {
      await handOver(page);
      page = [];
      pageText = 0;
    }
  }
  if (page.length) await handOver(page);
  return about;
}

function open(bytes: Buffer, path: string): { rows: AsyncGenerator<RawRow>; about: About } {
  if (bytes.length === 0) throw new Unreadable('The file is empty.');
  const magic = bytes.toString('latin1', 0, 4);
  if (magic === '\xd0\xcf\x11\xe0')
    throw new Unreadable('This is an old .xls workbook, or one with a password. Save it as .xlsx or CSV.');
  if (magic.startsWith('PK')) return { rows: xlsxRows(bytes, path), about: { format: 'xlsx' } };
  if (magic.startsWith('%PDF'))
    throw new Unreadable('This is a PDF. A CSV file or an .xlsx workbook can be imported.');
  const encoding = encodingOf(bytes);
  const utf8 = asUtf8(bytes, encoding);
  const delimiter = delimiterOf(utf8.toString('utf8', 0, 64 * 1024));
  return { rows: csvRows(utf8, delimiter), about: { format: 'csv', encoding, delimiter } };
}

/** Empty cells at the end say nothing; no cell is longer than a spreadsheet's. */
function trimmed(cells: string[]): string[] {
  let length = cells.length;
  while (length && !cells[length - 1]!.trim()) length -= 1;
  return cells.slice(0, length).map((cell) => cell.trim().slice(0, limits.cell));
}

const handOver = (rows: RawRow[]): Promise<void> =>
  new Promise((resolve) => {
    port.once('message', () => resolve());
    tell({ kind: 'page', rows });
  });
