/** Which field of theirs is what here; and what every lead of the source says of where it comes from. */
import { Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import type { Input as In, Output } from '../../../api/operations.ts';
import { CommandForm } from '../../../shared/command-form.tsx';
import { Nothing } from '../../../shared/nothing.tsx';

type Source = Output<'source.get'>;
type Target = Source['fields'][number]['to'];
type Values = {
  name: string;
  source: string;
  medium: string;
  campaign?: string;
  keepRest: boolean;
  answers: boolean;
};

/** Not a target: recognised by its name or kept in the note; left out. */
const rest = 'rest';
const out = 'out';

export function Mapping({ source, mayChange }: { source: Source; mayChange: boolean }) {
  const [fields, setFields] = useState(source.fields);
  const [added, setAdded] = useState('');
  const { id: sourceId, name, medium, campaign, keepRest, answers } = source;
  const set = (from: string, value: string) =>
    setFields(
      fields.map((field) =>
        field.from === from
          ? { ...field, to: value === rest || value === out ? null : (value as Target), out: value === out }
          : field,
      ),
    );
  const add = () => {
    const from = added.trim();
    if (from && !fields.some((field) => field.from === from))
      setFields([...fields, { from, to: null, out: false }]);
    setAdded('');
  };
  return (
    <CommandForm<'source.update', Values>
      command="source.update"
      input={(values): In<'source.update'> => ({
        ...values,
        campaign: values.campaign?.trim() || undefined,
        sourceId,
        // What goes into the note is not named.
        mapping: fields.flatMap(({ from, to, out: isOut }) => (to || isOut ? [{ from, to }] : [])),
      })}
      initial={{ name, source: source.source, medium, campaign, keepRest, answers }}
      submit="Save"
      done="Saved: the next delivery is read by it."
      readOnly={!mayChange}
    >
      {fields.length ? (
        <ul className="source-fields">
          {fields.map(({ from, to, out: isOut, example }) => (
            <li key={from}>
              <span>
                <code>{from}</code>
                {example && <small>{example}</small>}
              </span>
              <Select<string>
                aria-label={`What ${from} is`}
                value={to ?? (isOut ? out : rest)}
                onChange={(value) => set(from, value)}
                disabled={!mayChange}
                options={[
                  { value: rest, label: keepRest ? 'In the note' : 'By its name, else left out' },
                  { value: out, label: 'Left out' },
                  ...source.targets.map(({ target, label }) => ({ value: target, label })),
                ]}
              />
            </li>
          ))}
        </ul>
      ) : (
        <Nothing
          title="Nothing delivered yet"
          hint="Fields appear here with the first delivery or test. Most are recognised by their names."
        />
      )}
      {mayChange && (
        <div className="source-add">
          <Input
            value={added}
            maxLength={200}
            aria-label="A field of theirs"
            placeholder="customer.phone"
            onChange={({ target }) => setAdded(target.value)}
            onPressEnter={(event) => {
              event.preventDefault();
              add();
            }}
          />
          <Button onClick={add}>Add a field</Button>
        </div>
      )}
      <div className="source-about">
        <Form.Item name="name" label="Name" rules={[{ required: true, message: 'What is it called?' }]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="source" label="Source of its leads" rules={[{ required: true, message: 'Which?' }]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="medium" label="Medium" rules={[{ required: true, message: 'Which?' }]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="campaign" label="Campaign">
          <Input maxLength={200} placeholder="As they say, if they do" />
        </Form.Item>
      </div>
      <Form.Item
        name="answers"
        label="Write to the person at once, on WhatsApp or by mail"
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name="keepRest"
        label="Keep fields that are not recognised in the note"
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
    </CommandForm>
  );
}
