/** `GET /api/events`: server-sent hints of what changed, only of what the listener may read. Clients then ask again. */
import type { FastifyInstance } from 'fastify';
import mongoose from 'mongoose';
import type { UserActor } from '../core/actor.ts';
import type { LiveEvent } from '../core/live.ts';
import { actorOfRequest } from './auth.ts';
import type { ApiDeps } from './server.ts';

const heartbeatMs = 20_000;
/** What everybody's screen goes by: that it changed is no secret, and what it is now everybody asks with their own rights. */
const everybodys = new Set([
  'pipeline.changed',
  'role.changed',
  'import.finished',
  'channel.away',
  'channel.back',
]);

export function eventRoutes(app: FastifyInstance, deps: ApiDeps): void {
  app.get('/api/events', async (request, reply) => {
    await actorOfRequest(request, deps);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    raw.write('retry: 2000\n\nevent: hello\ndata: {}\n\n');

    const tell = async (event: LiveEvent) => {
      // Asked anew for each event: a right taken away ends the stream of what it showed.
      const actor = await actorOfRequest(request, deps).catch(() => undefined);
      if (!actor) return raw.end();
      if (!(await maySee(event, actor, deps))) return;
      raw.write(
        `event: change\ndata: ${JSON.stringify({ name: event.name, subject: event.subject, at: event.at })}\n\n`,
      );
    };
    const unsubscribe = deps.live.subscribe(
      (event) =>
        void tell(event).catch((error) => deps.log.warn({ err: error }, 'a live event was not told')),
    );
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
    raw.on('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
    });
  });
}

/** The record of the event, by its kind's model, under the listener's own filter. */
async function maySee({ name, subject }: LiveEvent, actor: UserActor, { bus }: ApiDeps): Promise<boolean> {
  if (everybodys.has(name)) return true;
  const model = subject && mongoose.models[subject.kind];
  if (!model) return false;
  return Boolean(await model.exists({ $and: [{ _id: subject.id }, bus.scope(actor, 'read', subject.kind)] }));
}
