/** What was said and done on a task, written in the act's own transaction. */
import type { Context } from '../../core/context.ts';
import { type TaskEntryDocument, TaskEntryModel } from './model.ts';

export function log(
  ctx: Context,
  taskId: string,
  entry: Pick<TaskEntryDocument, 'kind' | 'title'> & { text?: string; by?: string },
): void {
  ctx.writes.insert(TaskEntryModel, { _id: ctx.id(), taskId, at: ctx.now(), by: ctx.actor.name, ...entry });
}
