/** How a failure is told over HTTP: `{error: {code, message, retryable, details}}`, one shape for all. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, isAppError } from '../core/errors.ts';
import type { Ids } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';

export function errorHandler({ ids, log }: { ids: Ids; log: Logger }) {
  return (error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply) => {
    const known = isAppError(error) ? error : translate(error, request.routeOptions.bodyLimit);
    if (known) {
      if (known.code === 'rate.limited') reply.header('retry-after', String(known.details.seconds ?? 60));
      return reply.status(known.status).send(known.toJSON());
    }
    const incident = ids.next();
    log.error({ err: error, incident, method: request.method, url: request.url }, 'a request failed');
    return reply.status(500).send(new AppError('internal', { incident }).toJSON());
  };
}

const megabyte = 1024 * 1024;

/** Fastify's and the driver's own failures in our words; undefined: unexpected. */
function translate(error: FastifyError, maxBytes = megabyte): AppError | undefined {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.statusCode === 413)
    return new AppError('input.too_large', { limit: `${Math.floor(maxBytes / megabyte)} MB` });
  if (error.statusCode === 429) return new AppError('rate.limited', { seconds: 60 });
  if (error.statusCode === 400 || error.statusCode === 415)
    return new AppError('input.malformed', { problem: error.message });
  if (error.name === 'MongoServerSelectionError' || error.name === 'MongoNetworkError')
    return new AppError('store.unavailable');
  return undefined;
}
