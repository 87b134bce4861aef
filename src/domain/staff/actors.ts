/** Turns a user into an actor: role, teams and everybody below them in the hierarchy. */
import type { UserActor } from '../../core/actor.ts';
import { type UserDocument, UserModel } from './model.ts';

/** @returns undefined when the user is gone or deactivated: whoever asks must refuse. */
export async function actorOf(userId: string): Promise<UserActor | undefined> {
  const user = await UserModel.findOne({ _id: userId, active: true }).lean();
  if (!user) return undefined;
  return {
    kind: 'user',
    id: user._id,
    name: user.name,
    role: user.role,
    teamIds: user.teamIds,
    subordinateIds: await subordinatesOf(user),
  };
}

/** Everybody below in the hierarchy, however deep. */
async function subordinatesOf(user: UserDocument): Promise<string[]> {
  const users = await UserModel.find({ managerId: { $exists: true } }, { managerId: 1 }).lean();
  const below = Map.groupBy(users, ({ managerId }) => managerId!);
  const found = new Set<string>();
  const queue = [user._id];
  for (let id = queue.pop(); id; id = queue.pop()) {
    for (const { _id } of below.get(id) ?? []) {
      if (_id === user._id || found.has(_id)) continue;
      found.add(_id);
      queue.push(_id);
    }
  }
  return [...found];
}
