import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { all } from '../../core/filter.ts';
import { repeatWords } from '../../core/recurrence.ts';
import type { Action } from '../../core/rights.ts';
import { findUsers } from '../staff/contract.ts';
import type { ReminderView } from './contract.ts';
import { type ReminderDocument, ReminderModel } from './model.ts';

/** @throws record.not_found for what the actor may not reach, too */
export async function reach(ctx: Context, action: Action, reminderId: string): Promise<ReminderDocument> {
  const found = await ReminderModel.findOne(all([{ _id: reminderId }, ctx.scope(action, 'Reminder')])).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'reminder', id: reminderId });
  return found;
}

export async function viewsOf(ctx: Context, reminders: ReminderDocument[]): Promise<ReminderView[]> {
  const ids = [...new Set(reminders.flatMap(({ partyIds }) => partyIds))];
  const { items } = ids.length
    ? await ctx.asSystem('reminders').ask(findUsers, { ids, activeOnly: false })
    : { items: [] };
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return reminders.map((one) => ({
    id: one._id,
    text: one.text,
    fires: one.fires,
    for: one.forIds.map((id) => ({ id, name: names.get(id) ?? 'Somebody' })),
    by: { id: one.byId, name: names.get(one.byId) ?? one.byName },
    told: one.told,
    mine: one.byId === ctx.actor.id,
    ...(one.nextAt && { nextAt: one.nextAt.toISOString() }),
    ...(one.repeat && { repeats: repeatWords(one.repeat), repeatRule: one.repeat.rule }),
    ...(one.leadId && { leadId: one.leadId }),
  }));
}
export const viewOf = async (ctx: Context, one: ReminderDocument): Promise<ReminderView> =>
  (await viewsOf(ctx, [one]))[0]!;
