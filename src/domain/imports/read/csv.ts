/** Rows of a CSV file as they are, however broken some are: a fault costs its own line and no other. */
import { Parser } from 'csv-parse';
import type { Delimiter } from './encoding.ts';
import { limits, Unreadable } from './limits.ts';

/** `fault`: the line could not be read; it stands whole in the first cell. */
export type RawRow = { line: number; cells: string[]; fault?: string };

const window = 256 * 1024;
const newline = 10;

/** @param bytes UTF-8 without a mark. */
export async function* csvRows(bytes: Buffer, delimiter: Delimiter): AsyncGenerator<RawRow> {
  const place = { at: /^sep=/.test(bytes.toString('latin1', 0, 4)) ? lineEnd(bytes, 0) : 0, line: 1 };
  if (place.at) place.line += 1;
  let width = 0;
  let broken = 0;
  while (place.at < bytes.length) {
    for await (const row of strictRows(bytes, delimiter, place, width)) {
      if (row.cells.length > 1) width ||= row.cells.length;
      if (row.cells.some(Boolean)) yield row;
    }
    if (place.at >= bytes.length) return;
    // What stopped there is one line; the next begins anew.
    const end = lineEnd(bytes, place.at);
    const text = bytes.toString('utf8', place.at, end).replace(/\r?\n$/, '');
    const row = { line: place.line, ...(await alone(text, delimiter)) };
    if (row.fault && ++broken > limits.brokenRows)
      throw new Unreadable(
        `More than ${limits.brokenRows} rows have a quotation mark in the wrong place: the file was not written as CSV.`,
      );
    place.at = end;
    place.line += 1;
    if (text.trim()) yield row;
  }
}

/** Until the end or the first fault; `place` is then where the faulty row begins. */
async function* strictRows(
  bytes: Buffer,
  delimiter: Delimiter,
  place: { at: number; line: number },
  width: number,
): AsyncGenerator<RawRow> {
  skipEmptyLines(bytes, place);
  const begin = place.at;
  const found: { cells: string[]; end: number }[] = [];
  const parser = new Parser({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.recordBytes,
    on_record: (cells: string[], { bytes: end }: { bytes: number }) => {
      found.push({ cells, end: begin + end });
      return null;
    },
  } as never);
  parser.on('error', () => {});
  for (let from = begin; ; from += window) {
    const isLast = from + window >= bytes.length;
    const fault = await feed(parser, bytes.subarray(from, from + window), isLast);
    for (const { cells, end } of found.splice(0)) {
      skipEmptyLines(bytes, place);
      const lines = count(bytes, place.at, end);
      // One that runs over lines and has not the columns of the others has swallowed them.
      if (lines > 1 && width && cells.length !== width) return void parser.destroy();
      const line = place.line;
      place.at = end;
      place.line += lines;
      if (cells.length > limits.columns)
        throw new Unreadable(`Row ${line} has ${cells.length} columns; at most ${limits.columns} are taken.`);
      yield { line, cells };
    }
    if (fault) return;
    if (isLast) {
      skipEmptyLines(bytes, place);
      return;
    }
  }
}

const feed = (parser: Parser, slice: Buffer, isLast: boolean): Promise<Error | undefined> =>
  new Promise((resolve) => {
    const told = (error?: Error | null) => resolve(error ?? undefined);
    if (!isLast) return void parser.write(slice, told);
    parser.once('error', told);
    // Nobody reads what `on_record` took already; the end is seen when the stream flows.
    parser.once('end', () => told());
    parser.resume();
    parser.end(slice);
  });

/** Quotation marks in the middle of a cell are letters, where the line can be read so: `5" pipe`. */
async function alone(text: string, delimiter: Delimiter): Promise<{ cells: string[]; fault?: string }> {
  const rows: string[][] = [];
  const parser = new Parser({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    on_record: (cells: string[]) => {
      rows.push(cells);
      return null;
    },
  } as never);
  const error = await feed(parser, Buffer.from(text), true);
  if (!error && rows.length === 1 && rows[0]!.length <= limits.columns) return { cells: rows[0]! };
  return { cells: [text.slice(0, limits.cell)], fault: 'A quotation mark is opened and not closed.' };
}

function skipEmptyLines(bytes: Buffer, place: { at: number; line: number }): void {
  for (;;) {
    const byte = bytes[place.at];
    if (byte === newline) place.line += 1;
    else if (!(byte === 13 && bytes[place.at + 1] === newline)) return;
    place.at += 1;
  }
}

function lineEnd(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(newline, from);
  return at < 0 ? bytes.length : at + 1;
}

/** Lines that a record takes: its own end and those inside it. */
function count(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline, from); at >= 0 && at < to; at = bytes.indexOf(newline, at + 1))
    lines += 1;
  return Math.max(1, lines);
}
