/** Files of conversations: opened by a signed address, uploaded by colleagues who are about to send them. */
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../core/errors.ts';
import type { MediaRef } from '../core/messaging.ts';
import { thumbnail } from '../render/thumbnail.ts';
import { actorOfRequest } from './auth.ts';
import { sendBytes } from './bytes.ts';
import type { ApiDeps } from './server.ts';

type Upload = { body: Buffer; mime?: string; filename?: string; owner: string; direction: 'in' | 'out' };
export type FileRoutes = {
  /** @throws auth.bad_signature, auth.link_expired, record.not_found */
  open(token: string, now: Date): Promise<{ body: Buffer; mime: string; filename: string; shown: boolean }>;
  uploads: {
    maxBytes: number;
    take(upload: Upload): Promise<{ fileId: string; media: MediaRef; state: string }>;
  };
};

export async function fileRoutes(
  app: FastifyInstance,
  deps: Pick<ApiDeps, 'bus' | 'clock'>,
  { open, uploads }: FileRoutes,
): Promise<void> {
  const previews = createPreviews();
  // A wildcard: parameters are cut off at a hundred characters.
  type Query = { save?: string; small?: string };
  app.get<{ Params: { '*': string }; Querystring: Query }>('/files/*', async (request, reply) => {
    const file = await open(request.params['*'], deps.clock.now());
    const { filename, shown } = file;
    // Whoever may open it gets it small as well: a list of pictures is else many megabytes.
    const small = request.query.small !== undefined && shown ? await previews.of(file) : undefined;
    const { body, mime } = small ?? file;
    const how = shown && request.query.save === undefined ? 'inline' : 'attachment';
    // Whatever it is, it runs nothing and belongs to no site.
    // (A browser's own reader of PDFs is no page, and is not let into a sandbox.)
    const sandbox = mime === 'application/pdf' ? '' : '; sandbox';
    reply.header('content-security-policy', `default-src 'none'; style-src 'unsafe-inline'${sandbox}`);
    reply.header('cross-origin-resource-policy', 'cross-origin');
    return sendBytes(request, reply, {
      body,
      mime,
      disposition: `${how}; filename="${filename.replace(/[^\w. -]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
    });
  });

  await app.register(async (scope) => {
    takeBytes(scope, uploads.maxBytes);
    /** The body is the file. Answers `{fileId, type, filename, bytes}`, to be sent with `conversation.reply`. */
    scope.post<{ Querystring: { filename?: string } }>(
      '/api/files',
      { bodyLimit: uploads.maxBytes, config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
      async (request, reply) => {
        const actor = await actorOfRequest(request, deps);
        if (!deps.bus.allows(actor, { action: 'update', subject: 'Conversation' }))
          throw new AppError('auth.forbidden', { action: 'update', subject: 'conversations' });
        const { fileId, media, state } = await uploads.take({
          ...bodyOf(request),
          filename: request.query.filename ?? '',
          owner: `user:${actor.id}`,
          direction: 'out',
        });
        const { type, filename, bytes } = media;
        return reply.status(201).send({ fileId, type, filename, bytes, state });
      },
    );
  });
}

/** Pictures made small, the latest of them kept. */
function createPreviews() {
  const kept = new Map<string, Buffer>();
  return {
    async of({ body, mime }: { body: Buffer; mime: string }) {
      if (!mime.startsWith('image/')) return undefined;
      const key = createHash('sha256').update(body).digest('base64');
      const known = kept.get(key) ?? (await thumbnail(body, mime));
      if (!known) return undefined;
      kept.delete(key);
      kept.set(key, known);
      for (const oldest of kept.keys()) {
        if (kept.size <= mostPreviews) break;
        kept.delete(oldest);
      }
      return { body: known, mime: 'image/png' };
    },
  };
}
const mostPreviews = 60;

/** In a scope of its own: only there a body of any type comes as it is. */
export function takeBytes(scope: FastifyInstance, maxBytes: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
    done(null, body),
  );
}

export const bodyOf = (request: FastifyRequest): { body: Buffer; mime: string } => ({
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  mime: (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
});
