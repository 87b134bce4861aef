import { useMemo, useState } from 'react';

/** Of how many days the conversations are counted. The end is left open: what is said now counts. */
export function usePeriod() {
  const [days, choose] = useState(30);
  const range = useMemo(() => ({ from: new Date(Date.now() - days * 86_400_000).toISOString() }), [days]);
  return { days, range, choose };
}
