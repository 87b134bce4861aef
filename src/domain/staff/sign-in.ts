/** Sessions and API tokens: who is calling. */

import type { UserActor } from '../../core/actor.ts';
import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import { actorOf } from './actors.ts';
import { SessionModel, UserModel } from './model.ts';
import { checkPassword, hashSecret, newToken } from './secrets.ts';

const sessionDays = 14;

/** @returns the secret of a new session; only its hash is stored. */
export async function signIn(
  { email, password }: { email: string; password: string },
  clock: Clock,
): Promise<{ token: string; userId: string; name: string }> {
  const user = await UserModel.findOne({ email: email.toLowerCase().trim(), active: true }).lean();
  const right = await checkPassword(user?.passwordHash, password);
  if (!user || !right) throw new AppError('auth.wrong_credentials');
  return { token: await openSession(user._id, 'session', clock), userId: user._id, name: user.name };
}

export async function openSession(
  userId: string,
  kind: 'session' | 'token',
  clock: Clock,
  name?: string,
): Promise<string> {
  const token = newToken();
  const now = clock.now();
  await SessionModel.create([
    {
      _id: hashSecret(token),
      userId,
      kind,
      createdAt: now,
      ...(name && { name }),
      ...(kind === 'session' && { expiresAt: new Date(now.getTime() + sessionDays * 86_400_000) }),
    },
  ]);
  return token;
}

/** The actor with the rights of this very moment: a role taken away a second ago is gone. */
export async function whoIs(token: string, clock: Clock): Promise<UserActor> {
  const session = await SessionModel.findById(hashSecret(token)).lean();
  const valid = session && (!session.expiresAt || session.expiresAt > clock.now());
  const actor = valid ? await actorOf(session.userId) : undefined;
  // Who was signed out or has left helps nobody any more, as nobody either.
  if (!actor || (session?.by && !(await actorOf(session.by.id)))) throw new AppError('auth.required');
  return session?.by ? { ...actor, impersonatedBy: session.by } : actor;
}

export const signOut = async (token: string): Promise<void> => {
  await SessionModel.deleteOne({ _id: hashSecret(token) });
};
