/** The workflow of a task: who may do what when. Pure. */
import type { Actor } from '../../core/actor.ts';
import type { StateMachine } from '../../core/state-machine.ts';
import type { TaskPriority, TaskStatus, TaskView } from './contract.ts';
import type { TaskDocument } from './model.ts';

export const workflow: StateMachine<TaskStatus> = {
  name: 'task',
  initial: 'open',
  states: {
    open: { label: 'Open', to: ['in-progress', 'done', 'declined', 'cancelled'] },
    'in-progress': { label: 'In progress', to: ['done', 'declined', 'cancelled', 'open'] },
    done: { label: 'Done', to: ['open'], final: true },
    declined: { label: 'Declined', to: ['open'], final: true },
    cancelled: { label: 'Taken back', to: ['open'], final: true },
  },
};
export const statusLabel = (status: TaskStatus): string => workflow.states[status].label;
export const isActive = (status: TaskStatus): boolean => !workflow.states[status].final;

export const priorityLabels: Record<TaskPriority, string> = {
  urgent: 'Urgent',
  high: 'High',
  normal: 'Normal',
  low: 'Low',
};
export const rankOf = (priority: TaskPriority): number => Object.keys(priorityLabels).indexOf(priority) + 1;

type Act = TaskView['may'][number];
type Task = Pick<TaskDocument, 'status' | 'assigneeId' | 'initiatorId' | 'watcherIds'>;

/**
 * Whoever has it begins, reports, declines; whoever gave it changes it, takes it back, gives it back. Who watches only
 * speaks. Superiors of either (they reach it, yet are no party) stand in for whoever gave it; a rule's task, which nobody
 * gave, is changed by whoever has it.
 */
export function mayDo(task: Task, actor: Actor): Act[] {
  const isOpen = isActive(task.status);
  const isAssignee = actor.id === task.assigneeId;
  const isWatcher = !isAssignee && actor.id !== task.initiatorId && task.watcherIds.includes(actor.id);
  const stands = actor.kind === 'system' || (!isAssignee && !isWatcher);
  const isGiver = actor.id === task.initiatorId || stands || (isAssignee && !task.initiatorId);
  const acts: [Act, boolean][] = [
    ['start', task.status === 'open' && (isAssignee || actor.kind === 'system')],
    ['finish', isOpen && (isAssignee || isGiver)],
    ['decline', isOpen && isAssignee && task.initiatorId !== actor.id],
    ['reopen', !isOpen && (isGiver || isAssignee)],
    ['cancel', isOpen && isGiver],
    ['update', isOpen && isGiver],
    ['comment', true],
  ];
  return acts.filter(([, allowed]) => allowed).map(([act]) => act);
}

/** Whoever was given it by somebody else says what came of it. */
export const needsReport = ({ assigneeId, initiatorId }: Task, actor: Actor): boolean =>
  actor.id === assigneeId && initiatorId !== undefined && initiatorId !== assigneeId;

export const partiesOf = ({ assigneeId, initiatorId, watcherIds }: Omit<Task, 'status'>): string[] => [
  ...new Set([assigneeId, ...(initiatorId ? [initiatorId] : []), ...watcherIds]),
];

/** Words a task is found by. */
export const searchWords = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.slice(0, 40) ?? [],
  ),
];

/** `T12`, `t-12`, `#12`, `12` → 12 */
export function numberIn(said: string): number | undefined {
  const match = /^(?:t-?|#)?(\d{1,9})$/i.exec(said.trim());
  return match ? Number(match[1]) : undefined;
}
