import { text } from 'node:stream/consumers';
import { systemClock } from '../core/clock.ts';
import { AppError } from '../core/errors.ts';
import { createUser } from '../domain/staff/contract.ts';
import { UserModel } from '../domain/staff/model.ts';
import { openSession } from '../domain/staff/sign-in.ts';
import { withBus } from './bus.ts';

export async function createUserCommand(options: {
  email: string;
  name: string;
  role: string;
  passwordStdin?: boolean;
}): Promise<void> {
  const password = options.passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
  await withBus(async (bus, caller) => {
    const { email, name, role } = options;
    const input = { email, name, role, ...(password !== undefined && { password }) };
    const { user, setPasswordToken } = await bus.command(createUser, input, caller);
    process.stdout.write(`Added ${user.name} <${user.email}> as ${user.role}.\n`);
    if (setPasswordToken)
      process.stdout.write(
        `To set a password (once, within 72 hours): /set-password?token=${setPasswordToken}\n`,
      );
  });
}

export async function createTokenCommand({ email, name }: { email: string; name: string }): Promise<void> {
  await withBus(async () => {
    const user = await UserModel.findOne({ email: email.toLowerCase(), active: true }).lean();
    if (!user) throw new AppError('record.not_found', { kind: 'user', id: email });
    process.stdout.write(`${await openSession(user._id, 'token', systemClock, name)}\n`);
  });
}
