import { h } from './dom.ts';

/** A constructed sheet, because many sites forbid inline styles (Content-Security-Policy). */
export function dress(shadow: ShadowRoot, css: string): void {
  if (!('adoptedStyleSheets' in shadow)) {
    (shadow as ShadowRoot).append(h('style', {}, css));
    return;
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
}
