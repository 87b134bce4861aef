/** Hooks over the client. Keys begin like Refine's own, so that one invalidation by resource reaches both. */
import { keepPreviousData, type QueryClient, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ask, command, newKey } from './client.ts';
import { ApiError } from './error.ts';
import type { CommandName, Input, Output, QueryName } from './operations.ts';

export function useAsk<N extends QueryName>(
  name: N,
  input: Input<N>,
  options: { enabled?: boolean; keep?: boolean } = {},
) {
  return useQuery<Output<N>, ApiError>({
    queryKey: ['data', 'default', resourceOf(name), name, input],
    queryFn: ({ signal }) => ask(name, input, signal),
    enabled: options.enabled ?? true,
    placeholderData: options.keep ? (keepPreviousData as never) : undefined,
  });
}

/**
 * A button's command. While it runs, further presses do nothing; when its answer is lost, pressing again with the same
 * input repeats the same intent (one key) instead of making a second one.
 */
export function useCommand<N extends CommandName>(name: N) {
  const [busy, setBusy] = useState(false);
  const running = useRef<Promise<Output<N>> | undefined>(undefined);
  const intent = useRef<{ input: string; key: string } | undefined>(undefined);

  const run = (input: Input<N>): Promise<Output<N>> => {
    if (running.current) return running.current;
    const text = JSON.stringify(input);
    if (intent.current?.input !== text) intent.current = { input: text, key: newKey() };
    setBusy(true);
    const call = command(name, input, intent.current.key)
      .then((output) => {
        intent.current = undefined;
        return output;
      })
      .catch((error) => {
        if (!(error instanceof ApiError && error.retryable)) intent.current = undefined;
        throw error;
      })
      .finally(() => {
        running.current = undefined;
        setBusy(false);
      });
    running.current = call;
    return call;
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
