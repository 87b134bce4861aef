import { Form, InputNumber, Segmented, Select } from 'antd';
import { Panel } from '../../../shared/page.tsx';
import type { PartProps } from './assignment.tsx';

/** Where no rule takes a lead; and what follows from giving it. */
export function Turns({ settings, change, fixed, names }: PartProps) {
  const number = (
    field: 'perDay' | 'firstCallMinutes' | 'unattendedMinutes',
    label: string,
    extra: string,
  ) => (
    <Form.Item label={label} htmlFor={field} extra={extra}>
      <InputNumber
        id={field}
        min={0}
        max={10_000}
        precision={0}
        value={settings[field]}
        onChange={(value) => change({ [field]: value ?? 0 })}
      />
    </Form.Item>
  );
  return (
    <Panel id="turns" title="Otherwise, in turn">
      <Form layout="vertical" disabled={fixed} className="turns">
        <Form.Item label="Among everybody with the role" htmlFor="roles">
          <Select
            id="roles"
            mode="multiple"
            value={settings.roles}
            options={[...names.roles].map(([value, label]) => ({ value, label }))}
            onChange={(roles) => roles.length && change({ roles })}
          />
        </Form.Item>
        <Form.Item
          label="Whose turn it is"
          extra={
            settings.by === 'turn'
              ? 'Whoever waited longest.'
              : 'Whoever got least in the last 24 hours; among equals, whoever waited longest.'
          }
        >
          <Segmented
            value={settings.by}
            options={[
              { value: 'turn', label: 'Round-robin' },
              { value: 'load', label: 'By load' },
            ]}
            onChange={(by) => change({ by: by as 'turn' | 'load' })}
          />
        </Form.Item>
        {number('perDay', 'Leads a day for each', '0: no limit. Beyond it a lead waits for a manager.')}
        {number('firstCallMinutes', 'First call due after, minutes', '0: no follow-up is made.')}
        {number(
          'unattendedMinutes',
          'Alarm when nobody has called after, minutes',
          '0: never. Counted in office hours.',
        )}
      </Form>
    </Panel>
  );
}
