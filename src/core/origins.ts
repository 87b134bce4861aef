/** Which sites may embed what we serve to them: a chat, a form. Pure. */

/** `allowed`: `*`, exact origins, or `https://*.example.com`. No Origin header (curl, same-origin GET) is always let in. */
export function isOriginAllowed(
  origin: string | undefined,
  allowed: string[],
  own: (string | undefined)[],
): boolean {
  if (!origin) return true;
  if (own.some((host) => host && hostOf(origin) === host)) return true;
  return allowed.some((rule) => rule === '*' || rule === origin || matchesWildcard(origin, rule));
}

function matchesWildcard(origin: string, rule: string): boolean {
  const [scheme, suffix] = rule.split('://*');
  return (
    Boolean(suffix?.startsWith('.')) &&
    origin.startsWith(`${scheme}://`) &&
    origin.endsWith(suffix!) &&
    !origin.slice(`${scheme}://`.length, -suffix!.length).includes('/')
  );
}

export const hostOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).host : undefined;
