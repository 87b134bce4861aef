import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { useSession } from '../../session/session.tsx';

/** The settings' pages, side by side. */
export function SettingsTabs() {
  const { may } = useSession();
  const { pathname } = useLocation();
  const bar = useRef<HTMLElement>(null);
  // On a phone there are more than fit: the one that is open is brought into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it moves with the page that is open.
  useEffect(() => {
    bar.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <nav className="tabs" aria-label="Settings" ref={bar}>
      {may('user.create') && <NavLink to="/settings/users">Colleagues</NavLink>}
      {may('role.save') && <NavLink to="/settings/roles">Roles</NavLink>}
      {may('assignment.get') && <NavLink to="/settings/assignment">Assignment</NavLink>}
      {may('pipeline.list') && <NavLink to="/settings/pipelines">Pipelines</NavLink>}
      {may('notification.rules') && <NavLink to="/settings/notifications">Notifications</NavLink>}
      {may('rehearsal.start') && <NavLink to="/settings/rehearsal">Time travel</NavLink>}
      {may('audit.list') && <NavLink to="/settings/audit">Changes</NavLink>}
      {may('channel.list') && <NavLink to="/settings/channels">Channels</NavLink>}
      {may('source.list') && <NavLink to="/settings/sources">Sources</NavLink>}
      {may('form.list') && <NavLink to="/settings/forms">Forms</NavLink>}
    </nav>
  );
}
