/** The HTTP side of web chat: sessions, messages, the live socket and what the widget should look like. */
import { randomBytes } from 'node:crypto';
import websocket from '@fastify/websocket';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError, isAppError } from '../../core/errors.ts';
import { createLimiter, type Limiter } from '../../core/limiter.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { invalid, parseInput } from '../../core/validate.ts';
import type { WebchatAccount } from './channel.ts';
import { fileRoutes, ownerOf, type VisitorFiles } from './files.ts';
import { identityRoutes, type VisitorIdentity } from './identity.ts';
import type { Transcript } from './items.ts';
import { type LiveDeps, readItems } from './live.ts';
import { originOf } from './origin.ts';
import { allowCors, bearer, hostOf, isOriginAllowed } from './origins.ts';
import { maxBodyBytes, readMessage, sessionSchema } from './requests.ts';
import { cursorOf, serveSocket } from './socket.ts';
import { claimedAccount, issueToken, readToken, type Visitor } from './token.ts';

export type WebchatDeps = {
  /** The open web-chat accounts; the first is meant when a page names none. */
  accounts(): WebchatAccount[];
  transcript: Transcript;
  /** Where a visitor opens a file that we sent; by default at the address that the account's port gives. */
  mediaUrl?(media: MediaRef): string;
  /** Absent: visitors send no files. */
  files?: VisitorFiles;
  /** Absent: a visitor stays whoever their browser is. */
  identity?: VisitorIdentity;
};

const listSchema = z.object({
  after: z.coerce.number('must be a number').int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  wait: z.coerce.number().min(0).max(25).default(0).describe('Seconds to wait for something new.'),
});

export async function webchatPlugin(app: FastifyInstance, deps: WebchatDeps): Promise<void> {
  if (!app.hasDecorator('websocketServer'))
    await app.register(websocket, { options: { maxPayload: maxBodyBytes } });
  const limiters = new Map<string, { messages: Limiter; sessions: Limiter }>();

  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply));
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === ''
      ? done(null, undefined)
      : app.getDefaultJsonParser('error', 'error')(request, body as string, done),
  );
  app.addHook('onRequest', async (request, reply) => {
    // Which account is meant is known later, and `find` asks again; a preflight names none.
    if (deps.accounts().some((account) => isWelcome(request, account))) allowCors(request, reply);
    else throw notWelcome(request);
  });
  app.options('/webchat/*', async (_request, reply) => reply.code(204).send());

  app.get('/webchat/config', async (request) => {
    const account = find((request.query as { account?: string }).account, request);
    const { title, subtitle, colour, greeting, starters, greetings, whatsapp } = account.settings;
    const text = greeting === true ? 'Hello! How can we help you?' : greeting || undefined;
    return {
      account: account.id,
      title,
      subtitle,
      colour,
      ...(text && { greeting: text }),
      starters,
      ...(greetings.length && { greetings }),
      ...(deps.files && { upload: { maxBytes: deps.files.maxBytes } }),
      ...(deps.identity && { prove: deps.identity.ways(), ...(whatsapp && { goOn: true }) }),
    };
  });

  app.post('/webchat/sessions', { bodyLimit: maxBodyBytes }, async (request, reply) => {
    const { account: name, token, ...arrival } = parseInput(sessionSchema, request.body ?? {});
    const account = find(name, request);
    const { port, settings } = account;
    const known = token ? readToken(port, token, settings.visitorDays) : undefined;
    const resumed = known?.account === account.id;
    // Behind a proxy on this machine every visitor has its address: one bucket for all would lock all of them out.
    if (!resumed && !isLoopback(request.ip)) spend(limitersOf(account).sessions, request.ip);
    const visitor: Visitor = {
      id: resumed ? known.id : `v${randomBytes(15).toString('base64url')}`,
      account: account.id,
      issuedAt: port.clock.now().getTime(),
      origin: resumed ? known.origin : originOf(arrival),
      ...(resumed && known.proved && { proved: known.proved }),
    };
    return reply.code(201).send({ token: issueToken(port, visitor), resumed });
  });

  app.post('/webchat/messages', { bodyLimit: maxBodyBytes }, async (request, reply) => {
    const { visitor, live } = authenticate(bearer(request), request);
    return reply.code(202).send({ id: await accept(live, visitor, request.body) });
  });

  app.get('/webchat/messages', async (request, reply) => {
    const { visitor, live } = authenticate(bearer(request), request);
    const { after, limit, wait } = parseInput(listSchema, request.query);
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const items = await readItems(
      live,
      visitor.id,
      after,
      limit,
      wait * 1000,
      AbortSignal.any([gone.signal, closing.signal]),
    );
    return reply.header('cache-control', 'no-store').send({ items, cursor: items.at(-1)?.seq ?? after });
  });

  if (deps.files) await fileRoutes(app, authenticate, deps.files);
  if (deps.identity) identityRoutes(app, authenticate, deps.identity);

  app.get(
    '/webchat/socket',
    {
      websocket: true,
      // Refused before the upgrade, so that a wrong token is a plain 401.
      preValidation: async (request) => {
        const token = protocolToken(request);
        if (token) authenticate(token, request);
      },
    },
    (socket, request) => {
      const { after } = request.query as { after?: string };
      serveSocket(
        socket,
        { authenticate: (token) => authenticate(token, request), accept },
        protocolToken(request),
        cursorOf(after),
      );
    },
  );

  function authenticate(
    token: string | undefined,
    request: FastifyRequest,
  ): { visitor: Visitor; live: LiveDeps } {
    const account = deps.accounts().find(({ id }) => id === claimedAccount(token ?? ''));
    const visitor = account && readToken(account.port, token!, account.settings.visitorDays);
    if (!visitor || visitor.account !== account.id) throw new AppError('auth.required');
    if (!isWelcome(request, account)) throw notWelcome(request);
    return {
      visitor,
      live: { account, transcript: deps.transcript, mediaUrl: deps.mediaUrl ?? account.port.media.url },
    };
  }

  async function accept({ account }: LiveDeps, visitor: Visitor, message: unknown): Promise<string> {
    spend(limitersOf(account).messages, visitor.id);
    const event = await readMessage(message, visitor, account.port.clock.now(), async (ids) => {
      if (!deps.files) throw invalid('files', 'are not taken here');
      return deps.files.refs(ownerOf(visitor), ids);
    });
    await account.port.accept([event]);
    return event.id;
  }

  function find(id: string | undefined, request: FastifyRequest): WebchatAccount {
    const account = id ? deps.accounts().find((candidate) => candidate.id === id) : deps.accounts()[0];
    if (!account) throw new AppError('channel.unknown', { channel: 'webchat', account: id ?? '' });
    if (!isWelcome(request, account)) throw notWelcome(request);
    return account;
  }

  function limitersOf({ id, settings, port }: WebchatAccount) {
    const kept = limiters.get(id) ?? {
      messages: createLimiter({ max: settings.messagesPerMinute, perMs: 60_000, clock: port.clock }),
      sessions: createLimiter({ max: settings.sessionsPerMinute, perMs: 60_000, clock: port.clock }),
    };
    limiters.set(id, kept);
    return kept;
  }
}

function spend(limiter: Limiter, key: string): void {
  const waitMs = limiter.take(key);
  if (waitMs) throw new AppError('rate.limited', { seconds: Math.ceil(waitMs / 1000) });
}

const isWelcome = (request: FastifyRequest, { settings, port }: WebchatAccount): boolean =>
  isOriginAllowed(request.headers.origin, settings.allowedOrigins, [
    request.headers.host,
    hostOf(port.publicUrl),
  ]);
const notWelcome = (request: FastifyRequest) =>
  new AppError('auth.forbidden', { action: 'embed', subject: `this chat on ${request.headers.origin}` });
/** Browsers cannot put a header on a WebSocket: the token is the second subprotocol offered, after `parley`. */
const protocolToken = (request: FastifyRequest): string | undefined =>
  request.headers['sec-websocket-protocol']
    ?.split(',')
    .map((part) => part.trim())
    .find((part) => part.includes('.'));
const isLoopback = (ip: string) => ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.');

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const known = isAppError(error) ? error : translate(error, request.routeOptions.bodyLimit);
  if (known.status >= 500) request.log.error({ err: error }, 'a web chat request failed');
  if (known.code === 'rate.limited') reply.header('retry-after', String(known.details.seconds));
  return reply.code(known.status).send(known.toJSON());
}

function translate(error: FastifyError, limit = maxBodyBytes): AppError {
  if (error.statusCode === 413)
    return new AppError('input.too_large', {
      limit: limit < 1e6 ? `${limit / 1024} KB` : `${Math.floor(limit / 1e6)} MB`,
    });
  if (error.statusCode && error.statusCode < 500) {
    return new AppError('input.malformed', {
      problem: error.message,
      fields: [{ path: 'body', message: error.message }],
    });
  }
  return new AppError('internal', { incident: 'web chat' }, error);
}
