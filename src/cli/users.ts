import { text } from 'node:stream/consumers';
import { systemActor } from '../core/actor.ts';
import { createBus } from '../core/bus.ts';
import { type Catalogue, createCatalogue } from '../core/catalogue.ts';
import { systemClock } from '../core/clock.ts';
import { loadConfig } from '../core/config.ts';
import { AppError } from '../core/errors.ts';
import { ulids } from '../core/ids.ts';
import { createLogger } from '../core/logger.ts';
import { openStore } from '../core/store.ts';
import { modules } from '../domain/index.ts';
import { createUser } from '../domain/staff/contract.ts';
import { UserModel } from '../domain/staff/model.ts';
import { openSession } from '../domain/staff/sign-in.ts';

export async function createUserCommand(options: {
  email: string;
  name: string;
  role: string;
  passwordStdin?: boolean;
}): Promise<void> {
  const password = options.passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
  await withBus(async (bus) => {
    const { email, name, role } = options;
    const input = { email, name, role, ...(password !== undefined && { password }) };
    const { user, setPasswordToken } = await bus.command(createUser, input, {
      actor: systemActor('command line'),
      surface: 'cli',
    });
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

/** The catalogue over the store, without queues: joins the embedded store of a running server. */
async function withBus(work: (bus: ReturnType<typeof createBus>) => Promise<void>): Promise<void> {
  const config = loadConfig();
  const log = createLogger('warn');
  const store = await openStore(config, log);
  try {
    const catalogue: Catalogue = createCatalogue(modules(() => catalogue));
    await work(
      createBus({ catalogue, config, clock: systemClock, ids: ulids(systemClock), log, onCommit: () => {} }),
    );
  } finally {
    await store.close();
  }
}
