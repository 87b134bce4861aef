import { useSyncExternalStore } from 'react';

/** The one width at which lists become cards and the sidebar a bar below; styles.css uses the same number. */
const query = typeof matchMedia === 'function' ? matchMedia('(max-width: 819px)') : undefined;

export const useNarrow = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      query?.addEventListener('change', listener);
      return () => query?.removeEventListener('change', listener);
    },
    () => query?.matches ?? false,
  );
