import type { FastifyInstance } from 'fastify';
import mongoose from 'mongoose';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { InboxModel } from '../domain/conversations/model/inbox.ts';
import { OutboxModel } from '../domain/conversations/model/outbox.ts';
import type { ApiDeps } from './server.ts';

/** `/healthz`: the process answers. `/readyz`: it can serve. `/metrics`: Prometheus. */
export function healthRoutes(app: FastifyInstance, { isReady }: ApiDeps): void {
  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const store = await mongoose.connection.db?.command({ ping: 1 }).then(
      () => true,
      () => false,
    );
    const ready = Boolean(store) && isReady();
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', store: Boolean(store), workers: isReady() });
  });

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, count: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await count());
      },
    });
  gauge('parley_inbox_waiting', 'Inbound messages not handled yet', () =>
    InboxModel.countDocuments({ status: 'pending' }),
  );
  gauge('parley_inbox_dead', 'Inbound dead letters', () => InboxModel.countDocuments({ status: 'dead' }));
  gauge('parley_outbox_open', 'Outbound messages not sent yet', () =>
    OutboxModel.countDocuments({ open: true }),
  );
  gauge('parley_outbox_trouble', 'Outbound messages not delivered or ambiguous', () =>
    OutboxModel.countDocuments({ trouble: true }),
  );

  const duration = new Histogram({
    name: 'parley_http_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    duration.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
