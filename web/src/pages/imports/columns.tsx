/** Each column of the file with what stands in it, and what it is for us. */
import { Select } from 'antd';
import type { Import, Plan } from './words.ts';

type Props = {
  file: Import;
  plan: Plan;
  columns?: string[];
  onChange: (part: Partial<Plan>) => void;
};

export function Columns({ file, plan, columns, onChange }: Props) {
  const { head, targets } = file;
  const below = head.slice(plan.headerRow + 1);
  const used = new Set(plan.mapping);
  const options = (own: string | null) => [
    { value: '', label: 'Left out' },
    ...targets
      .filter(({ target }) => target === own || !used.has(target))
      .map(({ target, label }) => ({ value: target as string, label })),
  ];
  const set = (at: number, target: string) =>
    onChange({
      mapping: plan.mapping.map((old, place) =>
        place === at ? ((target || null) as Plan['mapping'][number]) : old,
      ),
    });
  const headerChoices = [
    { value: -1, label: 'No row: the data begins at once' },
    ...head.map((cells, at) => ({ value: at, label: `Row ${at + 1}: ${cells.filter(Boolean).join(', ')}` })),
  ];
  return (
    <>
      <div className="import-header">
        <label htmlFor="header-row">The columns are named in</label>
        <Select
          id="header-row"
          value={plan.headerRow}
          options={headerChoices}
          onChange={(headerRow) => onChange({ headerRow })}
        />
      </div>
      <ul className="import-columns">
        {plan.mapping.map((target, at) => {
          const name = columns?.[at] ?? head[plan.headerRow]?.[at] ?? `Column ${at + 1}`;
          const samples = below
            .map((cells) => cells[at])
            .filter(Boolean)
            .slice(0, 3);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <li key={at} data-used={target !== null}>
              <div className="import-column">
                <strong>{name}</strong>
                <span title={samples.join('\n')}>{samples.join(' · ') || 'empty'}</span>
              </div>
              <Select
                aria-label={`${name} is`}
                value={target ?? ''}
                options={options(target)}
                onChange={(chosen) => set(at, chosen)}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}
