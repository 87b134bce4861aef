import { Form, Input } from 'antd';
import type { Lead } from '../api/operations.ts';
import { useChoices } from '../shared/use-choices.ts';

const labels = {
  phone: 'Telephone',
  email: 'E-mail',
  city: 'City',
  product: 'Looking for',
  quantity: 'Quantity',
  budget: 'Budget',
  value: 'Worth of the deal',
} as const;
type Field = keyof typeof labels;

/** What the stage asks for and the lead does not have. */
export function useNeeded(lead: Partial<Record<Field, unknown>>, stage: string | undefined): Field[] {
  const { stages } = useChoices();
  return (stages.find(({ key }) => key === stage)?.needs ?? []).filter((field) => !lead[field]);
}

export const NeededFields = ({ fields }: { fields: Field[] }) => (
  <>
    {fields.map((field) => (
      <Form.Item
        key={field}
        name={field}
        label={labels[field]}
        rules={[{ required: true, whitespace: true, message: 'It has to be known before' }]}
      >
        <Input
          maxLength={200}
          autoComplete="off"
          placeholder={field === 'value' ? '1,50,000 or 1.5 lakh' : ''}
        />
      </Form.Item>
    ))}
  </>
);

/** The command's input from what was entered. */
export function asNeeded(values: Partial<Record<Field, string>>) {
  const { value, ...others } = values;
  const fields = Object.fromEntries(Object.entries(others).filter(([, entered]) => entered)) as Partial<
    Pick<Lead, 'phone' | 'email' | 'city' | 'product' | 'quantity' | 'budget'>
  >;
  return { ...(value && { value }), ...(Object.keys(fields).length && { fields }) };
}
