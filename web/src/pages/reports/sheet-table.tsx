import type { Output } from '../../api/operations.ts';
import { countText, moneyText } from '../../shared/money.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { moment } from '../../shared/time.ts';

type Sheet = Output<'report.run'>['sheet'];
type Column = Sheet['columns'][number];

export function SheetTable({ sheet }: { sheet: Sheet }) {
  const { columns, rows, totals } = sheet;
  if (!rows.length)
    return <Nothing title="Nothing in this period" hint="Choose a longer period, or another report." />;
  return (
    <div className="sheet">
      <table aria-label={sheet.title}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} data-kind={column.kind}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {columns.map((column) => (
                <td key={column.key} data-kind={column.kind}>
                  {show(row[column.key], column, sheet)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {totals && rows.length > 1 && (
          <tfoot>
            <tr>
              {columns.map((column, at) => (
                <td key={column.key} data-kind={column.kind}>
                  {column.key in totals ? show(totals[column.key], column, sheet) : at === 0 ? 'Total' : ''}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function show(
  value: Sheet['rows'][number][string] | undefined,
  { kind }: Column,
  { currency }: Sheet,
): string {
  if (value === null || value === undefined || value === '') return '–';
  if (kind === 'time') return moment(String(value));
  if (kind === 'number') return countText(Number(value));
  return kind === 'money' ? moneyText(Number(value), currency) : String(value);
}
