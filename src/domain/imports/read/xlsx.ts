/** Rows of a workbook's first sheet that has any, each cell as the text that a person sees there. */
import { createReadStream } from 'node:fs';
import type { CellValue } from 'exceljs';
import type { RawRow } from './csv.ts';
import { limits, Unreadable } from './limits.ts';
import { checkWorkbook } from './zip.ts';

export async function* xlsxRows(bytes: Buffer, path: string): AsyncGenerator<RawRow & { sheet: string }> {
  await checkWorkbook(bytes);
  const { default: excel } = await import('exceljs');
  const reader = new excel.stream.xlsx.WorkbookReader(createReadStream(path), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  try {
    for await (const sheet of reader) {
      let any = false;
      for await (const row of sheet) {
        const values = row.values as CellValue[];
        if (values.length - 1 > limits.columns)
          throw new Unreadable(
            `Row ${row.number} has ${values.length - 1} columns; at most ${limits.columns} are taken.`,
          );
        const cells = Array.from({ length: Math.max(0, values.length - 1) }, (_, at) =>
          textOf(values[at + 1]),
        );
        if (!cells.some(Boolean)) continue;
        any = true;
        yield { line: row.number, cells, sheet: (sheet as { name?: string }).name ?? '' };
      }
      if (any) return;
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`The workbook is damaged: ${(error as Error).message.slice(0, 200)}`);
  }
}

export function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object') return String(value).trim();
  if ('richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .trim();
  if ('result' in value) return textOf(value.result as CellValue);
  if ('text' in value) return textOf(value.text as CellValue);
  // A formula without a result, or one that failed, says nothing.
  return '';
}

/** As it was typed: 9845012345, not 9.845012345E9. */
const numberText = (value: number): string =>
  Number.isInteger(value) ? BigInt(value).toString() : String(Number(value.toPrecision(15)));

/** A workbook's dates have no zone: its wall clock comes as UTC. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
}
