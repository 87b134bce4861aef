/** A plan's day: what has become due goes into the regular workflow, spread over the office's hours. */
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { fillIn } from '../../core/fill.ts';
import { nextOpening } from '../../core/office.ts';
import { addMinutes, dayOf } from '../../core/zone.ts';
import { setFollowUp } from '../activities/contract.ts';
import { findUsers, type UserView } from '../staff/contract.ts';
import { autoTask } from '../tasks/contract.ts';
import { type FollowUpPlan, previewPlan, runPlan } from './contract.ts';
import { type Asked, type Found, find } from './find.ts';
import { PlannedModel } from './model.ts';
import { firstRun, plansNow, setRun } from './settings.ts';

/** In one transaction; the rest follows at once. */
const atOnce = 25;
const pagesAtOnce = 10;
/** Between one person's follow-ups of a day, so that they do not all call for them in one minute. */
const everyMinutes = 10;
const nothing: Found = { items: [], more: false };
const previewed = { limit: 200, pages: 20 };

export const runPlanHandler = handles(runPlan, async (ctx, { key, cursor }) => {
  const plan = (await plansNow()).find((one) => one.key === key);
  if (!plan?.enabled) return { planned: 0 };
  const today = dayOf(ctx.now(), ctx.config.app.organisation.timezone);
  const given = await PlannedModel.countDocuments({ plan: key, at: { $gte: today.start } });
  const left = plan.perDay - given;
  const limit = Math.min(left, atOnce);
  const found = left > 0 ? await find(ctx, plan, { limit, pages: pagesAtOnce, cursor }) : nothing;
  const turns = new Map<string, number>();
  for (const one of found.items) await take(ctx, plan, one, turns);
  const goesOn = found.more && found.items.length < left;
  if (goesOn) await setRun(addMinutes(ctx.now(), 1), { key, ...(found.cursor && { cursor: found.cursor }) });
  else await setRun(firstRun(ctx), { key });
  return { planned: found.items.length };
});

/** An open lead's is its next follow-up; a closed one has none any more, so that a task speaks of it. */
async function take(
  ctx: Context,
  plan: FollowUpPlan,
  { lead, id }: Asked,
  turns: Map<string, number>,
): Promise<void> {
  const caller = (await peopleBy(ctx, { ids: [lead.assigneeId!] }))[0];
  const people = caller ? await whoseIs(ctx, plan, caller) : [];
  for (const { id: userId } of people) {
    const at = (await nextTurn(ctx, userId, turns)).toISOString();
    const note = words(ctx, plan, { lead, caller });
    if (plan.of === 'open') await ctx.run(setFollowUp, { leadId: lead.id, at, note });
    else
      await ctx.run(autoTask, {
        title: note.slice(0, 200),
        assigneeId: userId,
        by: plan.label,
        dueAt: at,
        leadId: lead.id,
        key: `plan:${id}:${userId}`.slice(0, 200),
      });
  }
  ctx.writes.insert(PlannedModel, {
    _id: id,
    plan: plan.key,
    userId: people[0]?.id ?? '',
    leadId: lead.id,
    at: ctx.now(),
  });
}

async function nextTurn(ctx: Context, userId: string, turns: Map<string, number>): Promise<Date> {
  const { organisation } = ctx.config.app;
  const { start } = dayOf(ctx.now(), organisation.timezone);
  const before = turns.get(userId) ?? (await PlannedModel.countDocuments({ userId, at: { $gte: start } }));
  turns.set(userId, before + 1);
  const opens = nextOpening(addMinutes(ctx.now(), 1), organisation);
  return nextOpening(addMinutes(opens, everyMinutes * (before + 1)), organisation);
}

const peopleBy = async (ctx: Context, which: { ids?: string[]; roles?: string[] }): Promise<UserView[]> =>
  (await ctx.once(`plans.people:${JSON.stringify(which)}`, () => ctx.ask(findUsers, which))).items;

async function whoseIs(ctx: Context, { of, to }: FollowUpPlan, caller: UserView): Promise<UserView[]> {
  if (of === 'open' || to === 'caller') return [caller];
  if (typeof to === 'object') return peopleBy(ctx, { ids: [to.userId] });
  const own = caller.managerId ? await peopleBy(ctx, { ids: [caller.managerId] }) : [];
  return own.length ? own : peopleBy(ctx, { roles: ['manager'] });
}

function words(
  ctx: Context,
  { note }: FollowUpPlan,
  { lead, caller }: Pick<Asked, 'lead'> & { caller?: UserView | undefined },
): string {
  return fillIn(note, {
    brand: ctx.config.app.organisation.name,
    name: lead.name,
    lead: `#${lead.number}`,
    product: lead.product,
    source: lead.source,
    // Only what a text is veiled by for those who may not see it.
    phone: lead.phone && /^\+\d{8,15}$/.test(lead.phone) ? lead.phone : lead.email,
    caller: caller?.name,
  });
}

export const previewPlanHandler = handles(previewPlan, async (ctx, { plan }) => {
  const { items, more } = await find(ctx, plan, previewed);
  const shown = items.slice(0, 10);
  const { items: callers } = await ctx
    .asSystem('plans')
    .ask(findUsers, { ids: [...new Set(shown.map(({ lead }) => lead.assigneeId!))], activeOnly: false });
  return {
    items: shown.map(({ lead, dueAt }) => ({
      leadId: lead.id,
      number: lead.number,
      name: lead.name,
      dueAt: dueAt.toISOString(),
      note: words(ctx, plan, { lead, caller: callers.find(({ id }) => id === lead.assigneeId) }),
    })),
    total: items.length,
    more,
  };
});
