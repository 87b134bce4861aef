/** Turns a user into an actor: role, teams and everybody below them in the hierarchy. */
import type { UserActor } from '../../core/actor.ts';
import type { Ownership } from './contract-teams.ts';
import { ProjectModel, type TeamDocument, TeamModel, type UserDocument, UserModel } from './model.ts';
import { overrideOf } from './roles.ts';

/** @returns undefined when the user is gone or deactivated: whoever asks must refuse. */
export async function actorOf(userId: string): Promise<UserActor | undefined> {
  const user = await UserModel.findOne({ _id: userId, active: true }).lean();
  if (!user) return undefined;
  const rights = await overrideOf(user.role);
  const teamIds = circlesOf(user);
  const sharing = teamIds.length ? sharingOf(teamIds, await policies(user)) : undefined;
  return {
    kind: 'user',
    id: user._id,
    name: user.name,
    role: user.role,
    teamIds,
    subordinateIds: belowOf(user._id, await reporting()),
    ...(sharing && { sharing }),
    ...(rights && { rights }),
  };
}

/** Teams and projects: a record carries the ids of either, and rights go by both alike. */
export const circlesOf = ({
  teamIds,
  projectIds = [],
}: Pick<UserDocument, 'teamIds' | 'projectIds'>): string[] => [...teamIds, ...projectIds];

type Policy = Pick<TeamDocument, '_id' | 'ownership'>;
/** Those of a colleague's teams and projects that have one of their own. */
async function policies({ projectIds = [] }: UserDocument): Promise<Policy[]> {
  const own = { ownership: { $in: ['shared', 'apart'] as Ownership[] } };
  const teams = TeamModel.find(own).lean<Policy[]>();
  const projects = projectIds.length
    ? ProjectModel.find({ _id: { $in: projectIds }, ...own }).lean<Policy[]>()
    : [];
  return [...(await teams), ...(await projects)];
}

export function sharingOf(teamIds: string[], teams: Policy[]): UserActor['sharing'] {
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
