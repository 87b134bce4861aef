/** Files that a visitor sends: uploaded first, then named in a message, so that neither is lost or sent twice by a weak line. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../core/errors.ts';
import { createLimiter } from '../../core/limiter.ts';
import type { MediaRef } from '../../core/messaging.ts';
import type { LiveDeps } from './live.ts';
import { bearer } from './origins.ts';
import type { Visitor } from './token.ts';

export type VisitorFiles = {
  maxBytes: number;
  /** @throws input.too_large, file.type, file.infected */
  take(upload: {
    body: Buffer;
    mime: string;
    filename: string;
    owner: string;
    direction: 'in';
  }): Promise<{ fileId: string; media: MediaRef; state: string }>;
  /** Those of this owner, for a message. @throws record.not_found */
  refs(owner: string, ids: string[]): Promise<MediaRef[]>;
};

export const ownerOf = (visitor: Visitor): string => `visitor:${visitor.id}`;

type Authenticate = (
  token: string | undefined,
  request: FastifyRequest,
) => { visitor: Visitor; live: LiveDeps };

const perMinute = 10;

export async function fileRoutes(
  app: FastifyInstance,
  authenticate: Authenticate,
  files: VisitorFiles,
): Promise<void> {
  let limiter: ReturnType<typeof createLimiter> | undefined;
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: files.maxBytes },
      (_request, body, done) => done(null, body),
    );
    /** The body is the file. Answers `{fileId, type, filename}`, to be sent with `files: [fileId]`. */
    scope.post<{ Querystring: { filename?: string } }>(
      '/webchat/files',
      {
        bodyLimit: files.maxBytes,
        // Before anything of the file is taken.
        onRequest: async (request) => {
          const { visitor, live } = authenticate(bearer(request), request);
          limiter ??= createLimiter({ max: perMinute, perMs: 60_000, clock: live.account.port.clock });
          const waitMs = limiter.take(visitor.id);
          if (waitMs) throw new AppError('rate.limited', { seconds: Math.ceil(waitMs / 1000) });
        },
      },
      async (request, reply) => {
        const { visitor } = authenticate(bearer(request), request);
        const { fileId, media } = await files.take({
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          mime: (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
          filename: request.query.filename ?? '',
          owner: ownerOf(visitor),
          direction: 'in',
        });
        return reply.code(201).send({ fileId, type: media.type, filename: media.filename });
      },
    );
  });
}
