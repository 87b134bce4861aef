/** Over every page while the support acts as somebody: whose eyes these are, and the way back. */
import { Alert, Button } from 'antd';
import { stopActing } from '../api/client.ts';
import { useSession } from '../session/session.tsx';

export function Acting() {
  const { user, impersonatedBy } = useSession();
  if (!impersonatedBy) return null;
  // All that was read belongs to somebody else: the page begins anew.
  const stop = async () => {
    await stopActing();
    window.location.assign('/');
  };
  return (
    <Alert
      banner
      type="warning"
      message={`${impersonatedBy} acts as ${user.name}. Everything done here is noted under both names.`}
      action={
        <Button size="small" onClick={() => void stop()}>
          Stop
        </Button>
      }
    />
  );
}
