/** Which sites may embed the chat. A bearer token is all that authenticates, so CORS is the whole of the protection. */
import type { FastifyReply, FastifyRequest } from 'fastify';

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

/** The visitor's token, as it travels beside a request. */
export const bearer = (request: FastifyRequest): string | undefined =>
  /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];

export const hostOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).host : undefined;

export function allowCors(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('vary', 'Origin');
  if (!request.headers.origin) return;
  reply.header('access-control-allow-origin', request.headers.origin);
  reply.header('access-control-allow-headers', 'authorization, content-type');
  reply.header('access-control-allow-methods', 'GET, POST, OPTIONS');
  reply.header('access-control-expose-headers', 'retry-after');
  reply.header('access-control-max-age', '86400');
}
