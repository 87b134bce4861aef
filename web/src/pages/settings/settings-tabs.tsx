import { NavLink } from 'react-router';
import { useSession } from '../../session/session.tsx';

/** The settings' pages, side by side. */
export function SettingsTabs() {
  const { may } = useSession();
  return (
    <nav className="tabs" aria-label="Settings">
      {may('user.create') && <NavLink to="/settings/users">Colleagues</NavLink>}
      {may('role.save') && <NavLink to="/settings/roles">Roles</NavLink>}
      {may('assignment.get') && <NavLink to="/settings/assignment">Assignment</NavLink>}
      {may('pipeline.list') && <NavLink to="/settings/pipelines">Pipelines</NavLink>}
      {may('notification.rules') && <NavLink to="/settings/notifications">Notifications</NavLink>}
      {may('rehearsal.start') && <NavLink to="/settings/rehearsal">Time travel</NavLink>}
      {may('audit.list') && <NavLink to="/settings/audit">Changes</NavLink>}
      {may('channel.list') && <NavLink to="/settings/channels">Channels</NavLink>}
    </nav>
  );
}
