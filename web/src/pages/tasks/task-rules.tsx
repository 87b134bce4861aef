/** Which events bring tasks about, for whom, in which words; effective with the next event. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Skeleton, Switch } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useAct } from '../../shared/use-act.ts';
import { causeWords, dueWords, RuleDialog, whoWords } from './rule-dialog.tsx';
import '../../styles/tasks.css';

export type TaskRule = Output<'task.rules'>['rules'][number];

export default function TaskRules() {
  const { may } = useSession();
  const { data, error, refetch } = useAsk('task.rules', {}, { keep: true });
  const { act, busy } = useAct('task.saveRules', 'Saved.');
  const [edited, setEdited] = useState<TaskRule | 'new'>();
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} />;
  const mayChange = may('task.saveRules');
  const save = (rules: TaskRule[]) => act({ rules, expected: data.version });
  const columns: Column<TaskRule>[] = [
    { key: 'label', title: 'Rule', card: 'title', render: ({ label }) => <strong>{label}</strong> },
    {
      key: 'on',
      title: 'When',
      width: 230,
      render: ({ on, when }) =>
        [causeWords[on], ...Object.values(when).map((values) => values?.join(' or '))]
          .filter(Boolean)
          .join(', '),
    },
    { key: 'to', title: 'For', width: 185, render: ({ to }) => whoWords(to) },
    { key: 'title', title: 'Task', render: ({ title }) => title },
    { key: 'due', title: 'Due', width: 185, render: ({ dueMinutes }) => dueWords(dueMinutes) },
    {
      key: 'enabled',
      title: 'On',
      width: 140,
      card: 'aside',
      render: (rule) => (
        <span className="task-acts">
          <Switch
            checked={rule.enabled}
            disabled={!mayChange || busy}
            aria-label={`${rule.label} is on`}
            onChange={(enabled) =>
              void save(data.rules.map((one) => (one.key === rule.key ? { ...one, enabled } : one)))
            }
          />
          {mayChange && (
            <Button size="small" onClick={() => setEdited(rule)}>
              Change
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <Page
      wide
      title="Tasks by rule"
      note={<Link to="/tasks">All tasks</Link>}
      actions={
        mayChange && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
            New rule
          </Button>
        )
      }
    >
      <Records<TaskRule & { id?: string }>
        label="Rules"
        columns={columns}
        items={data.rules}
        keyOf={({ key }) => key}
        empty={
          <Nothing
            title="No rules"
            hint="A rule gives a task when something happens: a lead is handed over, a demo is over."
          />
        }
      />
      {edited && (
        <RuleDialog
          rule={edited === 'new' ? undefined : edited}
          rules={data.rules}
          version={data.version}
          fields={data.fields}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Page>
  );
}
