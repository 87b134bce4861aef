/** `/playground`: a customer's phone beside a colleague's Slack, both played. Development only. */
import type { FastifyInstance } from 'fastify';

/** @param emulatorUrl whose control interface the page's `/playground/api/*` reaches. */
export const playgroundRoutes =
  (emulatorUrl: string) =>
  async (app: FastifyInstance): Promise<void> => {
    app.route<{ Params: { '*': string } }>({
      method: ['GET', 'POST'],
      url: '/playground/api/*',
      handler: async (request, reply) => {
        const search = new URL(request.url, emulatorUrl).search;
        const response = await fetch(`${emulatorUrl}/_control/${request.params['*']}${search}`, {
          method: request.method,
          ...(request.method === 'POST' && {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(request.body ?? {}),
          }),
        });
        return reply
          .status(response.status)
          .type('application/json')
          .send(await response.text());
      },
    });
    app.get('/playground', async (_request, reply) =>
      reply.type('text/html').sendFile('playground/index.html'),
    );
  };
