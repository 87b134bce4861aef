import { mkdirSync } from 'node:fs';
import { playgroundRoutes } from '../api/playground.ts';
import type { App } from '../app.ts';
import { createApp } from '../app.ts';
import { systemActor } from '../core/actor.ts';
import { systemClock } from '../core/clock.ts';
import { ConfigError, loadConfig } from '../core/config.ts';
import { passwordToken } from '../domain/staff/commands/users.ts';
import { createUser } from '../domain/staff/contract.ts';
import { UserModel } from '../domain/staff/model.ts';

/** Runs the server until it is told to stop; prints the address, and at the first start a link for the administrator. */
export async function serve({ demo = false }: { demo?: boolean } = {}): Promise<void> {
  // The demo comes with played providers, so that the whole story can be seen without any account.
  const emulator =
    demo || readConfig().env.PARLEY_PLAYGROUND
      ? await (await import('../channels/emulator/index.ts')).startEmulator()
      : undefined;
  const config = readConfig(emulator?.environment());
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  if (demo) await (await import('./demo.ts')).fillDemo(config, (line) => process.stdout.write(`${line}\n`));
  const app = await createApp({ config, ...(emulator && { plugins: [playgroundRoutes(emulator.url)] }) });
  stopOnSignals(app);
  const address = await app.start();
  const lines = [
    `Parley is ready in ${(performance.now() / 1000).toFixed(1)} s${address ? `: ${address}` : ' (worker)'}`,
  ];
  if (emulator && address) {
    // Twilio signs the address that we know ourselves by.
    const { PUBLIC_URL: publicUrl = `http://${config.env.HOST}:${config.env.PORT}` } = config.env;
    emulator.setTarget({ baseUrl: address, publicUrl });
    lines.push(`A customer's phone beside a colleague's Slack: ${address}/playground`);
  }
  const link = address && (await administratorLink(app, address));
  if (link) lines.push(`Set the administrator's password (once, within 72 hours): ${link}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function readConfig(overrides?: Record<string, string>) {
  try {
    return loadConfig(overrides);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** While nobody can sign in, each start prints a fresh link; earlier ones stay valid until used. */
async function administratorLink(app: App, address: string): Promise<string | undefined> {
  if (await UserModel.exists({ passwordHash: { $exists: true } })) return undefined;
  const known = await UserModel.findOne({ role: 'administrator' }).lean();
  const id = known?._id ?? (await firstAdministrator(app));
  const token = await passwordToken({ now: systemClock.now }, id);
  return `${app.config.env.PUBLIC_URL ?? address}/set-password?token=${token}`;
}

async function firstAdministrator(app: App): Promise<string> {
  const input = { email: 'admin@parley.local', name: 'Administrator', role: 'administrator' };
  const { user } = await app.bus.command(createUser, input, { actor: systemActor('set-up'), surface: 'cli' });
  return user.id;
}

function stopOnSignals(app: App): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    const late = setTimeout(() => process.exit(1), 10_000);
    late.unref();
    void app.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // As a daemon's does: settings are read again.
  process.on('SIGHUP', () => {
    app.reload().then(
      (changes) => process.stdout.write(`Settings taken over: ${changes.length} account(s) changed.\n`),
      (error: Error) => process.stderr.write(`Settings not taken over. ${error.message}\n`),
    );
  });
}
