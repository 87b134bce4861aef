/** Training with corrections beside the running server: in a thread of its own, so that no turn waits for it. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type CorrectionStore, type Retrained, trainWithCorrections } from './corrections.ts';

/** Resolves with what came of it; the model lies in `out` if it was accepted: `createNlu({ modelDir: out })`. */
export async function retrainInBackground(
  store: CorrectionStore,
  { out, from }: { out: string; from?: string },
): Promise<Retrained> {
  const corrections = await store.list();
  const worker = new Worker(new URL(import.meta.url), { workerData: { corrections, out, from } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`training ended with code ${code}`)));
  });
}

if (!isMainThread && workerData?.corrections) {
  const { corrections, out, from } = workerData;
  parentPort!.postMessage(trainWithCorrections(corrections, { out, from }));
}
