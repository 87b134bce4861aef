import { useEffect, useState } from 'react';
import { useLiveStatus } from '../api/live.ts';

/** Quiet, and only when it lasts: a blink of the network is nobody's concern. */
export function ConnectionHint() {
  const status = useLiveStatus();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (status !== 'reconnecting') return setShown(false);
    const timer = setTimeout(() => setShown(true), 1500);
    return () => clearTimeout(timer);
  }, [status]);
  if (!shown) return null;
  return (
    <div className="connection-hint" role="status">
      Reconnecting… what you see may be a moment old.
    </div>
  );
}
