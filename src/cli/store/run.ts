import { mkdirSync } from 'node:fs';

/** The embedded server alone: ready when it listens; ends with SIGINT or SIGTERM. */
export async function runCommand(options: { dataDir: string; port: number; auth: boolean }): Promise<void> {
  const { startEmbedded } = await import('embedded-mongodb');
  const { dataDir, port, auth } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const server = await startEmbedded({
    dataDir,
    tcp: { host: '127.0.0.1', port, noAuth: !auth },
    log: (line) => process.stderr.write(`${line}\n`),
  });
  if (server.tcpUri === undefined) {
    await server.close();
    throw new Error('Another process has this data and does not listen on TCP. Stop it first.');
  }
  const stop = () => void server.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (auth) await hintAtUsers(dataDir);
  process.stdout.write(
    `The embedded store listens on 127.0.0.1 ${auth ? 'with' : 'without'} authentication.\n${server.tcpUri}\n`,
  );
}

async function hintAtUsers(dataDir: string): Promise<void> {
  const { userTool } = await import('embedded-mongodb/operations');
  if ((await userTool(dataDir).list()).length > 0) return;
  process.stderr.write(
    'There is no user yet, so nobody can sign in. Add one with: parley store user add NAME\n',
  );
}
