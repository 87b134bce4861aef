/** Turns a user into an actor: role, teams and everybody below them in the hierarchy. */
import type { UserActor } from '../../core/actor.ts';
import { UserModel } from './model.ts';
import { overrideOf } from './roles.ts';

/** @returns undefined when the user is gone or deactivated: whoever asks must refuse. */
export async function actorOf(userId: string): Promise<UserActor | undefined> {
  const user = await UserModel.findOne({ _id: userId, active: true }).lean();
  if (!user) return undefined;
  const rights = await overrideOf(user.role);
  return {
    kind: 'user',
    id: user._id,
    name: user.name,
    role: user.role,
    teamIds: user.teamIds,
    subordinateIds: belowOf(user._id, await reporting()),
    ...(rights && { rights }),
  };
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
