import { LogoutOutlined } from '@ant-design/icons';
import { useLogout } from '@refinedev/core';
import { Button } from 'antd';
import { useSession } from '../session/session.tsx';
import { Bell } from './bell.tsx';
import { Brand } from './brand.tsx';
import { FindButton } from './find-button.tsx';
import { places } from './nav.ts';
import { PlaceLink } from './place-link.tsx';
import { useBadges } from './use-badges.ts';

export function Sidebar() {
  const { may, user } = useSession();
  const badges = useBadges();
  const { mutate: signOut } = useLogout();
  const open = places.filter(({ needs }) => !needs || may(needs));
  return (
    <aside className="sidebar">
      <div className="sidebar-head">
        <Brand />
        <Bell />
      </div>
      <FindButton />
      {(['work', 'admin', 'self'] as const).map((group) => {
        const members = open.filter((place) => place.group === group);
        if (!members.length) return null;
        return (
          <nav
            key={group}
            aria-label={group === 'work' ? 'Work' : group === 'admin' ? 'Administration' : 'You'}
            data-group={group}
          >
            {members.map((place) => (
              <PlaceLink key={place.to} place={place} badge={place.badge && badges[place.badge]} />
            ))}
          </nav>
        );
      })}
      <div className="sidebar-foot">
        <div className="who">
          <strong>{user.name}</strong>
          <span>{user.role}</span>
        </div>
        <Button
          type="text"
          icon={<LogoutOutlined aria-hidden />}
          aria-label="Sign out"
          title="Sign out"
          onClick={() => signOut()}
        />
      </div>
    </aside>
  );
}
