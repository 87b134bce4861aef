import { Form, Select } from 'antd';
import { asIs, useChoices } from '../../shared/use-choices.ts';
import type { Role } from './roles.tsx';

type Only = NonNullable<Role['only']>;
const labels = {
  city: 'Area',
  product: 'Product',
  source: 'Source',
  industry: 'Industry',
  segment: 'Segment',
  size: 'Size',
} as const;

/** Rights by link field: only records with one of these values, beside one's own where a record has no such field. */
export function LinkLimits({ only, onChange }: { only: Only; onChange: (only: Only) => void }) {
  const { sources, products } = useChoices();
  const known: Partial<Record<keyof Only, string[]>> = { source: sources, product: products };
  return (
    <>
      {(Object.keys(labels) as (keyof typeof labels)[]).map((field) => (
        <Form.Item
          key={field}
          label={`Only of this ${labels[field].toLowerCase()}`}
          htmlFor={`only-${field}`}
        >
          <Select
            id={`only-${field}`}
            mode="tags"
            placeholder="Any"
            tokenSeparators={[',']}
            value={only[field] ?? []}
            options={asIs(known[field] ?? [])}
            notFoundContent={null}
            onChange={(values: string[]) => {
              const { [field]: _, ...others } = only;
              onChange(values.length ? { ...others, [field]: values } : others);
            }}
          />
        </Form.Item>
      ))}
    </>
  );
}
