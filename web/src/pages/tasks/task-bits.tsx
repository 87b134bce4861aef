/** How a task's facts look wherever they are shown. */
import type { Task } from '../../api/operations.ts';
import { Dash } from '../../shared/lead-bits.tsx';
import { When } from '../../shared/when.tsx';

export const TaskStatus = ({ task }: { task: Pick<Task, 'status' | 'statusLabel'> }) => (
  <span className="status" data-status={task.status}>
    {task.statusLabel}
  </span>
);

/** Red when it has passed. */
export const TaskDue = ({ task }: { task: Pick<Task, 'dueAt' | 'overdue' | 'repeats'> }) =>
  task.dueAt ? (
    <span className={task.overdue ? 'late' : undefined}>
      <When at={task.dueAt} />
      {task.repeats && (
        <span className="task-repeats" title={`Comes ${task.repeats}`}>
          {' '}
          ↻
        </span>
      )}
    </span>
  ) : (
    <Dash />
  );

export const repeatOptions = [
  { value: 'daily', label: 'Every day' },
  { value: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', label: 'Every weekday, Monday to Friday' },
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly', label: 'Every month' },
  { value: 'yearly', label: 'Every year' },
];
