/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
import { cellText } from './cell.ts';
import type { Sheet } from './sheet.ts';

export function sheetCsv(sheet: Sheet): Buffer {
  const rows = [
    sheet.columns.map(({ label }) => label),
    ...sheet.rows.map((row) => sheet.columns.map((column) => csvValue(sheet, row, column))),
  ];
  return Buffer.from(`\ufeff${rows.map((row) => csvLine(row)).join('')}`, 'utf8');
}

export const csvLine = (cells: string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What a spreadsheet would run as a formula is made text (OWASP, CSV injection). */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d\s().-]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Numbers stay plain, so that they can be counted with. */
function csvValue(sheet: Sheet, row: Sheet['rows'][number], column: Sheet['columns'][number]): string {
  const value = row[column.key];
  if (column.kind === 'number' && value !== null && value !== undefined) return String(value);
  return cellText(value, column, sheet);
}
