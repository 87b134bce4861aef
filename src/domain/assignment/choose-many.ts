import { handles } from '../../core/define.ts';
import { findUsers, readTurns, takeTurns } from '../staff/contract.ts';
import { loadsOf, momentOf, within } from './choose.ts';
import { chooseAssignees } from './contract.ts';
import { AllocationModel } from './model.ts';
import { candidates } from './rules.ts';
import { newest, settingsNow } from './settings.ts';

/** What `assignment.choose` does for one, for a whole batch: people, turns and loads are read once and counted along. */
export const chooseAssigneesHandler = handles(
  chooseAssignees,
  async (ctx, { leads }) => {
    const isShipped = !(await newest(ctx));
    const settings = await settingsNow(ctx);
    const { items: people } = await ctx.ask(findUsers, {});
    const { turns } = await ctx.ask(readTurns, {});
    // Without limits there is nothing to weigh, and as shipped nothing to remember of who got how many.
    const { perDay, people: own, by } = settings;
    const isWeighed = perDay > 0 || Object.keys(own).length > 0 || by === 'load';
    const moment = momentOf(ctx, isWeighed ? await loadsOf(ctx) : new Map());
    const moved: Record<string, string> = {};
    const users = leads.map(({ leadId, among, ...facts }) => {
      const [user] = candidates(within(people, among), settings, facts, moment).sort((a, b) => {
        const [left, right] = [turns[a.id] ?? '', turns[b.id] ?? ''];
        return left === right ? (a.id < b.id ? -1 : 1) : left < right ? -1 : 1;
      });
      if (!user) return undefined;
      turns[user.id] = moved[user.id] = ctx.id();
      const load = moment.loads.get(user.id) ?? { today: 0, lastDay: 0 };
      moment.loads.set(user.id, { today: load.today + 1, lastDay: load.lastDay + 1 });
      if (!isShipped)
        ctx.writes.insert(AllocationModel, { _id: `${leadId}:${user.id}`, userId: user.id, at: ctx.now() });
      return user;
    });
    await ctx.run(takeTurns, { turns: moved });
    return { users };
  },
  { apart: true },
);
