/** The driver's end of the line: to be called first of all in its process. */
import type { AppSide, DriverSide } from './contract.ts';
import { converse } from './ipc.ts';

/**
 * Silences the console, which libraries print keys to; ends the process when the app is gone, so that no socket is left
 * that nobody holds the lease of.
 * @param helpersMegabytes memory of processes that the driver has started.
 */
export function serveDriver(make: (app: AppSide) => DriverSide, helpersMegabytes = (): number => 0): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const)
    console[method] = () => {};
  process.on('disconnect', () => process.exit(0));
  const sides: { driver?: DriverSide } = {};
  const { theirs: app } = converse<AppSide>(
    {
      send: (message) => void process.send!(message as object, undefined, undefined, () => {}),
      on: (event, listener) => process.on(event, listener),
    },
    {
      connect: (settings) => sides.driver!.connect(settings),
      send: (message) => sides.driver!.send(message),
      download: (file, maxBytes) => sides.driver!.download(file, maxBytes),
      unpair: () => sides.driver!.unpair(),
    },
  );
  const die = (error: Error) => {
    // The name and the first line only: a stack or what hangs on the error may hold keys.
    app
      .log('error', 'the driver failed', { error: `${error.name}: ${error.message.split('\n')[0]}` })
      .catch(() => {})
      .finally(() => process.exit(1));
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', (reason) => {
    if (!isHarmless(reason)) die(reason instanceof Error ? reason : new Error(String(reason)));
  });
  const pulse = setInterval(() => {
    app
      .pulse({ megabytes: Math.round(process.memoryUsage.rss() / 1_000_000) + helpersMegabytes() })
      .catch(() => {});
  }, 10_000);
  pulse.unref();
  sides.driver = make(app);
}

/** Libraries leave queries behind when a connection ends; the end itself is reported on its own. */
const isHarmless = (reason: unknown): boolean =>
  /Connection (Closed|Terminated|Failure)|Timed Out|Query Cancelled|the process ended/i.test(
    (reason as Error | undefined)?.message ?? '',
  );
