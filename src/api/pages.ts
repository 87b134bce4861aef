/** The built console, the widget and their assets; every other address is the console's, which routes by itself. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../core/errors.ts';

const root = resolve(import.meta.dirname, '../../web/dist');

export async function pageRoutes(app: FastifyInstance): Promise<void> {
  const built = existsSync(join(root, 'index.html'));
  if (built)
    await app.register(fastifyStatic, {
      root,
      wildcard: false,
      index: false,
      preCompressed: true,
      setHeaders: cacheFor,
    });
  app.get('/demo', async (_request, reply) => reply.type('text/html').sendFile('demo.html', root));
  app.setNotFoundHandler(async (request, reply) => {
    const page = request.method === 'GET' && !/^\/(api|webhooks|webchat|playground)\b/.test(request.url);
    if (!page)
      throw new AppError('command.unknown', { name: `${request.method} ${request.url.split('?')[0]}` });
    if (!built)
      return reply.status(503).type('text/plain').send('The console is not built yet. Run: npm run build');
    return reply.type('text/html').header('cache-control', 'no-cache').sendFile('index.html', root);
  });
}

/** Hashed assets for good, everything else asked about each time. */
function cacheFor(reply: FastifyReply, path: string): void {
  const hashed = path.includes('/assets/');
  reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (path.endsWith('widget.js')) reply.header('cross-origin-resource-policy', 'cross-origin');
}
