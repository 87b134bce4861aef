import { useEffect, useState } from 'react';
import { clock, distance, fullMoment, moment } from './time.ts';

/** A time to read: `moment` (Today, 4:30 pm), `ago` (5 min), `clock` (4:30 pm). The whole of it on hover. */
export function When({ at, as = 'moment' }: { at: string; as?: 'moment' | 'ago' | 'clock' }) {
  useMinute(as === 'ago');
  const text = as === 'ago' ? distance(at) : as === 'clock' ? clock(at) : moment(at);
  return (
    <time dateTime={at} title={fullMoment(at)}>
      {text}
    </time>
  );
}

/** Renders again every minute, so that "5 min" stays true. */
export function useMinute(active = true): void {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => tick((count) => count + 1), 60_000);
    return () => clearInterval(timer);
  }, [active]);
}
