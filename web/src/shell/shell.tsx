/** What surrounds every screen: places at the side (below, on a phone), notices, and whether we hear the server. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { connectLive } from '../api/live.ts';
import { invalidate } from '../api/use-ask.ts';
import { useNarrow } from '../shared/use-narrow.ts';
import { BottomBar } from './bottom-bar.tsx';
import { ConnectionHint } from './connection-hint.tsx';
import { Popups } from './popups.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

export function Shell({ children }: { children: ReactNode }) {
  const narrow = useNarrow();
  const client = useQueryClient();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);

  useEffect(() => connectLive((resources) => invalidate(client, resources)), [client]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place begins at its top
  useEffect(() => {
    void main.current?.scrollTo(0, 0);
  }, [pathname]);

  return (
    <div className={narrow ? 'shell shell-narrow' : 'shell'}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      {narrow ? <TopBar /> : <Sidebar />}
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      {narrow && <BottomBar />}
      <ConnectionHint />
      <Popups />
    </div>
  );
}
