/** Text from strangers: shown as text, never as HTML; addresses in it become links that cannot harm the page. */

// Control characters, and the marks that turn the reading order round to disguise a link.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const unshowable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const address = /\bhttps?:\/\/[^\s<>"']+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const trailing = /[.,;:!?)\]}»”’]+$/;

export const clean = (text: string): string => text.replace(unshowable, '');

export function showText(into: Node, text: string): void {
  const shown = clean(text);
  let from = 0;
  for (const match of shown.matchAll(address)) {
    const found = match[0].replace(trailing, '');
    const url = safeUrl(found.includes('://') ? found : `mailto:${found}`);
    if (!url) continue;
    into.appendChild(document.createTextNode(shown.slice(from, match.index)));
    into.appendChild(link(url, found));
    from = match.index + found.length;
  }
  into.appendChild(document.createTextNode(shown.slice(from)));
}

export function link(url: string, label: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer nofollow';
  anchor.textContent = label;
  return anchor;
}

/** Only the web and mail; a path is of the chat's own server. */
export function safeUrl(url: string | undefined, base?: string): string | undefined {
  if (!url) return undefined;
  try {
    const parsed = new URL(url, base);
    return ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}
