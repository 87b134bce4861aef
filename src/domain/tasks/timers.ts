/** When a task is told of before and at its due time, and when the next of its series is given. */
import type { Context } from '../../core/context.ts';
import { cancelTimers, setTimer } from '../../core/timers.ts';
import { addMinutes } from '../../core/zone.ts';
import { repeatTask, tellTask } from './contract.ts';
import type { TaskDocument } from './model.ts';

const duePrefix = (id: string): string => `task:${id}:due:`;
const nextKey = (id: string): string => `task:${id}:next`;

/** Moves them all; what lies behind is left out. A closed task is silent, its series goes on. */
export async function schedule(
  ctx: Context,
  { _id: taskId, dueAt, remind, active, repeat }: TaskDocument,
): Promise<void> {
  await cancelTimers(`task:${taskId}:`);
  if (!dueAt) return;
  for (const minutes of active ? new Set(remind) : []) {
    const at = addMinutes(dueAt, -minutes);
    if (at > ctx.now())
      await setTimer({
        key: `${duePrefix(taskId)}${minutes}`,
        dueAt: at,
        command: tellTask.name,
        input: { taskId, minutes },
      });
  }
  if (repeat) await setTimer({ key: nextKey(taskId), dueAt, command: repeatTask.name, input: { taskId } });
}
