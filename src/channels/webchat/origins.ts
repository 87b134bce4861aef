/** A bearer token is all that authenticates a visitor, so CORS is the whole of the protection. */
import type { FastifyReply, FastifyRequest } from 'fastify';

export { hostOf, isOriginAllowed } from '../../core/origins.ts';

/** The visitor's token, as it travels beside a request. */
export const bearer = (request: FastifyRequest): string | undefined =>
  /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];

export function allowCors(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('vary', 'Origin');
  if (!request.headers.origin) return;
  reply.header('access-control-allow-origin', request.headers.origin);
  reply.header('access-control-allow-headers', 'authorization, content-type');
  reply.header('access-control-allow-methods', 'GET, POST, OPTIONS');
  reply.header('access-control-expose-headers', 'retry-after');
  reply.header('access-control-max-age', '86400');
}
