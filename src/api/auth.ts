import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { UserActor } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import { parseInput } from '../core/validate.ts';
import { signIn, signOut, whoIs } from '../domain/staff/sign-in.ts';
import type { ApiDeps } from './server.ts';

const cookieName = 'parley_session';
const loginBody = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(200) });

/** `POST /api/auth/login {email, password}` → cookie, and `{token}` for bearer use. */
export function authRoutes(app: FastifyInstance, { clock }: ApiDeps): void {
  app.post(
    '/api/auth/login',
    { config: { rateLimit: { max: 20, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const { token, userId, name } = await signIn(parseInput(loginBody, request.body), clock);
      reply.setCookie(cookieName, token, {
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
        secure: request.protocol === 'https',
        maxAge: 14 * 86_400,
      });
      return { token, user: { id: userId, name } };
    },
  );

  app.post('/api/auth/logout', async (request, reply) => {
    const token = tokenOf(request);
    if (token) await signOut(token);
    reply.clearCookie(cookieName, { path: '/' });
    return { ok: true };
  });
}

/** Who calls, with the rights of this moment; throws `auth.required`. */
export async function actorOfRequest(request: FastifyRequest, { clock }: ApiDeps): Promise<UserActor> {
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
