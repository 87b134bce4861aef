import { parentPort, workerData } from 'node:worker_threads';
import { type OpenOptions, openServer, type RunningServer } from './server.ts';

/** The worker thread's entry: opens the data, listens, and obeys `close` and `stats`. */
const port = parentPort!;
let server: RunningServer | undefined;

port.on('message', async (message: { id: number; ask: 'close' | 'stats' }) => {
  if (message.ask === 'stats') port.postMessage({ id: message.id, answer: server?.stats() });
  if (message.ask === 'close') {
    await server?.close();
    port.postMessage({ id: message.id, answer: true });
    port.close();
  }
});

try {
  const options = workerData as OpenOptions;
  server = await openServer({ ...options, log: (line) => port.postMessage({ log: line }) });
  port.postMessage({ ready: true, port: server.port });
} catch (error) {
  port.postMessage({ failed: (error as Error).constructor.name, message: (error as Error).message });
  port.close();
}
