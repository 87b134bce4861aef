import type { ReactNode } from 'react';
import { useTitle } from './use-title.ts';

/** A screen's frame: heading, what may be done here, content. */
export function Page({
  title,
  name,
  note,
  actions,
  children,
  wide,
}: {
  title: ReactNode;
  /** Of the browser's tab, where the heading does not say it. */
  name?: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  useTitle(name ?? (typeof title === 'string' ? title : undefined));
  return (
    <section className={wide ? 'page page-wide' : 'page'}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {note && <p className="page-note">{note}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

export function Panel({
  title,
  count,
  tone,
  actions,
  children,
  id,
}: {
  title: ReactNode;
  count?: number;
  tone?: 'missed' | 'waits';
  actions?: ReactNode;
  children: ReactNode;
  id?: string;
}) {
  return (
    <section className="panel" data-tone={tone} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>
          {title}
          {count !== undefined && <span className="panel-count">{count}</span>}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
