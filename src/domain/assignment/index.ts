import type { Context } from '../../core/context.ts';
import { defineModule, handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { invalid } from '../../core/validate.ts';
import { findRoles, findUsers, listTeams } from '../staff/contract.ts';
import { chooseAssigneeHandler } from './choose.ts';
import { chooseAssigneesHandler } from './choose-many.ts';
import { type AssignmentSettings, getAssignment, saveAssignment } from './contract.ts';
import { SettingsVersionModel } from './model.ts';
import { assignmentPeopleHandler, tryAssignmentHandler } from './queries.ts';
import { newest, settingsNow } from './settings.ts';
import { assignmentSubscribers, tellUnattendedHandler } from './unattended.ts';

const getAssignmentHandler = handles(getAssignment, async (ctx) => {
  const last = await newest(ctx);
  return { ...(await settingsNow(ctx)), version: last?.version ?? 0, ...(last && { changedBy: last.by }) };
});

const saveAssignmentHandler = handles(saveAssignment, async (ctx, { expected, ...settings }) => {
  await check(ctx, settings);
  const last = await newest(ctx);
  const before = await settingsNow(ctx);
  const version = (last?.version ?? 0) + 1;
  if (expected !== undefined && expected !== version - 1)
    throw new AppError('record.conflict', { kind: 'assignment', by: last?.by, version: version - 1 });
  try {
    await SettingsVersionModel.create([
      { _id: ctx.id(), version, settings, by: ctx.actor.name, at: ctx.now() },
    ]);
  } catch (error) {
    if ((error as { code?: number }).code === 11000)
      throw new AppError('record.conflict', { kind: 'assignment' });
    throw error;
  }
  ctx.audit({
    kind: 'Setting',
    id: 'assignment',
    before,
    after: settings,
    text: 'changed who gets new leads',
    undo: { command: saveAssignment.name, input: { ...before } },
  });
  return { ...settings, version, changedBy: ctx.actor.name };
});

/** Every rule can be followed: each names somebody, and only those whom there are. */
async function check(ctx: Context, { rules, roles, people }: AssignmentSettings): Promise<void> {
  const system = ctx.asSystem('assignment');
  const { items } = await system.ask(findRoles, {});
  const users = (await system.ask(findUsers, { activeOnly: false })).items.map(({ id }) => id);
  const teams = (await system.ask(listTeams, {})).items.map(({ id }) => id);
  const keys = items.map(({ key }) => key);
  const refuse = (path: string, message: string): never => {
    throw invalid(path, message);
  };
  for (const role of roles) if (!keys.includes(role)) refuse('roles', `there is no role ${role}`);
  for (const id of Object.keys(people))
    if (!users.includes(id)) refuse('people', `there is no colleague ${id}`);
  for (const [at, { when, to }] of rules.entries()) {
    const path = `rules.${at}`;
    if (!Object.values(when).some(Boolean)) refuse(`${path}.when`, 'names nothing to go by');
    if (![to.users, to.teams, to.roles].some(({ length }) => length)) refuse(`${path}.to`, 'names nobody');
    for (const id of to.users)
      if (!users.includes(id)) refuse(`${path}.to.users`, `there is no colleague ${id}`);
    for (const team of to.teams)
      if (!teams.includes(team)) refuse(`${path}.to.teams`, `there is no team ${team}`);
    for (const role of to.roles)
      if (!keys.includes(role)) refuse(`${path}.to.roles`, `there is no role ${role}`);
  }
}

export const assignment = defineModule({
  name: 'assignment',
  summary: 'Who gets new leads: rules, turns, limits, the first call, the unattended-leads alarm',
  handlers: [
    getAssignmentHandler,
    saveAssignmentHandler,
    assignmentPeopleHandler,
    tryAssignmentHandler,
    chooseAssigneeHandler,
    chooseAssigneesHandler,
    tellUnattendedHandler,
  ],
  subscribers: assignmentSubscribers,
});
