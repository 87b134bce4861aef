/** Which follow-ups come by themselves: by criteria, once or again and again. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Skeleton, Switch } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { moment } from '../../shared/time.ts';
import { useAct } from '../../shared/use-act.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { type Plan, whenWords, whichWords, whoseWords } from './words.ts';
import '../../styles/tasks.css';

export default function Plans() {
  const { may } = useSession();
  const { data, error, refetch } = useAsk('plan.list', {}, { keep: true });
  const { act, busy } = useAct('plan.save', 'Saved.');
  const [edited, setEdited] = useState<Plan | 'new'>();
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} />;
  const mayChange = may('plan.save');
  const switched = (plan: Plan, enabled: boolean) =>
    act({
      plans: data.plans.map((one) => (one.key === plan.key ? { ...one, enabled } : one)),
      expected: data.version,
    });
  const columns: Column<Plan>[] = [
    { key: 'label', title: 'Plan', card: 'title', render: ({ label }) => <strong>{label}</strong> },
    {
      key: 'which',
      title: 'For',
      width: '15%',
      render: (plan) => <span className="wrap">{whichWords(plan)}</span>,
    },
    {
      key: 'when',
      title: 'When',
      width: '21%',
      render: (plan) => <span className="wrap">{whenWords(plan)}</span>,
    },
    {
      key: 'note',
      title: 'What',
      render: (plan) => (
        <span className="wrap">
          {plan.of === 'open' ? plan.note : `${plan.note} (${whoseWords(plan.to).toLowerCase()})`}
        </span>
      ),
    },
    {
      key: 'next',
      title: 'Goes on',
      width: '12%',
      render: ({ nextAt, done }) =>
        [nextAt && moment(nextAt), done ? `${done} so far` : undefined].filter(Boolean).join(', ') || '–',
    },
    {
      key: 'enabled',
      title: 'On',
      width: 170,
      card: 'aside',
      render: (plan) => (
        <span className="task-acts">
          <Switch
            checked={plan.enabled}
            disabled={!mayChange || busy}
            aria-label={`${plan.label} is on`}
            onChange={(enabled) => void switched(plan, enabled)}
          />
          {mayChange && (
            <Button size="small" onClick={() => setEdited(plan)}>
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
      title="Follow-ups by plan"
      note={<Link to="/tasks">All tasks</Link>}
      actions={
        mayChange && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
            New plan
          </Button>
        )
      }
    >
      <Records<Plan & { id?: string }>
        label="Plans"
        columns={columns}
        items={data.plans}
        keyOf={({ key }) => key}
        empty={
          <Nothing
            title="No plans"
            hint="A plan looks after those nobody thinks of: leads that went quiet, regular customers, contracts that end."
          />
        }
      />
      {edited && (
        <PlanDialog
          plan={edited === 'new' ? undefined : edited}
          plans={data.plans}
          version={data.version}
          fields={data.fields}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Page>
  );
}
