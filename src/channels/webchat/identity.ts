/** A visitor shows who they are by a one-time code, or takes a code of ours along to another channel. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import type { Identity } from '../../core/messaging.ts';
import { invalid, parseInput } from '../../core/validate.ts';
import type { LiveDeps } from './live.ts';
import { bearer } from './origins.ts';
import { issueToken, type Visitor } from './token.ts';

type Place = { channel: 'webchat'; account: string; thread: string };
export type VisitorIdentity = {
  /** How codes can be sent here. */
  ways(): ('phone' | 'email')[];
  send(
    place: Place,
    to: { phone?: string; email?: string; language?: string },
  ): Promise<
    { sent: true; to: string; by: string } | { sent: false; problem: 'unreadable' | 'no-way' | 'too-often' }
  >;
  confirm(
    place: Place,
    code: string,
  ): Promise<{ proved: true; identity: Identity } | { proved: false; triesLeft: number }>;
  /** Undefined while nothing was said. */
  pass(place: Place): Promise<string | undefined>;
};

type Authenticate = (
  token: string | undefined,
  request: FastifyRequest,
) => { visitor: Visitor; live: LiveDeps };

const addressSchema = z
  .object({
    phone: z.string().max(40).optional(),
    email: z.string().max(320).optional(),
    language: z.string().max(20).optional(),
  })
  .refine(({ phone, email }) => phone || email, { path: ['phone'], message: 'is required, or email' });
const codeSchema = z.object({ code: z.string().min(1).max(20) });

export function identityRoutes(
  app: FastifyInstance,
  authenticate: Authenticate,
  identity: VisitorIdentity,
): void {
  app.post('/webchat/identity', async (request, reply) => {
    const { visitor } = authenticate(bearer(request), request);
    const address = parseInput(addressSchema, request.body);
    const sent = await identity.send(placeOf(visitor), address);
    if (sent.sent) return reply.code(202).send({ to: sent.to, by: sent.by });
    if (sent.problem === 'too-often') throw new AppError('rate.limited', { seconds: 3600 });
    const field = address.phone ? 'phone' : 'email';
    throw invalid(field, sent.problem === 'no-way' ? 'cannot be reached from here' : 'cannot be read');
  });

  /** A new token: what is written with it is known to come from whoever has that address. */
  app.post('/webchat/identity/code', async (request) => {
    const { visitor, live } = authenticate(bearer(request), request);
    const { code } = parseInput(codeSchema, request.body);
    const answer = await identity.confirm(placeOf(visitor), code);
    if (!answer.proved) throw new AppError('identity.wrong_code', { left: answer.triesLeft });
    const others = (visitor.proved ?? []).filter(({ scheme }) => scheme !== answer.identity.scheme);
    const { port } = live.account;
    const token = issueToken(port, {
      ...visitor,
      issuedAt: port.clock.now().getTime(),
      proved: [...others, answer.identity],
    });
    return { token };
  });

  app.post('/webchat/pass', async (request, reply) => {
    const { visitor, live } = authenticate(bearer(request), request);
    const { whatsapp } = live.account.settings;
    const code = whatsapp && (await identity.pass(placeOf(visitor)));
    if (!code) return reply.code(204).send();
    const text = `Continue ${code}`;
    return { text, url: `https://wa.me/${whatsapp.slice(1)}?text=${encodeURIComponent(text)}` };
  });
}

const placeOf = ({ account, id }: Visitor): Place => ({ channel: 'webchat', account, thread: id });
