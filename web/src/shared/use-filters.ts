/** What a list is narrowed by. It stands in the address: it can be shared and gone back to. */
import { useSearchParams } from 'react-router';

export type Chosen = Record<string, string>;
export type Choose = (change: Record<string, string | undefined>) => void;

export function useFilters(): { chosen: Chosen; choose: Choose; only: (kept: Chosen) => void } {
  const [params, setParams] = useSearchParams();
  const chosen = Object.fromEntries(params) as Chosen;
  const only = (kept: Chosen) => setParams(kept, { replace: true });
  const choose: Choose = (change) =>
    only(
      Object.fromEntries(
        Object.entries({ ...chosen, ...change }).filter((entry): entry is [string, string] =>
          Boolean(entry[1]),
        ),
      ),
    );
  return { chosen, choose, only };
}
