import type { FastifyInstance } from 'fastify';
import { AppError } from '../core/errors.ts';
import { actorOfRequest } from './auth.ts';
import type { ApiDeps } from './server.ts';

type VoiceNote = { body: Buffer; mime: string };
export type ReadVoice = { types: readonly string[]; read: (note: VoiceNote) => Promise<string> };

const limit = 15 * 1024 * 1024;
/** Why a voice note was not read, in words; anything else is not told. */
const words: Record<string, string> = {
  timeout: 'the server took too long',
  'rate-limited': 'the server is busy',
  unreachable: 'the server cannot be reached',
  refused: 'the server refused it',
  'not-json': 'nothing was heard on it',
};

/**
 * `POST /api/voice-notes`, the recording as body → `{text}`, to be read by a person and sent on to `call.understand`.
 * Nothing is kept of it.
 */
export async function voiceNoteRoutes(
  app: FastifyInstance,
  deps: Pick<ApiDeps, 'bus' | 'clock'>,
  voice: ReadVoice,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limit }, (_request, body, done) =>
      done(null, body),
    );
    scope.post(
      '/api/voice-notes',
      { bodyLimit: limit, config: { rateLimit: { max: 20, timeWindow: '1 minute' } } },
      async (request) => {
        const actor = await actorOfRequest(request, deps);
        if (!deps.bus.allows(actor, { action: 'create', subject: 'Call' }))
          throw new AppError('auth.forbidden', { action: 'create', subject: 'calls' });
        const mime = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        if (!voice.types.includes(mime) || !body.length)
          throw new AppError('input.malformed', {
            problem: `a recording is needed (${voice.types.join(', ')})`,
          });
        try {
          return { text: await voice.read({ body, mime }) };
        } catch (error) {
          const { reason = '' } = error as { reason?: string };
          if (reason === 'off') throw new AppError('voice.off');
          if (!words[reason]) throw error;
          throw new AppError('voice.failed', { reason: words[reason] });
        }
      },
    );
  });
}
