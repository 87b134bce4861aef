import { setImmediate as nextTurnOfTheLoop, setTimeout as pause } from 'node:timers/promises';

/**
 * One call for many callers: what is asked for while earlier calls are under way goes together into the next one.
 * Alone, a caller waits for nobody; under load the cost of a round trip and of a commit is shared.
 *
 * @param together answers for each key, in their order; a promise among the answers is that caller's own.
 * @param how.lingerMs waits so long for others to come along: where nobody is kept waiting by it.
 */
export function coalesce<K, V>(
  together: (keys: K[]) => Promise<(V | PromiseLike<V>)[]>,
  { most, sideBySide = 1, lingerMs }: { most: number; sideBySide?: number; lingerMs?: number },
): (key: K) => Promise<V> {
  type Caller = { key: K; resolve: (value: V | PromiseLike<V>) => void; reject: (error: unknown) => void };
  let waiting: Caller[] = [];
  let running = 0;

  async function run(): Promise<void> {
    running += 1;
    // Those who come in the same turn of the event loop come along.
    await (lingerMs ? pause(lingerMs) : nextTurnOfTheLoop());
    const callers = waiting.slice(0, most);
    waiting = waiting.slice(most);
    try {
      const answers = callers.length ? await together(callers.map(({ key }) => key)) : [];
      for (const [place, { resolve }] of callers.entries()) resolve(answers[place]!);
    } catch (error) {
      for (const { reject } of callers) reject(error);
    }
    running -= 1;
    if (waiting.length && running < sideBySide) void run();
  }

  return (key) =>
    new Promise<V>((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (running < sideBySide) void run();
    });
}
