import type { FastifyInstance } from 'fastify';
import type { Clock } from '../core/clock.ts';

type Play = (token: string, now: Date) => Promise<{ body: Buffer; mime: string }>;

/** `/recordings/<token>`: what was asked for with `recording.listen`, for a few minutes; parts of it, too, for seeking. */
export async function recordingRoutes(app: FastifyInstance, play: Play, clock: Clock): Promise<void> {
  // A wildcard: parameters are cut off at a hundred characters.
  app.get<{ Params: { '*': string } }>('/recordings/*', async (request, reply) => {
    const { body, mime } = await play(request.params['*'], clock.now());
    reply.headers({
      'content-type': mime,
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'content-disposition': 'inline; filename="recording"',
    });
    const part = rangeOf(request.headers.range, body.length);
    if (part === 'none') return reply.status(416).header('content-range', `bytes */${body.length}`).send();
    if (!part) return reply.send(body);
    return reply
      .status(206)
      .header('content-range', `bytes ${part.from}-${part.to}/${body.length}`)
      .send(body.subarray(part.from, part.to + 1));
  });
}

/** One range of RFC 9110; several at once are answered with the whole. */
function rangeOf(
  header: string | undefined,
  length: number,
): { from: number; to: number } | 'none' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (!match[1] && !match[2])) return undefined;
  const from = match[1] ? Number(match[1]) : Math.max(0, length - Number(match[2]));
  const to = match[1] && match[2] ? Math.min(Number(match[2]), length - 1) : length - 1;
  return from > to || from >= length ? 'none' : { from, to };
}
