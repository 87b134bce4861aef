/** A workbook of one sheet: heading, filterable table, totals; numbers, money and times as real cells. */
import { DateTime } from 'luxon';
import { minorDigits, minorUnits } from '../core/money.ts';
import { cellText } from './cell.ts';
import type { Sheet, SheetCell, SheetColumn } from './sheet.ts';

export async function sheetXlsx(sheet: Sheet): Promise<Buffer> {
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  book.created = new Date(sheet.madeAt);
  const page = book.addWorksheet(sheet.title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31));
  page.addRow([sheet.title]).font = { bold: true, size: 14 };
  page.addRow([sheet.subtitle]);
  page.addRow([]);
  const head = page.addRow(sheet.columns.map(({ label }) => label));
  head.font = { bold: true };
  for (const row of sheet.rows)
    page.addRow(sheet.columns.map((column) => cell(row[column.key], column, sheet)));
  if (sheet.totals) {
    const totals = sheet.totals;
    const line = page.addRow(
      sheet.columns.map((column, at) => (at === 0 ? 'Total' : cell(totals[column.key], column, sheet))),
    );
    line.font = { bold: true };
  }
  sheet.columns.forEach((column, at) => {
    const place = page.getColumn(at + 1);
    place.width = Math.min(
      50,
      Math.max(
        column.label.length,
        ...sheet.rows.slice(0, 500).map((row) => cellText(row[column.key], column, sheet).length),
      ) + 3,
    );
    if (column.kind === 'money') place.numFmt = moneyFormat(sheet.currency);
    if (column.kind === 'time') place.numFmt = 'd mmm yyyy, hh:mm';
  });
  page.autoFilter = { from: { row: 4, column: 1 }, to: { row: 4, column: sheet.columns.length } };
  page.views = [{ state: 'frozen', ySplit: 4 }];
  return Buffer.from(await book.xlsx.writeBuffer());
}

const moneyFormat = (currency: string): string =>
  ['#,##0', '0'.repeat(minorDigits(currency))].filter(Boolean).join('.');

function cell(
  value: SheetCell | undefined,
  { kind }: SheetColumn,
  sheet: Sheet,
): string | number | Date | null {
  if (value === null || value === undefined || value === '') return null;
  if (kind === 'money') return Number(value) / minorUnits(sheet.currency);
  if (kind === 'number') return Number(value);
  // A workbook knows no zones: the wall clock of the organisation is written as it is.
  if (kind === 'time')
    return DateTime.fromISO(String(value), { zone: sheet.zone })
      .setZone('utc', { keepLocalTime: true })
      .toJSDate();
  return String(value);
}
