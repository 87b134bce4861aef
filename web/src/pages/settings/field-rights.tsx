/** What of the records is kept from a role: nothing, shown but fixed, or not shown on any surface. */

import { Select } from 'antd';
import type { Output } from '../../api/operations.ts';
import { inWords } from '../../shared/in-words.ts';

type Fields = NonNullable<Output<'role.list'>['items'][number]['fields']>;
type Kind = keyof Fields;
type Right = 'readonly' | 'hidden';
type Props = {
  guarded: Output<'role.list'>['fields'];
  fields: Fields;
  fixed: boolean;
  onChange: (fields: Fields) => void;
};

const names: Record<string, string> = {
  phone: 'Phone',
  email: 'E-mail',
  city: 'Area',
  product: 'Product',
  quantity: 'Quantity',
  budget: 'Budget',
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
  industry: 'Industry',
  segment: 'Segment',
  size: 'Size',
  value: 'Worth of the deal',
  lostReason: 'Why it was lost',
};
const options = [
  { value: '', label: 'shown' },
  { value: 'readonly', label: 'read only' },
  { value: 'hidden', label: 'hidden' },
];

export function FieldRights({ guarded, fields, fixed, onChange }: Props) {
  const kinds = Object.keys(guarded) as Kind[];
  const all = [...new Set(Object.values(guarded).flat())];
  const rightOf = (kind: Kind, field: string): string =>
    (fields[kind] as Record<string, Right> | undefined)?.[field] ?? '';
  const set = (kind: Kind, field: string, right: string) => {
    const { [field]: _, ...rest } = (fields[kind] ?? {}) as Record<string, Right>;
    const next = right ? { ...rest, [field]: right as Right } : rest;
    const { [kind]: __, ...others } = fields;
    onChange((Object.keys(next).length ? { ...others, [kind]: next } : others) as Fields);
  };
  return (
    <>
      <h2 className="role-part">Fields</h2>
      <p className="form-note">
        What is hidden is one fact wherever it stands: in lists, messages, notices, reports and files, and
        nothing is found by it.
      </p>
      <table className="records" aria-label="Fields">
        <thead>
          <tr>
            <th>Field</th>
            {kinds.map((kind) => (
              <th key={kind}>{inWords(kind)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map((field) => (
            <tr key={field}>
              <td data-card="title">{names[field] ?? field}</td>
              {kinds.map((kind) => (
                <td key={kind} data-title={kind}>
                  {guarded[kind]?.includes(field) ? (
                    <Select
                      size="small"
                      aria-label={`${kind} ${field}`}
                      disabled={fixed}
                      style={{ width: 110 }}
                      options={options}
                      value={rightOf(kind, field)}
                      onChange={(right) => set(kind, field, right)}
                    />
                  ) : (
                    <span className="none">–</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
