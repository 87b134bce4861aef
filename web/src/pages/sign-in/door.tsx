import type { ReactNode } from 'react';

/** The frame of the screens before one is inside. */
export function Door({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="door">
      <div className="door-card">
        <img src="/icon.svg" alt="" width="44" height="44" />
        <h1>{title}</h1>
        {note && <p className="door-note">{note}</p>}
        {children}
      </div>
      <p className="door-foot">Parley · every enquiry answered, none missed</p>
    </div>
  );
}
