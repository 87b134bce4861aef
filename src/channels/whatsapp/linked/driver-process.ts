/** A driver's process: forked, spoken to, and gone for certain when it is to be gone. */
import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import type { AppSide, DriverSide } from './contract.ts';
import { converse } from './ipc.ts';

export type DriverProcess = {
  driver: DriverSide;
  pid: number;
  /** Resolves with words about how it ended. */
  ended: Promise<string>;
  kill(): void;
};

/**
 * @param module what the process runs.
 * @param env its whole environment: it gets none of ours, and with it none of our secrets. Its output goes nowhere,
 * for what libraries print there may hold keys.
 */
export function startDriver(module: URL, app: AppSide, env: Record<string, string> = {}): DriverProcess {
  const cache = getCompileCacheDir();
  const child: ChildProcess = fork(module, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...(cache && { NODE_COMPILE_CACHE: cache }), ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const { theirs, lost } = converse<DriverSide>(
    {
      send: (message) => void child.send(message as object, () => {}),
      on: (event, listener) => child.on(event, listener),
    },
    app,
  );
  const ended = new Promise<string>((resolve) => {
    const end = (words: string) => {
      lost();
      resolve(words);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) =>
      end(signal ? `ended by ${signal}` : code ? `ended with ${code}` : 'ended'),
    );
  });
  return {
    driver: theirs,
    pid: child.pid ?? 0,
    ended,
    kill: () => void child.kill('SIGKILL'),
  };
}
