import { useSession } from '../session/session.tsx';

export function Brand() {
  const { brand } = useSession();
  return (
    <span className="brand">
      <img src="/icon.svg" alt="" width="26" height="26" />
      <span>
        <strong>{brand || 'Parley'}</strong>
        {brand && <small>on Parley</small>}
      </span>
    </span>
  );
}
