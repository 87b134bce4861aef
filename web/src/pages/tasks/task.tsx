/** One task: what it is, how it stands, what was said and done on it. */
import { Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import type { Output } from '../../api/operations.ts';
import { useAsk } from '../../api/use-ask.ts';
import { Facts } from '../../shared/facts.tsx';
import { Failure } from '../../shared/failure.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { When } from '../../shared/when.tsx';
import { TaskActs } from './task-acts.tsx';
import { TaskDue, TaskStatus } from './task-bits.tsx';
import '../../styles/tasks.css';

export default function TaskPage() {
  const { taskId = '' } = useParams();
  const { data: task, error, refetch } = useAsk('task.get', { taskId }, { keep: true });
  if (error && !task) return <Failure error={error} retry={() => void refetch()} />;
  if (!task) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <Page
      name={`${task.number} ${task.title}`}
      title={
        <span className="task-title">
          <span className="number">{task.number}</span> {task.title}
        </span>
      }
      note={<Link to="/tasks">All tasks</Link>}
      actions={<TaskActs task={task} />}
    >
      <Panel id="about" title={<TaskStatus task={task} />}>
        {task.note && <p className="task-note">{task.note}</p>}
        <Facts
          facts={[
            ['For', task.assignee.name],
            ['From', task.initiator.name],
            ['Due', task.dueAt ? <TaskDue key="due" task={task} /> : undefined],
            ['Comes again', task.repeats],
            ['Priority', task.priorityLabel],
            [
              'About',
              task.about?.link ? (
                <Link key="about" to={task.about.link}>
                  {task.about.label}
                </Link>
              ) : (
                task.about?.label
              ),
            ],
            ['Watched by', task.watchers.map(({ name }) => name).join(', ')],
            ['Report', task.report],
          ]}
        />
      </Panel>
      <Panel id="log" title="What was said and done" count={task.entries.length}>
        <ol className="task-log">
          {task.entries.toReversed().map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      </Panel>
    </Page>
  );
}

const Entry = ({ entry }: { entry: Output<'task.get'>['entries'][number] }) => (
  <li data-kind={entry.kind}>
    <div className="task-log-head">
      <strong>{entry.title}</strong>
      <span>
        {entry.by}, <When at={entry.at} />
      </span>
    </div>
    {entry.text && <p>{entry.text}</p>}
  </li>
);
