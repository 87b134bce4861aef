import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client.ts';

/** Stages, reasons, sources, products, roles: asked once, they change with the configuration only. */
export function useChoices() {
  const { data } = useQuery({
    queryKey: ['data', 'default', 'setting', 'setting.choices'],
    queryFn: () => ask('setting.choices', {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? { stages: [], lostReasons: [], sources: [], products: [], roles: [] };
}

export const asOptions = (items: { key: string; label: string }[]) =>
  items.map(({ key, label }) => ({ value: key, label }));
export const asIs = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
