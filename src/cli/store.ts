import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** The embedded server alone: ready when it listens; ends with SIGINT or SIGTERM. */
export async function storeCommand({ data, port }: { data: string; port: string }): Promise<void> {
  const { startEmbedded } = await import('embedded-mongodb');
  const dataDir = resolve(data);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const server = await startEmbedded({
    dataDir,
    tcp: { host: '127.0.0.1', port: Number(port), noAuth: true },
  });
  process.stdout.write(
    `The embedded store listens on 127.0.0.1:${port} without authentication. Only programs on this machine reach it.\n${server.uri}\n`,
  );
  const stop = () => void server.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
