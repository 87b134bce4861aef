import type { OnProgress } from 'embedded-mongodb/operations';

/** What is short needs no words. */
const SILENT_MS = 2000;

/** Says on standard error how far a long piece of work is: one line that changes on a terminal, else one now and then. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): { on: OnProgress; end(): void } {
  const begun = performance.now();
  const interval = stream.isTTY ? 250 : 5000;
  let last = begun + SILENT_MS - interval;
  let isShown = false;
  return {
    on: ({ phase, done, total }) => {
      if (performance.now() - last < interval) return;
      last = performance.now();
      const share = total > 0 ? ` ${Math.floor((100 * Math.min(done, total)) / total)} %` : ' …';
      stream.write(stream.isTTY ? `\r\x1b[K${phase}${share}` : `${phase}${share}\n`);
      isShown = stream.isTTY === true;
    },
    end: () => {
      if (isShown) stream.write('\r\x1b[K');
    },
  };
}
