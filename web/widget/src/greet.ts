/** What the chat says by itself to who has not opened it: the first rule that fits the page, once a visitor. */
import type { Storage } from './storage.ts';
import type { Look } from './types.ts';

/** @param isQuiet whether nothing was said and the window is shut. */
export function greetByRule(
  { greetings = [] }: Look,
  storage: Storage,
  isQuiet: () => boolean,
  greet: (text: string) => void,
): void {
  if (!greetings.length || storage.read().greeted) return;
  let path = location.pathname;
  let seconds = 0;
  // Only time that somebody looks at the page counts; a site of one page changes its path without loading.
  const timer = setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    seconds = location.pathname === path ? seconds + 1 : 0;
    path = location.pathname;
    const rule = greetings.find((one) => fits(path, one.path));
    if (!isQuiet()) return clearInterval(timer);
    if (!rule || seconds < rule.afterSeconds) return;
    clearInterval(timer);
    storage.write({ greeted: true });
    greet(rule.text);
  }, 1000);
}

/** `/pricing*` fits `/pricing/crm`. */
const fits = (path: string, rule?: string): boolean =>
  !rule ||
  new RegExp(
    `^${rule
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}/?$`,
  ).test(path);
