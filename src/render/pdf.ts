/** A report on paper (A4): heading, chart, table with its head on every page, totals, page numbers. */
import { readFile } from 'node:fs/promises';
import type { PDFFont, PDFPage } from 'pdf-lib';
import { cellText } from './cell.ts';
import { bold, devanagari, regular } from './fonts.ts';
import type { Sheet, SheetColumn } from './sheet.ts';

const paper = { width: 595, height: 842, margin: 40 };
const line = 18;
type Faces = { regular: PDFFont; bold: PDFFont; devanagari?: PDFFont };
type Draw = { page: PDFPage; y: number };

export async function sheetPdf(sheet: Sheet, chart?: Buffer): Promise<Buffer> {
  // Shaping Devanagari, fontkit asks for this global and does not bring it.
  // @ts-expect-error: it has no types, and nothing to type
  await import('regenerator-runtime/runtime.js');
  const [{ PDFDocument, rgb }, { default: fontkit }] = await Promise.all([
    import('pdf-lib'),
    import('@pdf-lib/fontkit'),
  ]);
  const file = await PDFDocument.create();
  file.registerFontkit(fontkit);
  file.setTitle(sheet.title);
  file.setCreationDate(new Date(sheet.madeAt));
  // Whole: subsets of these faces lose letters (Hopding/pdf-lib#1232). About 0.4 MB a face.
  const embed = async (path: string) => file.embedFont(await readFile(path), { subset: false });
  const faces: Faces = {
    regular: await embed(regular),
    bold: await embed(bold),
    ...(/\p{Script=Devanagari}/u.test(JSON.stringify(sheet)) && { devanagari: await embed(devanagari) }),
  };
  const ink = rgb(0.1, 0.12, 0.16);
  const grey = rgb(0.42, 0.45, 0.5);
  const widths = widthsOf(sheet, faces);
  let at: Draw = { page: file.addPage([paper.width, paper.height]), y: paper.height - paper.margin };

  write(at, sheet.title, paper.margin, 16, faces, { font: faces.bold, color: ink });
  at.y -= 20;
  write(at, sheet.subtitle, paper.margin, 10, faces, { color: grey });
  at.y -= 16;
  if (chart) {
    const image = await file.embedPng(chart);
    const scaled = image.scaleToFit(paper.width - 2 * paper.margin, 300);
    at.page.drawImage(image, { x: paper.margin, y: at.y - scaled.height, ...scaled });
    at.y -= scaled.height + 12;
  }
  head();
  for (const row of sheet.rows) {
    if (at.y < paper.margin + 2 * line) {
      at = { page: file.addPage([paper.width, paper.height]), y: paper.height - paper.margin };
      head();
    }
    put(row, faces.regular);
  }
  if (!sheet.rows.length) write(at, 'Nothing in this period.', paper.margin, 10, faces, { color: grey });
  if (sheet.totals && sheet.rows.length)
    put({ ...sheet.totals, [sheet.columns[0]!.key]: 'Total' }, faces.bold, true);
  file.getPages().forEach((page, index, pages) => {
    write({ page, y: 24 }, `${index + 1} / ${pages.length}`, paper.width - paper.margin - 30, 8, faces, {
      color: grey,
    });
  });
  return Buffer.from(await file.save());

  function head(): void {
    cells((column) => column.label, faces.bold);
    at.page.drawLine({
      start: { x: paper.margin, y: at.y + 13 },
      end: { x: paper.width - paper.margin, y: at.y + 13 },
      thickness: 0.7,
      color: grey,
    });
  }
  function put(row: Sheet['rows'][number], font: PDFFont, plain = false): void {
    cells(
      (column, index) =>
        plain && index === 0 ? String(row[column.key]) : cellText(row[column.key], column, sheet),
      font,
    );
  }
  function cells(textOf: (column: SheetColumn, index: number) => string, font: PDFFont): void {
    let x = paper.margin;
    sheet.columns.forEach((column, index) => {
      const width = widths[index]!;
      const text = cut(textOf(column, index), width - 6, 9, faces, font);
      const right = column.kind === 'number' || column.kind === 'money';
      const indent = right ? width - 6 - widthOf(text, 9, faces, font) : 0;
      write(at, text, x + Math.max(0, indent), 9, faces, { font, color: ink });
      x += width;
    });
    at.y -= line;
  }
}

/** In proportion to the widest text of each column, within what fits on the page. */
function widthsOf(sheet: Sheet, faces: Faces): number[] {
  const wanted = sheet.columns.map((column) =>
    Math.min(
      220,
      12 +
        Math.max(
          widthOf(column.label, 9, faces, faces.bold),
          ...[...sheet.rows.slice(0, 200), sheet.totals ?? {}].map((row) =>
            widthOf(
              column.kind === 'text'
                ? String(row[column.key] ?? '')
                : cellText(row[column.key], column, sheet),
              9,
              faces,
              faces.regular,
            ),
          ),
        ),
    ),
  );
  const room = paper.width - 2 * paper.margin;
  const sum = wanted.reduce((a, b) => a + b, 0);
  return wanted.map((width) => (width * room) / Math.max(sum, room * 0.6));
}

/** Runs of one face each: a name in Devanagari stands in its own letters; what no face has becomes a box. */
function runs(text: string, faces: Faces, font: PDFFont): { text: string; font: PDFFont }[] {
  const found: { text: string; font: PDFFont }[] = [];
  for (const letter of text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu, ' ')) {
    const isDevanagari = faces.devanagari && /\p{Script=Devanagari}/u.test(letter);
    const face = (isDevanagari && faces.devanagari) || font;
    const shown = isDevanagari || known(font, letter) ? letter : '□';
    const last = found.at(-1);
    if (last?.font === face) last.text += shown;
    else found.push({ text: shown, font: face });
  }
  return found;
}

const sets = new WeakMap<PDFFont, Set<number>>();
function known(font: PDFFont, letter: string): boolean {
  const set = sets.get(font) ?? new Set(font.getCharacterSet());
  sets.set(font, set);
  return set.has(letter.codePointAt(0)!);
}

const widthOf = (text: string, size: number, faces: Faces, font: PDFFont): number =>
  runs(text, faces, font).reduce((sum, run) => sum + run.font.widthOfTextAtSize(run.text, size), 0);

function cut(text: string, width: number, size: number, faces: Faces, font: PDFFont): string {
  if (widthOf(text, size, faces, font) <= width) return text;
  const letters = [...text];
  while (letters.length && widthOf(`${letters.join('')}…`, size, faces, font) > width) letters.pop();
  return `${letters.join('')}…`;
}

function write(
  { page, y }: Draw,
  text: string,
  x: number,
  size: number,
  faces: Faces,
  { font = faces.regular, color }: { font?: PDFFont; color: ReturnType<typeof import('pdf-lib').rgb> },
): void {
  let left = x;
  for (const run of runs(text, faces, font)) {
    page.drawText(run.text, { x: left, y, size, font: run.font, color });
    left += run.font.widthOfTextAtSize(run.text, size);
  }
}
