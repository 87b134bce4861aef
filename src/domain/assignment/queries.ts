/** What the settings come to: who takes leads now, and who would get this one. */
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { findUsers, upNext } from '../staff/contract.ts';
import { loadsOf, momentOf } from './choose.ts';
import { assignmentPeople, tryAssignment } from './contract.ts';
import { free, type Group, groupsFor, holds, inTurn, taker } from './rules.ts';
import { settingsNow } from './settings.ts';

export const assignmentPeopleHandler = handles(assignmentPeople, async (ctx) => {
  const settings = await settingsNow(ctx);
  const { items: people } = await ctx.asSystem('assignment').ask(findUsers, {});
  const moment = momentOf(ctx, await loadsOf(ctx));
  const { roles, users, teams } = reached(settings.rules.map(({ to }) => to));
  const takes = people.filter(
    ({ id, role, teamIds }) =>
      settings.roles.includes(role) ||
      roles.has(role) ||
      users.has(id) ||
      teamIds.some((team) => teams.has(team)) ||
      id in settings.people,
  );
  return {
    items: takes
      .map((user) => {
        const { id, name, role, absent } = user;
        const held = holds(user, settings, moment);
        const { today = 0, lastDay = 0 } = moment.loads.get(id) ?? {};
        return { id, name, role, absent, today, lastDay, ...(held && { held }) };
      })
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)),
  };
});

const reached = (to: { roles: string[]; users: string[]; teams: string[] }[]) => ({
  roles: new Set(to.flatMap(({ roles }) => roles)),
  users: new Set(to.flatMap(({ users }) => users)),
  teams: new Set(to.flatMap(({ teams }) => teams)),
});

export const tryAssignmentHandler = handles(tryAssignment, async (ctx, { at, settings: given, ...facts }) => {
  const settings = given ?? (await settingsNow(ctx));
  const { items: people } = await ctx.asSystem('assignment').ask(findUsers, {});
  const moment = momentOf(ctx, await loadsOf(ctx), at ? new Date(at) : undefined);
  const groups = groupsFor(people, settings, facts, moment);
  const taken = taker(groups);
  const gone = taken ? groups.slice(0, groups.indexOf(taken) + 1) : groups;
  const steps = gone.map((group) => ({
    label: group.label,
    taken: group === taken,
    why: said(group),
    members: group.misfits.length
      ? []
      : group.members.map(({ user: { name }, held }) => ({ name, ...(held && { held }) })),
  }));
  if (!taken) return { why: 'Nobody may take it now: it waits for a manager.', steps };
  const among = inTurn(free(taken), settings, moment);
  const user = await next(ctx, among);
  return { user, why: because(taken, user.name, among.length), steps };
});

/** Whose turn it is of these; where all have left meanwhile, the first of them. */
async function next(ctx: Context, among: { id: string; name: string }[]) {
  const { user } = await ctx
    .asSystem('assignment')
    .ask(upNext, { among: among.map(({ id }) => id), queue: 'leads' });
  const { id, name } = user ?? among[0]!;
  return { id, name };
}

function said({ misfits, members }: Group): string {
  if (misfits.length) return `Does not fit: ${misfits.join('; ')}.`;
  if (!members.length) return 'Fits, but nobody is in it.';
  const able = members.filter(({ held }) => !held).length;
  return able ? `Fits, ${able} of ${members.length} can take it.` : 'Fits, but nobody of it can take it now.';
}

function because(group: Group, name: string, among: number): string {
  const whose = group.rule === undefined ? 'No rule takes it' : `The rule “${group.label}” takes it`;
  const able = free(group).length;
  if (able === 1) return `${whose}; ${name} is the only one free.`;
  if (among === 1) return `${whose}; ${name} got least in the last 24 hours.`;
  const equal = among < able ? `, of the ${among} who got least in the last 24 hours` : '';
  return `${whose}; it is the turn of ${name}${equal}.`;
}
