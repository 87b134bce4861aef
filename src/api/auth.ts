import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { UserActor } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import { parseInput } from '../core/validate.ts';
import { impersonate } from '../domain/staff/contract.ts';
import { signIn, signOut, whoIs } from '../domain/staff/sign-in.ts';
import type { ApiDeps } from './server.ts';

const cookieName = 'parley_session';
/** One's own session, while one acts as a colleague. */
const ownCookie = 'parley_own_session';
const loginBody = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(200) });

/** `POST /api/auth/login {email, password}` → cookie, and `{token}` for bearer use. */
export function authRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const { clock, bus } = deps;
  app.post(
    '/api/auth/login',
    { config: { rateLimit: { max: 20, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const { token, userId, name } = await signIn(parseInput(loginBody, request.body), clock);
      reply.setCookie(cookieName, token, { ...kept(request), maxAge: 14 * 86_400 });
      return { token, user: { id: userId, name } };
    },
  );

  app.post('/api/auth/logout', async (request, reply) => {
    const token = tokenOf(request);
    const own = request.cookies[ownCookie];
    for (const each of [token, own]) if (each) await signOut(each);
    reply.clearCookie(cookieName, { path: '/' }).clearCookie(ownCookie, { path: '/' });
    return { ok: true };
  });

  /** `{id, reason}`: the browser acts as this colleague until it stops, or for an hour. */
  app.post('/api/auth/impersonate', async (request, reply) => {
    const own = tokenOf(request);
    const actor = await actorOfRequest(request, deps);
    const input = parseInput(impersonate.input, request.body);
    const { token, name, expiresAt } = await bus.command(impersonate, input, { actor, surface: 'console' });
    if (own) reply.setCookie(ownCookie, own, kept(request));
    reply.setCookie(cookieName, token, { ...kept(request), maxAge: 3600 });
    return { name, expiresAt };
  });

  app.post('/api/auth/impersonate/stop', async (request, reply) => {
    const token = tokenOf(request);
    const own = request.cookies[ownCookie];
    if (token && own) await signOut(token);
    if (own) reply.setCookie(cookieName, own, kept(request)).clearCookie(ownCookie, { path: '/' });
    return { ok: true };
  });
}

const kept = ({ protocol }: FastifyRequest) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: protocol === 'https' }) as const;

/** Who calls, with the rights of this moment; throws `auth.required`. */
export async function actorOfRequest(
  request: FastifyRequest,
  { clock }: Pick<ApiDeps, 'clock'>,
): Promise<UserActor> {
  const token = tokenOf(request);
  if (!token) throw new AppError('auth.required');
  return whoIs(token, clock);
}

function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  const cookie = request.cookies[cookieName];
  if (cookie && request.method !== 'GET' && isForeign(request)) throw new AppError('auth.required');
  return cookie;
}

/** A cookie counts only for our own pages: another site's form or script is not signed in. */
function isForeign({ headers: { origin, host } }: FastifyRequest): boolean {
  if (!origin) return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    return true;
  }
}
