/** Parts of the console are fetched when somebody goes there; after an update, those of the version before are gone. */
const mark = 'parley.reloaded';
const pause = 60_000;

/** Loads the page anew when a part is missing; not again within a minute, should that not have helped. */
export function followNewVersion(): void {
  addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(mark) ?? 0) < pause) return;
    sessionStorage.setItem(mark, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
