/** `/webhooks/<channel>/<account>`: the raw bytes go to the channel, which verifies, normalizes, and has them accepted. */
import type { FastifyInstance } from 'fastify';
import { AppError } from '../core/errors.ts';
import type { ApiDeps } from './server.ts';

// Meta sends up to 3 MB in one webhook.
const limit = 4 * 1024 * 1024;

export async function webhookRoutes(app: FastifyInstance, { accounts }: ApiDeps): Promise<void> {
  // In a scope of its own, so that bodies stay bytes here and signatures can be checked over them.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limit }, (_request, body, done) =>
      done(null, body),
    );
    scope.route<{ Params: { channel: string; account: string }; Querystring: Record<string, string> }>({
      method: ['GET', 'POST'],
      url: '/webhooks/:channel/:account',
      bodyLimit: limit,
      handler: async (request, reply) => {
        const { channel, account } = request.params;
        const open = accounts.get(channel, account);
        if (!open?.webhook) throw new AppError('channel.unknown', { channel, account });
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? value[0] : value,
          ]),
        );
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const answer = await open.webhook({
          method: request.method,
          url: request.url,
          query: { ...request.query },
          headers,
          body,
        });
        return reply
          .status(answer.status)
          .headers(answer.headers ?? {})
          .send(answer.body ?? '');
      },
    });
  });
}
