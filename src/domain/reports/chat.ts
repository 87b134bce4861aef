/** A sheet in a chat message: what was counted, then a line a row. Pure. */
import { cellText } from '../../render/cell.ts';
import type { Sheet } from '../../render/sheet.ts';

const mostLines = 25;

export function sheetText(sheet: Sheet): string {
  const head = `${sheet.title}\n${sheet.subtitle}`;
  if (!sheet.rows.length) return `${head}\nNothing in this period.`;
  const counted = sheet.columns.filter(({ kind }) => kind === 'number' || kind === 'money');
  const isTable = sheet.totals !== undefined || sheet.columns.length === counted.length;
  const lines = sheet.rows.slice(0, mostLines).map((row) => {
    if (!isTable)
      return `• ${sheet.columns
        .map((column) => cellText(row[column.key], column, sheet))
        .filter(Boolean)
        .join(', ')}`;
    const name = sheet.columns
      .filter((column) => !counted.includes(column))
      .map((column) => cellText(row[column.key], column, sheet))
      .join(', ');
    return `${name ? `• ${name}: ` : ''}${figures(row)}`;
  });
  const more = sheet.rows.length - lines.length;
  return [
    head,
    ...lines,
    ...(more > 0 ? [`… and ${more} more: see the PDF.`] : []),
    ...(sheet.totals && sheet.rows.length > 1 ? [`Total: ${figures(sheet.totals)}`] : []),
  ].join('\n');

  function figures(row: Sheet['rows'][number]): string {
    return counted
      .map((column) => {
        const text = cellText(row[column.key] ?? 0, column, sheet);
        return counted.length > 1 ? `${text} ${column.label.toLowerCase()}` : text;
      })
      .join(', ');
  }
}
