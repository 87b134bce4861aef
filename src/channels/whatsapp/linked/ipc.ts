/** Typed calls over the line between two processes: each is answered, and fails when the other side is gone. */

/** One end: a child process, or the process that was forked. */
export type Line = {
  send(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): void;
};

type Side = { [name: string]: (...args: any[]) => Promise<unknown> };
type Call = { call: number; name: string; args: unknown[] };
type Answer = { answer: number; output?: unknown; error?: { name: string; message: string } };

/** The other side ended while it was asked. */
export class LineLost extends Error {
  constructor() {
    super('the process ended');
    this.name = 'LineLost';
  }
}

/**
 * @param mine what the other side may call.
 * @returns the other side's functions, and `lost` to be called when it is gone.
 */
export function converse<Theirs extends Side>(
  line: Line,
  mine: Side,
): { theirs: Theirs; lost(): void; pending(): number } {
  const waiting = new Map<number, { resolve: (output: unknown) => void; reject: (error: Error) => void }>();
  let count = 0;
  let isLost = false;

  line.on('message', (message) => {
    const { call, answer } = message as Partial<Call & Answer>;
    if (call !== undefined) void serve(message as Call);
    else if (answer !== undefined) settle(message as Answer);
  });

  async function serve({ call, name, args }: Call): Promise<void> {
    try {
      const handler = Object.hasOwn(mine, name) ? mine[name] : undefined;
      if (!handler) throw new Error(`there is no ${name} here`);
      tell({ answer: call, output: await handler(...args) });
    } catch (error) {
      const { name, message } = error as Error;
      tell({ answer: call, error: { name, message } });
    }
  }

  function settle({ answer, output, error }: Answer): void {
    const asked = waiting.get(answer);
    waiting.delete(answer);
    if (error) asked?.reject(Object.assign(new Error(error.message), { name: error.name }));
    else asked?.resolve(output);
  }

  function tell(message: Call | Answer): void {
    if (isLost) return;
    try {
      line.send(message);
    } catch {
      // The line broke while it was used: `lost` follows.
    }
  }

  const theirs = new Proxy({} as Theirs, {
    get: (_, name) => {
      // A promise must not take it for one of its own kind.
      if (typeof name !== 'string' || name === 'then') return undefined;
      return (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          if (isLost) return reject(new LineLost());
          const call = ++count;
          waiting.set(call, { resolve, reject });
          tell({ call, name, args });
        });
    },
  });

  return {
    theirs,
    lost() {
      isLost = true;
      for (const { reject } of waiting.values()) reject(new LineLost());
      waiting.clear();
    },
    pending: () => waiting.size,
  };
}
