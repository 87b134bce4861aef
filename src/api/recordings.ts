import type { FastifyInstance } from 'fastify';
import type { Clock } from '../core/clock.ts';
import { sendBytes } from './bytes.ts';

type Play = (token: string, now: Date) => Promise<{ body: Buffer; mime: string }>;

/** `/recordings/<token>`: what was asked for with `recording.listen`, for a few minutes; parts of it, too, for seeking. */
export async function recordingRoutes(app: FastifyInstance, play: Play, clock: Clock): Promise<void> {
  // A wildcard: parameters are cut off at a hundred characters.
  app.get<{ Params: { '*': string } }>('/recordings/*', async (request, reply) =>
    sendBytes(request, reply, {
      ...(await play(request.params['*'], clock.now())),
      disposition: 'inline; filename="recording"',
    }),
  );
}
