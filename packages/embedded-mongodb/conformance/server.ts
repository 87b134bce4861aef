import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../src/index.ts';

export interface TestServer {
  uri: string;
  stop(): Promise<void>;
}

/** A server on a folder of its own, with the fail points that drivers' tests need. */
export async function startTestServer(port = 0): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'conformance-'));
  const server = await startEmbedded({
    dataDir,
    tcp: { port, noAuth: true },
    testCommands: true,
    log: (line) => {
      if (/internal error|damaged/.test(line)) console.error(line);
    },
  });
  return {
    uri: server.uri,
    stop: async () => {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
