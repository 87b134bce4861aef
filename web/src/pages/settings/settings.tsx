import { Navigate } from 'react-router';
import { useSession } from '../../session/session.tsx';

/** `/settings` is whichever of its pages one may see first. */
export default function Settings() {
  const { may } = useSession();
  return <Navigate to={may('user.create') ? '/settings/users' : '/settings/notifications'} replace />;
}
