import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import type { SiteForm } from './form.tsx';

type Field = SiteForm['fields'][number];

const targets: [Field['target'], string][] = [
  ['name', 'Name'],
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['phone', 'Phone'],
  ['email', 'E-mail'],
  ['company', 'Company'],
  ['city', 'City'],
  ['industry', 'Industry'],
  ['segment', 'Segment'],
  ['size', 'Size'],
  ['product', 'Looking for'],
  ['quantity', 'Quantity'],
  ['budget', 'Budget'],
  ['note', 'Note'],
];
const kinds: [Field['kind'], string][] = [
  ['text', 'One line'],
  ['longtext', 'Several lines'],
  ['select', 'A choice'],
];
const asOptions = <T extends string>(list: [T, string][]) => list.map(([value, label]) => ({ value, label }));

type Props = { fields: Field[]; onChange: (fields: Field[]) => void; disabled: boolean };

export function FieldRows({ fields, onChange, disabled }: Props) {
  const change = (at: number, news: Partial<Field>) =>
    onChange(fields.map((field, place) => (place === at ? { ...field, ...news } : field)));
  const move = (at: number, by: number) => {
    const moved = [...fields];
    const [one] = moved.splice(at, 1);
    moved.splice(at + by, 0, one!);
    onChange(moved);
  };
  const add = () => {
    const names = new Set(fields.map(({ name }) => name));
    let n = fields.length + 1;
    while (names.has(`field${n}`)) n++;
    onChange([
      ...fields,
      { name: `field${n}`, label: 'New field', target: 'note', kind: 'text', options: [], required: false },
    ]);
  };
  return (
    <fieldset disabled={disabled} className="form-fields">
      <legend>Fields</legend>
      {fields.map((field, at) => (
        <div key={field.name} className="form-field">
          <Input
            aria-label={`Label of field ${at + 1}`}
            value={field.label}
            maxLength={120}
            onChange={({ target }) => change(at, { label: target.value })}
          />
          <Select
            aria-label={`What ${field.label} is`}
            value={field.target}
            options={asOptions(targets)}
            onChange={(target) => change(at, { target })}
          />
          <Select
            aria-label={`How ${field.label} is answered`}
            value={field.kind}
            options={asOptions(kinds)}
            onChange={(kind) => change(at, { kind })}
          />
          <Checkbox
            checked={field.required}
            onChange={({ target }) => change(at, { required: target.checked })}
          >
            Needed
          </Checkbox>
          <span className="form-field-acts">
            <Button
              size="small"
              type="text"
              icon={<ArrowUpOutlined aria-hidden />}
              aria-label={`Move ${field.label} up`}
              disabled={at === 0}
              onClick={() => move(at, -1)}
            />
            <Button
              size="small"
              type="text"
              icon={<ArrowDownOutlined aria-hidden />}
              aria-label={`Move ${field.label} down`}
              disabled={at === fields.length - 1}
              onClick={() => move(at, 1)}
            />
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={`Remove ${field.label}`}
              disabled={fields.length === 1}
              onClick={() => onChange(fields.filter((_, place) => place !== at))}
            />
          </span>
          {field.kind === 'select' && (
            <Input.TextArea
              className="form-field-options"
              aria-label={`Choices of ${field.label}, one a line`}
              placeholder="Choices, one a line"
              value={field.options.join('\n')}
              autoSize={{ minRows: 2, maxRows: 8 }}
              onChange={({ target }) => change(at, { options: target.value.split('\n') })}
              onBlur={() => change(at, { options: field.options.map((one) => one.trim()).filter(Boolean) })}
            />
          )}
        </div>
      ))}
      <Button icon={<PlusOutlined aria-hidden />} onClick={add} disabled={fields.length >= 20}>
        Add a field
      </Button>
    </fieldset>
  );
}
