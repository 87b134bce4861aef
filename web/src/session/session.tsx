/** The signed-in person, what they may do, and the organisation's name and zone: for every screen inside the shell. */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { CommandName, Output, QueryName } from '../api/operations.ts';
import { useAsk } from '../api/use-ask.ts';
import { Failure } from '../shared/failure.tsx';
import { setZone } from '../shared/time.ts';

export type Session = Output<'user.me'> & { may: (name: CommandName | QueryName) => boolean };
const SessionContext = createContext<Session | undefined>(undefined);

export function SessionGate({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useAsk('user.me', {});
  const { pathname, search } = useLocation();
  const session = useMemo(() => {
    if (!data) return undefined;
    setZone(data.timezone);
    const allowed = new Set(data.commands);
    return { ...data, may: (name: string) => allowed.has(name) };
  }, [data]);
  // Asked again in the background, the screen stays: a form that is open must not be lost to it.
  if (error?.statusCode === 401)
    return <Navigate to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} replace />;
  if (session) return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return <div id="boot">Opening Parley…</div>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside the signed-in part');
  return session;
}
