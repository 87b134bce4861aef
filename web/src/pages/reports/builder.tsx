/** A report of one's own: what is counted, by what, when, from where; seen while it is built. */
import { Button, Drawer, Form, Input, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import type { Input as InputOf, Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Failure } from '../../shared/failure.tsx';
import { useAct } from '../../shared/use-act.ts';
import { useChoices } from '../../shared/use-choices.ts';
import { periods } from './report-view.tsx';
import type { Report } from './reports.tsx';
import { SheetTable } from './sheet-table.tsx';

type Spec = InputOf<'report.save'>['spec'];
type Measures = Output<'report.list'>['measures'];

export function Builder({
  report,
  measures,
  close,
}: {
  report?: Report;
  measures: Measures;
  close: (saved?: string) => void;
}) {
  const choices = useChoices();
  const [title, setTitle] = useState(report?.title ?? '');
  const [sharedWith, setSharedWith] = useState<string[]>(report?.sharedWith ?? []);
  const [spec, setSpec] = useState<Spec>(
    report?.spec ?? {
      measures: ['lead.created'],
      by: ['source'],
      period: 'this-month',
      filters: {},
      chart: 'bar',
    },
  );
  const change = (part: Partial<Spec>) => setSpec((before) => ({ ...before, ...part }));
  const { act: save, busy } = useAct('report.save', 'Report saved.');
  const { act: remove, busy: removing } = useAct('report.delete', 'Report deleted.');
  const chosen = measures.filter(({ name }) => spec.measures.includes(name));
  const common = (chosen[0]?.by ?? []).filter(({ name }) =>
    chosen.every(({ by }) => by.some((group) => group.name === name)),
  );
  const { data, error, refetch } = useAsk('report.run', { spec }, { enabled: chosen.length > 0, keep: true });
  const submit = async () => {
    const saved = await save({
      ...(report && { key: report.key }),
      title,
      about: report?.about ?? '',
      spec,
      sharedWith,
    });
    if (saved) close(saved.report.key);
  };
  return (
    <Drawer
      open
      width={720}
      title={report ? 'Change the report' : 'New report'}
      onClose={() => close()}
      extra={
        <Button
          type="primary"
          loading={busy}
          disabled={!title.trim() || !chosen.length}
          onClick={() => void submit()}
        >
          Save
        </Button>
      }
    >
      <Form layout="vertical">
        <Form.Item label="Name" required>
          <Input
            aria-label="Name"
            value={title}
            maxLength={120}
            onChange={({ target }) => setTitle(target.value)}
          />
        </Form.Item>
        <div className="builder-row">
          <Form.Item label="What is counted" required>
            <Select
              mode="multiple"
              aria-label="What is counted"
              value={spec.measures}
              maxCount={8}
              options={measures.map(({ name, label }) => ({ value: name, label }))}
              onChange={(names) => change({ measures: names, by: [] })}
            />
          </Form.Item>
          <Form.Item label="By">
            <Select
              mode="multiple"
              aria-label="By"
              value={spec.by}
              maxCount={2}
              placeholder="One number for all"
              options={common.map(({ name, label }) => ({ value: name, label }))}
              onChange={(by) => change({ by })}
            />
          </Form.Item>
        </div>
        <div className="builder-row">
          <Form.Item label="When">
            <Select
              aria-label="When"
              value={spec.period as string}
              options={periods}
              onChange={(period) => change({ period: period as Spec['period'] })}
            />
          </Form.Item>
          {common.some(({ name }) => name === 'source') && (
            <Form.Item label="Only from">
              <Select
                mode="multiple"
                aria-label="Only from"
                allowClear
                placeholder="Every source"
                value={spec.filters?.source ?? []}
                options={(choices?.sources ?? []).map((source) => ({ value: source, label: source }))}
                onChange={(source) => change({ filters: source.length ? { source } : {} })}
              />
            </Form.Item>
          )}
          <Form.Item label="Share with" tooltip="They see their own numbers in it, not yours">
            <Select
              mode="multiple"
              aria-label="Share with"
              placeholder="Nobody"
              value={sharedWith}
              options={(choices?.roles ?? []).map(({ key, label }) => ({ value: key, label }))}
              onChange={setSharedWith}
            />
          </Form.Item>
        </div>
      </Form>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        data && chosen.length > 0 && <SheetTable sheet={data.sheet} />
      )}
      {report && (
        <Popconfirm
          title="Delete this report?"
          okText="Delete"
          onConfirm={async () => (await remove({ key: report.key })) && close()}
        >
          <Button danger loading={removing} style={{ marginTop: 16 }}>
            Delete
          </Button>
        </Popconfirm>
      )}
    </Drawer>
  );
}
