/** `POST /intake/<source>`: leads that others send. The raw bytes go on, so that signatures are checked over them. */
import type { FastifyInstance } from 'fastify';
import type { LeadIntake } from '../domain/sources/contract.ts';

const limit = 1024 * 1024;

export async function leadIntakeRoutes(app: FastifyInstance, intake: LeadIntake): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limit }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<{ Params: { sourceId: string } }>(
      '/intake/:sourceId',
      { bodyLimit: limit },
      async (request, reply) => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? value[0] : value,
          ]),
        );
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const answer = await intake.receive(request.params.sourceId, { headers, body });
        const { accepted, repeated, refused } = answer;
        // All taken, some of them, or none: those that were not need not be sent again as they are.
        const status = !refused ? 200 : accepted + repeated ? 207 : 422;
        return reply.status(status).send(answer);
      },
    );
  });
}
