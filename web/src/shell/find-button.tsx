/** The way to search from anywhere: a button, and Ctrl-K. */
import { SearchOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useState } from 'react';
import '../styles/find.css';

const Find = lazy(() => import('./find.tsx'));
const isApple = /Mac|iP/.test(navigator.platform);

export function FindButton() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(isApple ? event.metaKey : event.ctrlKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <button
        type="button"
        className="find-button"
        aria-label="Search everything"
        aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'}
        onClick={() => setOpen(true)}
      >
        <SearchOutlined aria-hidden />
        <span>Search</span>
        <kbd aria-hidden>{isApple ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      {open && (
        <Suspense fallback={null}>
          <Find onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
