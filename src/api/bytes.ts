import type { FastifyReply, FastifyRequest } from 'fastify';

/** Bytes of a file, or the part that was asked for (seeking in sound and film); nobody on the way keeps them. */
export function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, mime, disposition }: { body: Buffer; mime: string; disposition: string },
) {
  reply.headers({
    'content-type': mime,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-disposition': disposition,
  });
  const part = rangeOf(request.headers.range, body.length);
  if (part === 'none') return reply.status(416).header('content-range', `bytes */${body.length}`).send();
  if (!part) return reply.send(body);
  return reply
    .status(206)
    .header('content-range', `bytes ${part.from}-${part.to}/${body.length}`)
    .send(body.subarray(part.from, part.to + 1));
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
