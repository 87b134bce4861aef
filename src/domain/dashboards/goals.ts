import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { invalid } from '../../core/validate.ts';
import { listReports } from '../reports/contract.ts';
import { findUsers, listUsers } from '../staff/contract.ts';
import { goalSet, listGoals, setGoal } from './contract.ts';
import { figure } from './dashboard.ts';
import { type GoalDocument, GoalModel, goalId } from './model.ts';

export const listGoalsHandler = handles(listGoals, async (ctx) => {
  // Of those whose leads one sees, and the organisation's where one sees all.
  const { items: known } = ctx.can('read', 'User')
    ? await ctx.ask(listUsers, {})
    : { items: [{ id: ctx.actor.id }] };
  const everything = ctx.can('read', 'Lead', { assigneeId: null, teamIds: [] });
  const mine = ctx.can('assign', 'Lead') ? known.map(({ id }) => id) : [ctx.actor.id];
  const goals = await GoalModel.find(everything ? {} : { userId: { $in: mine } })
    .sort({ _id: 1 })
    .limit(200)
    .lean();
  const { measures } = await ctx.ask(listReports, {});
  const { items: users } = await ctx.asSystem('dashboards').ask(findUsers, { activeOnly: false });
  const items = await Promise.all(
    goals.map(async ({ measure, period, target, userId }) => ({
      measure,
      period,
      target,
      ...(userId && { userId, userName: users.find(({ id }) => id === userId)?.name ?? 'Somebody who left' }),
      label: measures.find(({ name }) => name === measure)?.label ?? measure,
      money: measures.some(({ name, money }) => name === measure && money),
      currency: ctx.config.app.organisation.currency,
      actual: await figure(ctx, {
        measures: [measure],
        by: [],
        period,
        filters: userId ? { caller: [userId] } : {},
        chart: 'none',
        list: false,
      }),
    })),
  );
  return { items, currency: ctx.config.app.organisation.currency };
});

export const setGoalHandler = handles(setGoal, async (ctx, goal) => {
  const { measures } = await ctx.ask(listReports, {});
  if (!measures.some(({ name }) => name === goal.measure))
    throw invalid('measure', `${goal.measure} cannot be counted`);
  if (goal.userId) {
    const { items } = await ctx.asSystem('dashboards').ask(findUsers, { ids: [goal.userId] });
    if (!items.length) throw new AppError('record.not_found', { kind: 'user', id: goal.userId });
  }
  const _id = goalId(goal);
  const before = await GoalModel.findById(_id).lean();
  if (goal.target)
    await GoalModel.updateOne({ _id }, { $set: goal as Omit<GoalDocument, '_id'> }, { upsert: true });
  else await GoalModel.deleteOne({ _id });
  ctx.emit(goalSet, goal, { kind: 'Report', id: _id });
  ctx.audit({
    kind: 'Report',
    id: _id,
    before: before?.target ?? 0,
    after: goal.target,
    text: `set the goal for ${goal.measure}`,
    undo: { command: setGoal.name, input: { ...goal, target: before?.target ?? 0 } },
  });
  return { ok: true } as const;
});
