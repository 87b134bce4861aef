import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import type { CommandName, QueryName } from '../../api/operations.ts';
import { useSession } from '../../session/session.tsx';

export const tabs: { to: string; label: string; needs: CommandName | QueryName }[] = [
  { to: 'users', label: 'Colleagues', needs: 'user.create' },
  { to: 'roles', label: 'Roles', needs: 'role.save' },
  { to: 'assignment', label: 'Assignment', needs: 'assignment.get' },
  { to: 'pipelines', label: 'Pipelines', needs: 'pipeline.list' },
  { to: 'notifications', label: 'Notifications', needs: 'notification.rules' },
  { to: 'rehearsal', label: 'Time travel', needs: 'rehearsal.start' },
  { to: 'audit', label: 'Changes', needs: 'audit.list' },
  { to: 'channels', label: 'Channels', needs: 'channel.list' },
  { to: 'sources', label: 'Sources', needs: 'source.list' },
  { to: 'forms', label: 'Forms', needs: 'form.list' },
];

/** What the tab that is open is called. */
export const tabAt = (pathname: string) =>
  tabs.find(({ to }) => pathname.startsWith(`/settings/${to}`))?.label;

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
      {tabs
        .filter(({ needs }) => may(needs))
        .map(({ to, label }) => (
          <NavLink key={to} to={`/settings/${to}`}>
            {label}
          </NavLink>
        ))}
    </nav>
  );
}
