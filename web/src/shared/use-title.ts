import { useEffect } from 'react';
import { useSession } from '../session/session.tsx';

/** The name of the browser's tab: tabs, the history and a screen reader tell screens apart by it. */
export function useTitle(name: string | undefined): void {
  const { brand } = useSession();
  useEffect(() => {
    document.title = [name, brand || 'Parley'].filter(Boolean).join(' · ');
  }, [name, brand]);
}
