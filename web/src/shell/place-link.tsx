import { NavLink } from 'react-router';
import type { Place } from './nav.ts';

/** One place to go, with its count when there is something to bring to 0. */
export function PlaceLink({ place, badge, onClick }: { place: Place; badge?: number; onClick?: () => void }) {
  const { Icon } = place;
  return (
    <NavLink to={place.to} end={place.to === '/'} className="place" onClick={onClick}>
      <Icon aria-hidden />
      <span className="place-label">{place.label}</span>
      {badge ? (
        <span className="place-badge" data-kind={place.badge}>
          {badge > 99 ? '99+' : badge}
        </span>
      ) : null}
    </NavLink>
  );
}
