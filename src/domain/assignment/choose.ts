import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { dayOf, isoDateOf, isoTimeOf } from '../../core/zone.ts';
import { findUsers, nextAssignee, type UserView } from '../staff/contract.ts';
import { chooseAssignee } from './contract.ts';
import { AllocationModel } from './model.ts';
import { candidates, type Load, type Moment } from './rules.ts';
import { newest, settingsNow } from './settings.ts';

/**
 * Two at once conflict on the chosen colleague's own record, and one of them chooses anew with the other's counted: no
 * limit is passed.
 */
export const chooseAssigneeHandler = handles(
  chooseAssignee,
  async (ctx, { leadId, among: circle, ...facts }) => {
    // As shipped there is nothing to weigh: one round trip rather than three.
    if (!circle && !(await newest(ctx))) return ctx.run(nextAssignee, {});
    const settings = await settingsNow(ctx);
    const people = within((await ctx.ask(findUsers, {})).items, circle);
    const limited = settings.perDay > 0 || Object.keys(settings.people).length > 0;
    const loads = limited || settings.by === 'load' ? await loadsOf(ctx) : new Map<string, Load>();
    const among = candidates(people, settings, facts, momentOf(ctx, loads)).map(({ id }) => id);
    if (!among.length) return {};
    const chosen = await ctx.run(nextAssignee, { among });
    if (chosen.user) await allocated(ctx, leadId, chosen.user.id);
    return chosen;
  },
  { apart: true },
);

export const within = (people: UserView[], circle: string[] | undefined): UserView[] =>
  circle ? people.filter(({ id }) => circle.includes(id)) : people;

export function momentOf(ctx: Context, loads: Map<string, Load>, at = ctx.now()): Moment {
  const zone = ctx.config.app.organisation.timezone;
  return { day: isoDateOf(at, zone), time: isoTimeOf(at, zone), loads };
}

export async function loadsOf(ctx: Context): Promise<Map<string, Load>> {
  const now = ctx.now();
  const midnight = dayOf(now, ctx.config.app.organisation.timezone).start;
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const rows = await AllocationModel.aggregate<Load & { _id: string }>([
    { $match: { at: { $gte: midnight < dayAgo ? midnight : dayAgo } } },
    {
      $group: {
        _id: '$userId',
        today: { $sum: { $cond: [{ $gte: ['$at', midnight] }, 1, 0] } },
        lastDay: { $sum: { $cond: [{ $gt: ['$at', dayAgo] }, 1, 0] } },
      },
    },
  ]);
  return new Map(rows.map(({ _id, ...load }) => [_id, load]));
}

export const allocated = (ctx: Context, leadId: string, userId: string) =>
  AllocationModel.updateOne(
    { _id: `${leadId}:${userId}` },
    { $setOnInsert: { userId, at: ctx.now() } },
    { upsert: true },
  );
