/** A few tasks where one works anyway: on a lead, on My day. Done in place. */
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { Input, Task } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { useSession } from '../../session/session.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/page.tsx';
import { TaskActs } from './task-acts.tsx';
import { TaskDue } from './task-bits.tsx';
import '../../styles/tasks.css';

const NewTask = lazy(() => import('./task-form.tsx'));

type Props = {
  id: string;
  title: string;
  input: Input<'task.list'>;
  /** What a new one is about. */
  fixed?: Partial<Input<'task.give'>>;
  empty: string;
};

export function TaskPanel({ id, title, input, fixed, empty }: Props) {
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  const { data } = useAsk('task.list', { limit: 10, ...input }, { keep: true, enabled: may('task.list') });
  if (!may('task.list')) return null;
  const open = data?.items.filter(({ closedAt }) => !closedAt) ?? [];
  const late = open.some(({ overdue }) => overdue);
  return (
    <Panel
      id={id}
      title={title}
      count={open.length}
      tone={late ? 'missed' : undefined}
      actions={
        may('task.give') && (
          <Button size="small" onClick={() => setAdding(true)}>
            New
          </Button>
        )
      }
    >
      {open.length ? (
        <ul className="task-list">
          {open.map((task) => (
            <Row key={task.id} task={task} />
          ))}
        </ul>
      ) : (
        <Nothing title={empty} />
      )}
      {data && data.total > data.items.length && (
        <p className="task-more">
          <Link to="/tasks">All {data.total} tasks</Link>
        </p>
      )}
      {adding && (
        <Suspense fallback={null}>
          <NewTask open onClose={() => setAdding(false)} fixed={fixed} />
        </Suspense>
      )}
    </Panel>
  );
}

const Row = ({ task }: { task: Task }) => (
  <li>
    <div className="task-line">
      <Link to={`/tasks/${task.id}`}>{task.title}</Link>
      <span>
        {task.dueAt && <TaskDue task={task} />}
        {task.initiator.id !== task.assignee.id && ` from ${task.initiator.name}`}
      </span>
    </div>
    <TaskActs task={task} size="small" />
  </li>
);
