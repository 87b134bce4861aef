import { grouped } from '../../shared/phone.ts';

/** A field a line, a side a column: pressed is what stays. */
export type Side = 'keep' | 'merge';
export type Row = { field: string; label: string; keep?: string; merge?: string; same: boolean };
type Props = {
  label: string;
  rows: Row[];
  heads: [string, string];
  chosen: Record<string, Side>;
  pick: (field: string, side: Side) => void;
};

export function Choices({ label, rows, heads, chosen, pick }: Props) {
  return (
    <table className="compare choices" aria-label={label}>
      <thead>
        <tr>
          <th>
            <span className="sr-only">Field</span>
          </th>
          {heads.map((head, index) => (
            <th key={index === 0 ? 'keep' : 'merge'}>
              {head}
              <small>{index === 0 ? 'stays' : 'becomes part of it'}</small>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.field} data-same={row.same}>
            <th scope="row">{row.label}</th>
            {(['keep', 'merge'] as const).map((side) => (
              <td key={side} data-chosen={!row.same && sideOf(row, chosen) === side}>
                <Cell row={row} side={side} checked={sideOf(row, chosen) === side} pick={pick} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is there on one side only is taken from there. */
const sideOf = ({ field, keep }: Row, chosen: Record<string, Side>): Side =>
  chosen[field] ?? (keep ? 'keep' : 'merge');

type CellProps = { row: Row; side: Side; checked: boolean; pick: Props['pick'] };
function Cell({ row, side, checked, pick }: CellProps) {
  const value = row[side] && grouped(row[side]);
  if (!value) return <span className="none">–</span>;
  if (row.same) return <>{value}</>;
  return (
    <label className="choice">
      <input
        type="radio"
        name={`choice-${row.field}`}
        checked={checked}
        onChange={() => pick(row.field, side)}
        aria-label={`${row.label}: ${value}`}
      />
      <span dir="auto">{value}</span>
    </label>
  );
}
