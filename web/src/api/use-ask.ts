/** Hooks over the client. Keys begin like Refine's own, so that one invalidation by resource reaches both. */
import { keepPreviousData, type QueryClient, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ask, command, newKey } from './client.ts';
import { ApiError } from './error.ts';
import type { CommandName, Input, Output, QueryName } from './operations.ts';

export function useAsk<N extends QueryName>(
  name: N,
  input: Input<N>,
  options: { enabled?: boolean; keep?: boolean; everyMs?: number } = {},
) {
  return useQuery<Output<N>, ApiError>({
    queryKey: ['data', 'default', resourceOf(name), name, input],
    queryFn: ({ signal }) => ask(name, input, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs,
    placeholderData: options.keep ? (keepPreviousData as never) : undefined,
  });
}

/** A second press that follows an answer this fast is the same double click, not a second wish. */
const doubleClickMs = 700;

/**
 * A button's command. While it runs, and a moment after, further presses do nothing; when its answer is lost, pressing
 * again with the same input repeats the same intent (one key) instead of making a second one.
 */
export function useCommand<N extends CommandName>(name: N) {
  const [busy, setBusy] = useState(false);
  const last = useRef<{ input: string; key: string; call: Promise<Output<N>>; until: number } | undefined>(
    undefined,
  );

  const run = (input: Input<N>): Promise<Output<N>> => {
    const text = JSON.stringify(input);
    const before = last.current;
    if (
      before &&
      (before.until === Number.POSITIVE_INFINITY || (before.input === text && Date.now() < before.until))
    )
      return before.call;
    const repeats = before?.input === text && before.until === 0;
    const mine = {
      input: text,
      key: repeats ? before.key : newKey(),
      call: undefined as unknown as Promise<Output<N>>,
      until: Number.POSITIVE_INFINITY,
    };
    setBusy(true);
    mine.call = command(name, input, mine.key)
      .then((output) => {
        mine.until = Date.now() + doubleClickMs;
        return output;
      })
      .catch((error) => {
        mine.until = 0;
        if (!(error instanceof ApiError && error.retryable)) last.current = undefined;
        throw error;
      })
      .finally(() => setBusy(false));
    last.current = mine;
    return mine.call;
  };
  return { run, busy };
}

export const resourceOf = (name: string): string => name.split('.')[0] ?? name;

export function invalidate(client: QueryClient, resources: string[] | 'all'): void {
  if (resources === 'all') void client.invalidateQueries();
  else
    for (const resource of resources)
      void client.invalidateQueries({ queryKey: ['data', 'default', resource] });
}
