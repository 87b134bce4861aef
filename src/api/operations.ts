/** The catalogue over HTTP: every command and query by its name, and the REST address of those that have one. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, systemActor } from '../core/actor.ts';
import type { Handler } from '../core/define.ts';
import { AppError } from '../core/errors.ts';
import { actorOfRequest } from './auth.ts';
import type { ApiDeps } from './server.ts';

export function operationRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const { catalogue, bus } = deps;

  async function run(handler: Handler, request: FastifyRequest, input: unknown): Promise<unknown> {
    const { name, permission } = handler.operation;
    const actor: Actor =
      permission === 'public' ? systemActor('visitor') : await actorOfRequest(request, deps);
    const key = request.headers['idempotency-key'];
    return bus.execute(name, input, {
      actor,
      surface: request.headers.cookie ? 'console' : 'api',
      ...(typeof key === 'string' && key && { idempotencyKey: key.slice(0, 100) }),
    });
  }

  const find = (name: string, kind: 'command' | 'query'): Handler => {
    const handler = catalogue.handler(name);
    if (handler.operation.kind !== kind || handler.operation.permission === 'system')
      throw new AppError('command.unknown', { name });
    return handler;
  };

  app.post<{ Params: { name: string } }>('/api/commands/:name', (request) =>
    run(find(request.params.name, 'command'), request, request.body ?? {}),
  );
  app.get<{ Params: { name: string } }>('/api/queries/:name', (request) =>
    run(find(request.params.name, 'query'), request, request.query),
  );
  app.post<{ Params: { name: string } }>('/api/queries/:name', (request) =>
    run(find(request.params.name, 'query'), request, request.body ?? {}),
  );

  for (const handler of catalogue.handlers) {
    const { operation } = handler;
    if (operation.kind !== 'query' || !operation.path || operation.permission === 'system') continue;
    app.get(`/api${operation.path}`, (request) =>
      run(handler, request, { ...(request.query as object), ...(request.params as object) }),
    );
  }
}
