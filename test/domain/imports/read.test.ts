import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import excel from 'exceljs';
import { limits } from '../../../src/domain/imports/read/limits.ts';
import { type RawRow, readFile } from '../../../src/domain/imports/read/reader.ts';

describe('a file that somebody uploads', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-read-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function read(content: string | Buffer) {
    const path = join(folder, 'file');
    writeFileSync(path, content);
    const rows: RawRow[] = [];
    const about = await readFile(path, async (page) => void rows.push(...page));
    return { about, rows, cells: rows.map((row) => row.cells) };
  }
  const expected = [
    ['Name', 'Ort'],
    ['Jürgen Müller', 'Köln'],
  ];

  it.each([
    ['UTF-8', Buffer.from('Name,Ort\nJürgen Müller,Köln\n'), 'utf-8', ','],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffName,Ort\r\nJürgen Müller,Köln\r\n'), 'utf-8', ','],
    [
      'UTF-16 with a mark, as Excel saves "Unicode text"',
      Buffer.from('\ufeffName\tOrt\r\nJürgen Müller\tKöln\r\n', 'utf16le'),
      'utf-16le',
      '\t',
    ],
    ['UTF-16 without one', Buffer.from('Name;Ort\nJürgen Müller;Köln\n', 'utf16le'), 'utf-16le', ';'],
    [
      'big-endian UTF-16',
      Buffer.from('\ufeffName;Ort\nJürgen Müller;Köln\n', 'utf16le').swap16(),
      'utf-16be',
      ';',
    ],
    ['Latin-1', Buffer.from('Name;Ort\nJürgen Müller;Köln\n', 'latin1'), 'windows-1252', ';'],
    ['lines that end as on old Macs', Buffer.from('Name|Ort\rJürgen Müller|Köln\r'), 'utf-8', '|'],
    ['a file that names its delimiter', Buffer.from('sep=;\nName;Ort\nJürgen Müller;Köln\n'), 'utf-8', ';'],
  ])('is read as it was meant: %s [M13]', async (_, bytes, encoding, delimiter) => {
    const { about, cells } = await read(bytes);
    expect(about).toEqual({ format: 'csv', encoding, delimiter });
    expect(cells).toEqual(expected);
  });

  it('keeps commas, quotes and line breaks inside quotes, and knows each row’s line (RFC 4180)', async () => {
    const { rows } = await read('Name,Note\n"Rao, Asha","said ""call me""\nat noon"\n\nRavi,12" pipe\n');
    expect(rows).toEqual([
      { line: 1, cells: ['Name', 'Note'] },
      { line: 2, cells: ['Rao, Asha', 'said "call me"\nat noon'] },
      { line: 5, cells: ['Ravi', '12" pipe'] },
    ]);
  });

  it('loses one row to a quotation mark that is not closed, not the rest of the file', async () => {
    const lines = Array.from({ length: 6000 }, (_, n) => `${n},Name ${n},98450 ${n}`);
    lines[5000] = '5000,"Name 5000,98450 5000';
    lines[5600] = '5600,"Rao, Asha",98450 5600';
    const { rows } = await read(`id,Name,Phone\n${lines.join('\n')}\n`);
    expect(rows).toHaveLength(6001);
    expect(rows.filter(({ fault }) => fault)).toEqual([
      {
        line: 5002,
        cells: ['5000,"Name 5000,98450 5000'],
        fault: 'A quotation mark is opened and not closed.',
      },
    ]);
    expect(rows[5001]).toMatchObject({ line: 5002 });
    expect(rows[5002]).toEqual({ line: 5003, cells: ['5001', 'Name 5001', '98450 5001'] });
    expect(rows[5601]!.cells).toEqual(['5600', 'Rao, Asha', '98450 5600']);
  });

  it('may have 300 columns, and rows of different length', async () => {
    const wide = Array.from({ length: 300 }, (_, n) => `c${n}`);
    const { cells } = await read(`${wide.join(',')}\nRavi,1\n${wide.join(',')},more\n`);
    expect(cells.map(({ length }) => length)).toEqual([300, 2, 301]);
  });

  it.each([
    ['an empty file', '', 'The file is empty.'],
    ['what is no text', Buffer.from([1, 0, 3, 4, 0, 0, 9, 9]), 'This is no text file.'],
    ['a PDF', '%PDF-1.7\n', 'This is a PDF.'],
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Save it as .xlsx or CSV.'],
    ['an archive that is no workbook', Buffer.from('PK\x03\x04 and nothing'), 'This is no .xlsx workbook.'],
    ['quotes in the wrong place everywhere', `a,b\n${'x,"y\n'.repeat(1500)}`, 'was not written as CSV'],
    ['too many columns', `${'x,'.repeat(501)}\n`, 'at most 500 are taken'],
  ])('is refused in words: %s', async (_, content, words) => {
    await expect(read(content)).rejects.toThrow(words);
  });

  it('as a workbook gives what a person sees in it: numbers whole, dates as days, results of formulas', async () => {
    const book = new excel.Workbook();
    book.addWorksheet('Notes');
    const page = book.addWorksheet('Leads');
    page.addRow(['Name', 'Phone', 'Since', 'Sum', 'Mail']);
    page.addRow([
      { richText: [{ text: 'Asha ' }, { text: 'Rao' }] },
      9845012345,
      new Date('2026-03-01T00:00:00Z'),
      { formula: 'A1*2', result: 12.5 },
      { text: 'asha@example.com', hyperlink: 'mailto:asha@example.com' },
    ]);
    const { about, rows } = await read(Buffer.from(await book.xlsx.writeBuffer()));
    expect(about).toEqual({ format: 'xlsx', sheet: 'Leads' });
    expect(rows[1]).toEqual({
      line: 2,
      cells: ['Asha Rao', '9845012345', '2026-03-01', '12.5', 'asha@example.com'],
    });
  });

  it('is refused where a small workbook unpacks to more than can be held', async () => {
    // Twelve parts that share the same packed bytes of zeros: some hundred kilobytes that unpack to 480 MB.
    const size = 40 * 1024 * 1024;
    const packed = deflateRawSync(Buffer.alloc(size), { level: 9 });
    expect(size * 12).toBeGreaterThan(limits.unpacked);
    await expect(
      read(archive(['xl/workbook.xml', ...Array.from({ length: 11 }, (_, n) => `xl/${n}`)], packed, size)),
    ).rejects.toThrow('The workbook unpacks to more than 400 MB.');
  });
});

/** A ZIP whose entries all point to one packed part. */
function archive(names: string[], packed: Buffer, size: number): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  const list = names.map((name) => {
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.write(name, 46);
    return entry;
  });
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, directory, end]);
}
