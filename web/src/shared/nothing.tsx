import type { ReactNode } from 'react';

/** An empty list: what it means, and what to do next. */
export function Nothing({ title, hint, action }: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="nothing">
      <p className="nothing-title">{title}</p>
      {hint && <p className="nothing-hint">{hint}</p>}
      {action}
    </div>
  );
}
