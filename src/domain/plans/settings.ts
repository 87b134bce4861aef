/** The plans as they stand, and each one's daily timer. */
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { nextOpening } from '../../core/office.ts';
import { cancelTimers, setTimer, TimerModel } from '../../core/timers.ts';
import { invalid } from '../../core/validate.ts';
import { addDays, dayOf } from '../../core/zone.ts';
import { findUsers } from '../staff/contract.ts';
import { type FollowUpPlan, listPlans, planFields, runPlan, savePlans } from './contract.ts';
import { PlannedModel, PlansModel } from './model.ts';

/** Shipped switched off: an organisation turns on what it wants. */
export const shippedPlans: FollowUpPlan[] = [
  {
    key: 'silent',
    label: 'Leads that went quiet',
    enabled: false,
    of: 'open',
    when: {},
    from: 'lastActivity',
    after: { count: 14, unit: 'days' },
    daysAhead: 0,
    repeats: false,
    note: 'Ask {name} how it stands with {product}',
    to: 'caller',
    perDay: 20,
  },
  {
    key: 'regular',
    label: 'Regular customers',
    enabled: false,
    of: 'won',
    when: {},
    from: 'lastActivity',
    after: { count: 3, unit: 'months' },
    daysAhead: 0,
    repeats: true,
    note: 'Ask {name} ({lead}) whether {product} serves them, and what they need next',
    to: 'caller',
    perDay: 20,
  },
  {
    key: 'renewal',
    label: 'Annual contracts',
    enabled: false,
    of: 'won',
    when: {},
    from: 'closed',
    after: { count: 1, unit: 'years' },
    daysAhead: 30,
    repeats: true,
    note: 'Speak with {name} ({lead}) of the renewal of {product}',
    to: 'caller',
    perDay: 20,
  },
];

const newest = () => PlansModel.findOne().sort({ version: -1 }).lean();

export const plansNow = async (): Promise<FollowUpPlan[]> => (await newest())?.plans ?? shippedPlans;

/** What the keys of its timers begin with. */
const timersOf = (key: string): string => `plan:${key}:`;

export const setRun = (dueAt: Date, input: { key: string; cursor?: string }): Promise<void> =>
  setTimer({ key: `${timersOf(input.key)}${dueAt.toISOString()}`, dueAt, command: runPlan.name, input });

export const listPlansHandler = handles(listPlans, async () => {
  const last = await newest();
  const plans = last?.plans ?? shippedPlans;
  return {
    plans: await Promise.all(
      plans.map(async (plan) => {
        const { key } = plan;
        const next = await TimerModel.findOne({
          _id: { $gte: timersOf(key), $lt: `${timersOf(key)}\uffff` },
        }).lean();
        return {
          ...plan,
          ...(next && { nextAt: next.dueAt.toISOString() }),
          done: await PlannedModel.countDocuments({ plan: key }),
        };
      }),
    ),
    version: last?.version ?? 0,
    fields: [...planFields],
    ...(last && { changedBy: last.by }),
  };
});

export const savePlansHandler = handles(savePlans, async (ctx, { plans, expected }) => {
  await check(ctx, plans);
  const last = await newest();
  const version = (last?.version ?? 0) + 1;
  if (expected !== undefined && expected !== version - 1)
    throw new AppError('record.conflict', { kind: 'list of follow-up plans' });
  ctx.writes.insert(PlansModel, { _id: ctx.id(), version, plans, by: ctx.actor.name, at: ctx.now() });
  const before = last?.plans ?? shippedPlans;
  for (const { key } of before) await cancelTimers(timersOf(key));
  for (const { key, enabled } of plans) if (enabled) await setRun(firstRun(ctx), { key });
  ctx.audit({
    kind: 'Setting',
    id: 'followup-plans',
    before,
    after: plans,
    text: 'changed which follow-ups come by themselves',
    undo: { command: savePlans.name, input: { plans: before } },
  });
  return { version };
});

/** When the office opens next; while it is open, the day after: nobody's running day is filled up. */
export const firstRun = (ctx: Context): Date => {
  const { organisation } = ctx.config.app;
  const tomorrow = addDays(dayOf(ctx.now(), organisation.timezone).start, 1, organisation.timezone);
  return nextOpening(tomorrow, organisation);
};

/** Every plan can be followed and speaks only of what there is. */
async function check(ctx: Context, plans: FollowUpPlan[]): Promise<void> {
  const keys = plans.map(({ key }) => key);
  for (const [at, { key, of, from, note, to }] of plans.entries()) {
    if (keys.indexOf(key) < at) throw invalid(`plans.${at}.key`, `there is another plan ${key}`);
    if (of === 'open' && from === 'closed')
      throw invalid(`plans.${at}.from`, 'cannot be counted for leads that are still open');
    const wrong = [...note.matchAll(/\{([^{}]*)\}/g)].find(([, name]) => !planFields.includes(name as never));
    if (wrong)
      throw new AppError('notification.unknown_field', {
        field: wrong[0],
        fields: planFields.map((name) => `{${name}}`).join(' '),
      });
    if (typeof to !== 'object') continue;
    const { items } = await ctx.asSystem('plans').ask(findUsers, { ids: [to.userId] });
    if (!items.length) throw new AppError('record.not_found', { kind: 'colleague', id: to.userId });
  }
}
