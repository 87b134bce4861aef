/** Turns a user into an actor: role, teams and everybody below them in the hierarchy. */
import type { UserActor } from '../../core/actor.ts';
import { type TeamDocument, TeamModel, UserModel } from './model.ts';
import { overrideOf } from './roles.ts';

/** @returns undefined when the user is gone or deactivated: whoever asks must refuse. */
export async function actorOf(userId: string): Promise<UserActor | undefined> {
  const user = await UserModel.findOne({ _id: userId, active: true }).lean();
  if (!user) return undefined;
  const rights = await overrideOf(user.role);
  const sharing = user.teamIds.length ? sharingOf(user.teamIds, await policies()) : undefined;
  return {
    kind: 'user',
    id: user._id,
    name: user.name,
    role: user.role,
    teamIds: user.teamIds,
    subordinateIds: belowOf(user._id, await reporting()),
    ...(sharing && { sharing }),
    ...(rights && { rights }),
  };
}

/** Teams with a policy of their own. */
export const policies = (): Promise<TeamDocument[]> =>
  TeamModel.find({ ownership: { $in: ['shared', 'apart'] } })
    .lean<TeamDocument[]>()
    .exec();

export function sharingOf(teamIds: string[], teams: TeamDocument[]): UserActor['sharing'] {
  const own = teams.filter(({ _id }) => teamIds.includes(_id));
  const having = (wanted: TeamDocument['ownership']) =>
    own.filter(({ ownership }) => ownership === wanted).map(({ _id }) => _id);
  return own.length ? { shared: having('shared'), apart: having('apart') } : undefined;
}

type Reporting = { id: string; managerId?: string | undefined };
const reporting = (): Promise<Reporting[]> =>
  UserModel.find({ managerId: { $exists: true } }, { managerId: 1 })
    .lean()
    .then((users) => users.map(({ _id, managerId }) => ({ id: _id, managerId })));

/** Everybody below in the hierarchy, however deep; a circle ends at its start. */
export function belowOf(id: string, users: Reporting[]): string[] {
  const below = Map.groupBy(users, ({ managerId }) => managerId);
  const found = new Set<string>();
  const queue = [id];
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const report of below.get(next) ?? []) {
      if (report.id === id || found.has(report.id)) continue;
      found.add(report.id);
      queue.push(report.id);
    }
  }
  return [...found];
}
