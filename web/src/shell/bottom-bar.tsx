/** On a phone: the three places people live in, and the rest under "More". */
import { EllipsisOutlined, LogoutOutlined } from '@ant-design/icons';
import { useLogout } from '@refinedev/core';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useSession } from '../session/session.tsx';
import { places } from './nav.ts';
import { PlaceLink } from './place-link.tsx';
import { useBadges } from './use-badges.ts';

export function BottomBar() {
  const { may, user } = useSession();
  const badges = useBadges();
  const [more, setMore] = useState(false);
  const { mutate: signOut } = useLogout();
  const open = places.filter(({ needs }) => !needs || may(needs));
  return (
    <nav className="bottom-bar" aria-label="Places">
      {open
        .filter(({ bar }) => bar)
        .map((place) => (
          <PlaceLink key={place.to} place={place} badge={place.badge && badges[place.badge]} />
        ))}
      <button
        type="button"
        className="place"
        aria-haspopup="dialog"
        aria-expanded={more}
        onClick={() => setMore(true)}
      >
        <EllipsisOutlined aria-hidden />
        <span className="place-label">More</span>
      </button>
      <Drawer
        open={more}
        onClose={() => setMore(false)}
        placement="bottom"
        height="auto"
        title={user.name}
        className="sheet"
      >
        <div className="more-places">
          {open
            .filter(({ bar }) => !bar)
            .map((place) => (
              <PlaceLink key={place.to} place={place} onClick={() => setMore(false)} />
            ))}
          <Button icon={<LogoutOutlined aria-hidden />} onClick={() => signOut()} block>
            Sign out
          </Button>
        </div>
      </Drawer>
    </nav>
  );
}
