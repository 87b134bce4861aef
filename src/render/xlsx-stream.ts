/**
 * A workbook of one sheet as it is made: rows are packed and sent on as they come, so that a million take no more memory
 * than a thousand. Parts follow ECMA-376; the container is a ZIP whose sizes follow each entry (APPNOTE.TXT 4.3.9).
 */
import { crc32, createDeflateRaw } from 'node:zlib';

type Cell = string | number | null;
type Entry = { name: string; offset: number; crc: number; packed: number; size: number };

/** Text is written as text, whatever it begins with: nothing in it is run. */
export async function* xlsxStream(
  sheet: string,
  columns: string[],
  pages: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let offset = 0;
  for (const [name, content] of [
    ...fixedParts(sheet),
    ['xl/worksheets/sheet1.xml', rowsOf(columns, pages)],
  ] as [string, AsyncIterable<string>][]) {
    const entry = { name, offset, crc: 0, packed: 0, size: 0 };
    const head = localHeader(name);
    offset += head.length;
    yield head;
    for await (const part of deflated(content, entry)) {
      offset += part.length;
      yield part;
    }
    const tail = sizesOf(entry);
    offset += tail.length;
    entries.push(entry);
    yield tail;
  }
  yield directory(entries, offset);
}

async function* rowsOf(columns: string[], pages: AsyncIterable<Cell[][]>): AsyncGenerator<string> {
  yield `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>`;
  let at = 1;
  const row = (cells: Cell[]) => rowXml(cells, at++);
  yield row(columns);
  for await (const rows of pages) yield rows.map(row).join('');
  yield '</sheetData></worksheet>';
}

/** Readers other than Excel want each row and each cell to say where it is. */
const rowXml = (cells: Cell[], at: number): string =>
  `<row r="${at}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${at}`)).join('')}</row>`;
const cellXml = (cell: Cell, place: string): string => {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.slice(0, 32_767))}</t></is></c>`;
};
/** 0 → A, 25 → Z, 26 → AA */
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

// What XML 1.0 has no place for is left out.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>"]/g, (sign) => signs[sign]!);

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function fixedParts(sheet: string): [string, AsyncIterable<string>][] {
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  };
  return Object.entries(parts).map(([name, content]) => [name, once(xml + content)]);
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** Packs as it reads, and reads no more while nobody takes what is packed. */
async function* deflated(content: AsyncIterable<string>, entry: Entry): AsyncGenerator<Buffer> {
  const pack = createDeflateRaw();
  const feed = async () => {
    for await (const text of content) {
      const bytes = Buffer.from(text);
      entry.crc = crc32(bytes, entry.crc);
      entry.size += bytes.length;
      if (!pack.write(bytes)) await new Promise((resolve) => pack.once('drain', resolve));
    }
    pack.end();
  };
  feed().catch((error: Error) => pack.destroy(error));
  for await (const part of pack as AsyncIterable<Buffer>) {
    entry.packed += part.length;
    yield part;
  }
}

const version = 20;
/** Sizes come after the data; names are UTF-8. */
const flags = 0x0808;
const midnight = 0x0021;

function fields(...list: [bytes: 2 | 4, value: number][]): Buffer {
  const buffer = Buffer.alloc(list.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of list) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}

function localHeader(name: string): Buffer {
  const text = Buffer.from(name);
  const head = fields(
    [4, 0x04034b50],
    [2, version],
    [2, flags],
    [2, 8],
    [2, 0],
    [2, midnight],
    [4, 0],
    [4, 0],
    [4, 0],
  );
  return Buffer.concat([head, fields([2, text.length], [2, 0]), text]);
}

const sizesOf = ({ crc, packed, size }: Entry): Buffer =>
  fields([4, 0x08074b50], [4, crc], [4, packed], [4, size]);

function directory(entries: Entry[], offset: number): Buffer {
  const list = entries.map(({ name, offset: at, crc, packed, size }) => {
    const text = Buffer.from(name);
    const head = fields(
      [4, 0x02014b50],
      [2, version],
      [2, version],
      [2, flags],
      [2, 8],
      [2, 0],
      [2, midnight],
    );
    const rest = fields([2, text.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]);
    return Buffer.concat([head, fields([4, crc], [4, packed], [4, size]), rest, text]);
  });
  const size = list.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);
  return Buffer.concat([...list, end]);
}
