import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { Input as InputOf } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { periods } from '../reports/report-view.tsx';

type NewTile = InputOf<'dashboard.save'>['tiles'][number];

export function AddTile({ add, close }: { add: (tile: NewTile) => void; close: () => void }) {
  const { data } = useAsk('report.list', {});
  const [measure, setMeasure] = useState('lead.created');
  const [by, setBy] = useState<string>();
  const [period, setPeriod] = useState('this-month');
  const [chart, setChart] = useState('bar');
  const [title, setTitle] = useState('');
  const chosen = data?.measures.find(({ name }) => name === measure);
  const name =
    title.trim() ||
    [chosen?.label, by && `by ${chosen?.by.find((one) => one.name === by)?.label.toLowerCase()}`]
      .filter(Boolean)
      .join(' ');
  const spec = {
    measures: [measure],
    by: by ? [by] : [],
    period,
    chart: by ? chart : 'none',
  } as NewTile['spec'];
  return (
    <Modal open title="Add a tile" okText="Add" onCancel={close} onOk={() => add({ title: name, spec })}>
      <Form layout="vertical">
        <Form.Item label="What is counted">
          <Select
            aria-label="What is counted"
            value={measure}
            options={(data?.measures ?? []).map((one) => ({ value: one.name, label: one.label }))}
            onChange={(value) => {
              setMeasure(value);
              setBy(undefined);
            }}
          />
        </Form.Item>
        <Form.Item label="By">
          <Select
            aria-label="By"
            allowClear
            placeholder="One figure"
            value={by}
            options={(chosen?.by ?? []).map((one) => ({ value: one.name, label: one.label }))}
            onChange={setBy}
          />
        </Form.Item>
        {by && (
          <Form.Item label="Drawn as">
            <Select
              aria-label="Drawn as"
              value={chart}
              options={[
                { value: 'bar', label: 'Bars' },
                { value: 'pie', label: 'Pie' },
                { value: 'line', label: 'Line' },
              ]}
              onChange={setChart}
            />
          </Form.Item>
        )}
        <Form.Item label="When">
          <Select aria-label="When" value={period} options={periods} onChange={setPeriod} />
        </Form.Item>
        <Form.Item label="Title">
          <Input
            aria-label="Title"
            maxLength={80}
            placeholder={name}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
