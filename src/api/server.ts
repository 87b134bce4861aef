/** The HTTP server: one Fastify with a plugin per concern. */
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Bus } from '../core/bus.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { Clock } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import type { ChannelAccount } from '../core/define.ts';
import type { Ids } from '../core/ids.ts';
import type { Live } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';
import { authRoutes } from './auth.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { openapiRoutes } from './openapi.ts';
import { operationRoutes } from './operations.ts';
import { pageRoutes } from './pages.ts';
import { errorHandler } from './reply.ts';
import { webhookRoutes } from './webhooks.ts';

export type ApiDeps = {
  bus: Bus;
  catalogue: Catalogue;
  config: Config;
  clock: Clock;
  ids: Ids;
  log: Logger;
  live: Live;
  accounts: { get(channel: string, account: string): ChannelAccount | undefined };
  isReady(): boolean;
  /** Plugins of channels that serve pages or sockets of their own (web chat, playground). */
  plugins: ((app: FastifyInstance) => Promise<void>)[];
};

const megabyte = 1024 * 1024;

export async function createServer(deps: ApiDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: megabyte,
    trustProxy: 'loopback',
    forceCloseConnections: true,
  });
  app.setErrorHandler(errorHandler(deps));
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { ...policy, 'upgrade-insecure-requests': null } },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: false,
  });
  healthRoutes(app, deps);
  authRoutes(app, deps);
  operationRoutes(app, deps);
  eventRoutes(app, deps);
  await webhookRoutes(app, deps);
  await openapiRoutes(app, deps);
  for (const plugin of deps.plugins) await plugin(app);
  await pageRoutes(app);
  return app;
}

// Ant Design writes its styles into the page at run time.
const policy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'connect-src': ["'self'", 'ws:', 'wss:'],
  'frame-ancestors': ["'self'"],
};
