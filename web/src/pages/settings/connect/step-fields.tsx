/** What one step asks for. A secret is written and never shown; what the operator has set is locked. */
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { Output } from '../../../api/operations.ts';
import { useAct } from '../../../shared/use-act.ts';
import { When } from '../../../shared/when.tsx';
import type { Place } from './connect.tsx';

type Field = Output<'channel.guide'>['steps'][number]['fields'][number];
type Values = Record<string, string | undefined>;

export function StepFields({ fields, ...place }: Place & { fields: Field[] }) {
  const [form] = Form.useForm<Values>();
  const [keepOld, setKeepOld] = useState(true);
  const connect = useAct('channel.connect');
  const reload = useAct('channel.reload', 'Saved and taken over.');
  const initial = Object.fromEntries(fields.map(({ path, value }) => [path, value ?? '']));
  const isRotating = fields.some(({ rotates, from }) => rotates && from === 'console');

  const save = async (values: Values) => {
    const changed = Object.entries(values).flatMap(([path, value = '']) =>
      value.trim() === initial[path] ? [] : [[path, value.trim()]],
    );
    if (!changed.length || !(await connect.act({ ...place, values: Object.fromEntries(changed), keepOld })))
      return;
    await reload.act({});
    for (const { path, secret } of fields) if (secret) form.setFieldValue(path, '');
  };

  if (fields.every(isLocked))
    return (
      <ul className="connect-locked">
        {fields.map((field) => (
          <li key={field.path}>
            {field.label}: <Given field={field} />
          </li>
        ))}
      </ul>
    );
  return (
    <Form form={form} layout="vertical" initialValues={initial} onFinish={save} className="connect-fields">
      {fields.map((field) => (
        <Form.Item
          key={field.path}
          name={field.path}
          label={field.label}
          extra={
            <>
              {field.hint} <Given field={field} />
            </>
          }
          rules={[{ required: !field.optional && !field.from, message: 'Is needed.' }]}
        >
          {inputOf(field)}
        </Form.Item>
      ))}
      {fields
        .filter((field) => field.made && !isLocked(field))
        .map(({ path, label }) => (
          <Made key={path} label={label} onMade={(word) => form.setFieldValue(path, word)} />
        ))}
      {isRotating && (
        <Checkbox checked={keepOld} onChange={({ target }) => setKeepOld(target.checked)}>
          The old one stays valid until the next change
        </Checkbox>
      )}
      <Button type="primary" htmlType="submit" loading={connect.busy || reload.busy}>
        Save
      </Button>
    </Form>
  );
}

const isLocked = ({ from }: Field): boolean => from === 'environment' || from === 'file';

function inputOf(field: Field) {
  const { options, secret, made, from } = field;
  const disabled = isLocked(field);
  if (options) return <Select options={options} disabled={disabled} />;
  if (!secret) return <Input disabled={disabled} maxLength={2_000} />;
  const placeholder = from ? 'Set; leave empty to keep it' : undefined;
  // A word that was made here is seen until it is saved: it has to be copied.
  if (made)
    return <Input disabled={disabled} placeholder={placeholder} autoComplete="off" maxLength={2_000} />;
  return (
    <Input.Password
      disabled={disabled}
      placeholder={placeholder}
      autoComplete="new-password"
      maxLength={8_000}
    />
  );
}

function Given({ field: { from, by, at } }: { field: Field }) {
  if (from === 'environment') return <span className="none">Set by the environment.</span>;
  if (from === 'file') return <span className="none">Stands in config/channels.yaml.</span>;
  if (!from || !at) return null;
  return (
    <span className="none">
      Set by {by} <When at={at} as="ago" />.
    </span>
  );
}

function Made({ label, onMade }: { label: string; onMade: (word: string) => void }) {
  const make = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    onMade(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
  };
  return (
    <Button onClick={make} className="connect-made">
      Make a {label.toLowerCase()}
    </Button>
  );
}
