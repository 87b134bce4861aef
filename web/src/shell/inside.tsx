import { Outlet, useLocation } from 'react-router';
import { SessionGate } from '../session/session.tsx';
import { Broken } from '../shared/broken.tsx';
import { Acting } from './acting.tsx';
import { Shell } from './shell.tsx';

/** Everything behind the sign-in. */
export default function Inside() {
  const { pathname } = useLocation();
  return (
    <SessionGate>
      <Acting />
      <Shell>
        <Broken at={pathname}>
          <Outlet />
        </Broken>
      </Shell>
    </SessionGate>
  );
}
