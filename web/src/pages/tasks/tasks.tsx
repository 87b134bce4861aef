/** Tasks by named view and search. What is chosen stands in the address. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Task } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { FilterSearch } from '../../shared/filter-search.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Page } from '../../shared/page.tsx';
import { type Column, Records } from '../../shared/records.tsx';
import { useCursorList } from '../../shared/use-cursor-list.ts';
import { ViewTabs } from '../../shared/view-tabs.tsx';
import { TaskActs } from './task-acts.tsx';
import { TaskDue, TaskStatus } from './task-bits.tsx';
import '../../styles/leads.css';
import '../../styles/tasks.css';

const NewTask = lazy(() => import('./task-form.tsx'));

const names = [
  ['mine', 'Mine'],
  ['overdue', 'Overdue'],
  ['given', 'Given by me'],
  ['watched', 'Watched'],
  ['closed', 'Closed'],
  ['all', 'All'],
] as const;

export default function Tasks() {
  const { may } = useSession();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [params, setParams] = useSearchParams();
  const { view = 'mine', search } = Object.fromEntries(params) as Record<string, string>;
  const views = useAsk('task.views', {}, { keep: true });
  const list = useCursorList<Task>('task', { view, ...(search && { search }) }, { pageSize: 50 });
  const choose = (change: Record<string, string | undefined>) => {
    const next = Object.entries({ ...Object.fromEntries(params), ...change }).filter(([, value]) => value);
    setParams(Object.fromEntries(next as [string, string][]), { replace: true });
  };
  const add = may('task.give') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      New task
    </Button>
  );
  const empty = emptyWords[view] ?? emptyWords.all!;
  return (
    <Page
      wide
      title="Tasks"
      actions={
        <>
          {may('plan.list') && <Button onClick={() => navigate('/tasks/plans')}>By plan</Button>}
          {may('task.rules') && <Button onClick={() => navigate('/tasks/rules')}>By rule</Button>}
          {may('reminder.list') && <Button onClick={() => navigate('/reminders')}>Reminders</Button>}
          {add}
        </>
      }
    >
      <ViewTabs
        items={views.data?.items}
        names={names}
        chosen={view}
        onChoose={(name) => choose({ view: name === 'mine' ? undefined : name })}
        alarm="overdue"
      />
      <div className="filters">
        <FilterSearch
          value={search}
          label="Search tasks"
          placeholder="Number or words"
          onChange={(value) => choose({ search: value })}
        />
      </div>
      <Records<Task>
        label="Tasks"
        columns={columns}
        items={list.items}
        total={list.total}
        error={list.error}
        retry={list.refetch}
        more={list.more}
        href={({ id }) => `/tasks/${id}`}
        empty={
          search ? (
            <Nothing title="No task has these words" hint="Others may stand in another view." />
          ) : (
            <Nothing
              title={empty.title}
              hint={empty.hint}
              action={view === 'mine' || view === 'given' || view === 'all' ? add : undefined}
            />
          )
        }
      />
      {adding && (
        <Suspense fallback={null}>
          <NewTask open onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}

const columns: Column<Task>[] = [
  {
    key: 'title',
    title: 'Task',
    card: 'title',
    render: (task) => (
      <span className="task-name">
        <span className="number">{task.number}</span>
        <strong>{task.title}</strong>
      </span>
    ),
  },
  { key: 'status', title: 'Status', width: 120, card: 'aside', render: (task) => <TaskStatus task={task} /> },
  { key: 'due', title: 'Due', width: 195, render: (task) => <TaskDue task={task} /> },
  {
    key: 'priority',
    title: 'Priority',
    width: 90,
    card: 'inline',
    render: (task) => (
      <span className="priority" data-priority={task.priority}>
        {task.priorityLabel}
      </span>
    ),
  },
  { key: 'assignee', title: 'For', width: 150, render: (task) => task.assignee.name },
  { key: 'initiator', title: 'From', width: 150, render: (task) => task.initiator.name },
  {
    key: 'acts',
    title: '',
    width: 190,
    card: 'line',
    render: (task) => <TaskActs task={task} size="small" />,
  },
];

const emptyWords: Record<string, { title: string; hint: string }> = {
  mine: {
    title: 'Nothing is waiting for you',
    hint: 'Tasks that colleagues give you, and those you note for yourself, stand here, the next one first.',
  },
  overdue: { title: 'Nothing is overdue', hint: 'That is how it should be: 0.' },
  given: {
    title: 'You have given nobody a task',
    hint: 'Give one to any colleague: you hear when it is begun, done or declined.',
  },
  watched: { title: 'You watch no task', hint: 'Whoever gives a task can name you as one who hears of it.' },
  closed: { title: 'Nothing closed yet', hint: 'What was done or declined stands here with its report.' },
  all: { title: 'No tasks yet', hint: 'Note one for yourself, or give one to a colleague.' },
};
