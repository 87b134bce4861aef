import { Outlet } from 'react-router';
import { SessionGate } from '../session/session.tsx';
import { Acting } from './acting.tsx';
import { Shell } from './shell.tsx';

/** Everything behind the sign-in. */
export default function Inside() {
  return (
    <SessionGate>
      <Acting />
      <Shell>
        <Outlet />
      </Shell>
    </SessionGate>
  );
}
