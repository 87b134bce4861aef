/** Which letters the bytes of a text file mean; pure. */
import { Unreadable } from './limits.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** By its mark, else by where its zero bytes are, else UTF-8 if it can be that, else what old spreadsheets write. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2]! += 1;
  const most = head.length / 6;
  if (zeros[1]! > most && zeros[0]! < zeros[1]! / 4) return 'utf-16le';
  if (zeros[0]! > most && zeros[1]! < zeros[0]! / 4) return 'utf-16be';
  if (zeros[0]! + zeros[1]! > 0)
    throw new Unreadable('This is no text file. A CSV file or an .xlsx workbook can be imported.');
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** As UTF-8 without a mark, with line feeds between lines. */
export function asUtf8(bytes: Buffer, encoding: Encoding): Buffer {
  const plain =
    encoding === 'utf-8' ? withoutMark(bytes) : Buffer.from(new TextDecoder(encoding).decode(bytes));
  return !plain.includes(10) && plain.includes(13) ? oneKindOfLine(plain) : plain;
}

const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

/** Carriage returns alone end lines in files of old Macs. */
function oneKindOfLine(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, byte] of copy.entries()) if (byte === 13) copy[at] = 10;
  return copy;
}

const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The one that parts the first lines into the most columns, and into as many in each. */
export function delimiterOf(sample: string): Delimiter {
  // A spreadsheet may say it itself.
  const said = /^sep=(.)\r?\n/.exec(sample)?.[1];
  if (said) return said as Delimiter;
  const lines = sample
    .split(/\r?\n/)
    .filter((line) => line.trim())
    .slice(0, 20);
  const scores = delimiters.map((delimiter) => {
    const counts = lines.map((line) => outsideQuotes(line).split(delimiter).length - 1);
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    const same = counts.filter((count) => count === usual).length / Math.max(1, counts.length);
    return { delimiter, score: usual * same };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

const outsideQuotes = (line: string): string => line.replace(/"[^"]*"/g, '');
