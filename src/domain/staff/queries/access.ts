/** Who can see a record, and why: the very rules that make the query, told in words. */
import { subject as asSubject } from '@casl/ability';
import mongoose from 'mongoose';
import type { UserActor } from '../../../core/actor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import {
  type Action,
  abilityFor,
  ownerField,
  type RecordKind,
  type Role,
  scopesOf,
} from '../../../core/rights.ts';
import { belowOf, circlesOf, sharingOf } from '../actors.ts';
import { recordAccess } from '../contract-roles.ts';
import { ProjectModel, TeamModel, UserModel } from '../model.ts';
import { rolesNow } from '../roles.ts';

type Row = Record<string, unknown> & { teamIds?: string[] };
type Names = { users: Map<string, string>; teams: Map<string, string> };

export const recordAccessHandler = handles(recordAccess, async (ctx, { kind, recordId, action }) => {
  // Only about what one may see oneself: an answer about another's record would tell that there is one.
  const record = await mongoose.models[kind]
    ?.findOne({ $and: [{ _id: recordId }, ctx.scope('read', kind)] })
    .lean<Row>();
  if (!record || !ctx.can('read', kind))
    throw new AppError('record.not_found', { kind: kind.toLowerCase(), id: recordId });
  const everybody = await UserModel.find({ active: true }).sort({ name: 1, _id: 1 }).lean();
  const teams = [...(await TeamModel.find().lean()), ...(await ProjectModel.find().lean())];
  const roles = await rolesNow(ctx.config);
  const names: Names = {
    users: new Map(everybody.map(({ _id, name }) => [_id, name])),
    teams: new Map(teams.map(({ _id, name }) => [_id, name])),
  };
  const reporting = everybody.map(({ _id, managerId }) => ({ id: _id, managerId }));
  const seen = await UserModel.find(
    { $and: [{ active: true }, ctx.scope('read', 'User')] },
    { _id: 1 },
  ).lean();
  const shown = new Set(seen.map(({ _id }) => _id));
  const items = everybody
    .filter(({ _id }) => shown.has(_id) || _id === ctx.actor.id)
    .map(({ _id, name, role: key, ...user }) => {
      const role = roles[key];
      const teamIds = circlesOf(user);
      const sharing = sharingOf(teamIds, teams);
      const actor: UserActor = {
        kind: 'user',
        id: _id,
        name,
        role: key,
        teamIds,
        subordinateIds: belowOf(_id, reporting),
        ...(role && { rights: role }),
        ...(sharing && { sharing }),
      };
      const allowed = abilityFor(actor, roles).can(action, asSubject(kind, { ...record } as never) as never);
      const why = role
        ? reason({ actor, role, kind, action, record, allowed, names })
        : 'Their role is gone: they may do nothing.';
      return { userId: _id, name, role: role?.label ?? key, allowed, why };
    });
  return { items: items.sort((a, b) => Number(b.allowed) - Number(a.allowed)) };
});

type Case = {
  actor: UserActor;
  role: Role;
  kind: RecordKind;
  action: Action;
  record: Row;
  allowed: boolean;
  names: Names;
};

function reason({ actor, role, kind, action, record, allowed, names }: Case): string {
  const given = scopesOf(role, action, kind);
  const what = `${action} ${kind === 'FollowUp' ? 'follow-ups' : `${kind.toLowerCase()}s`}`;
  if (!given.length) return `${role.label} grants no right to ${what}.`;
  const limits = Object.entries(role.only ?? {}).map(([field, values]) => `${field} ${values.join(' or ')}`);
  const only = limits.length ? `; only of ${limits.join(' and ')}` : '';
  if (!allowed)
    return `${role.label} may ${what} of scope ${given.join(', ')}${only}: this is not among them.`;
  const whose = [record[ownerField(kind)]].flat() as (string | undefined)[];
  if (whose.includes(actor.id)) return `It is theirs${only}.`;
  if (given.includes('all')) return `${role.label} may ${what} of everybody${only}.`;
  const together = record.teamIds?.find((team) => actor.sharing?.shared.includes(team));
  if (together)
    return `It belongs to ${names.teams.get(together) ?? together}, where customers are shared${only}.`;
  const shared = record.teamIds?.find((team) => actor.teamIds.includes(team));
  if (given.includes('team') && shared)
    return `It belongs to their team ${names.teams.get(shared) ?? shared}${only}.`;
  const owner = whose.map((id) => names.users.get(id ?? '')).find(Boolean);
  return `It belongs to ${owner ?? 'somebody'}, who answers to them${only}.`;
}
