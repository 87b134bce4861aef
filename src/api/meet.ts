/**
 * `/meet/<token>`: whoever was invited confirms an appointment or chooses another time, without an account.
 * `/meet/<token>/invite.ics`, `/feeds/<token>.ics`: the same for calendars. Plain pages: no script, no cookie.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { systemActor } from '../core/actor.ts';
import type { Bus, Caller } from '../core/bus.ts';
import type { Config } from '../core/config.ts';
import { isAppError } from '../core/errors.ts';
import {
  answerInvitation,
  invitation,
  openInvitation,
  readCalendarFeed,
} from '../domain/calendar/contract.ts';
import { languageOf, meetPage, type Word } from './meet-page.ts';

const caller: Caller = { actor: systemActor('participant'), surface: 'api' };
const limited = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } };
type WithToken = { Params: { token: string }; Querystring: { said?: string } };

export async function meetRoutes(app: FastifyInstance, bus: Bus, config: Config): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 2000 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );

    scope.get<WithToken>('/meet/:token', limited, async (request, reply) => {
      const said = words.includes(request.query.said as Word) ? (request.query.said as Word) : undefined;
      return show(request, reply, request.params.token, said);
    });

    scope.post<WithToken>('/meet/:token', limited, async (request, reply) => {
      const { token } = request.params;
      const { startsAt } = (request.body ?? {}) as { startsAt?: string };
      try {
        await bus.command(answerInvitation, { token, ...(startsAt && { startsAt }) }, caller);
      } catch (error) {
        if (!isAppError(error)) throw error;
        // Taken or over meanwhile: the page says how it stands and what is free.
        return show(request, reply.status(error.status), token, 'notPossible');
      }
      return reply.redirect(
        `/meet/${encodeURIComponent(token)}?said=${startsAt ? 'moved' : 'confirmed'}`,
        303,
      );
    });

    scope.get<WithToken>('/meet/:token/invite.ics', limited, async (request, reply) => {
      const { appointmentId } = await bus.query(openInvitation, { token: request.params.token }, caller);
      const { ics, method } = appointmentId
        ? await bus.query(invitation, { appointmentId }, caller)
        : { ics: undefined, method: '' };
      return file(reply, ics, `text/calendar; charset=utf-8; method=${method}`, 'attachment');
    });

    scope.get<{ Params: { file: string } }>('/feeds/:file', limited, async (request, reply) => {
      const token = request.params.file.replace(/\.ics$/, '').slice(0, 200);
      const { ics } = await bus.query(readCalendarFeed, { token }, caller);
      return file(reply, ics, 'text/calendar; charset=utf-8', 'inline');
    });
  });

  async function show(request: FastifyRequest, reply: FastifyReply, token: string, said?: Word) {
    const seen = await bus.query(openInvitation, { token: token.slice(0, 200) }, caller);
    if (!seen.found && reply.statusCode === 200) reply.status(404);
    const language = languageOf(request.headers['accept-language'], config.app.organisation.locale);
    return reply
      .type('text/html; charset=utf-8')
      .headers(secret)
      .send(meetPage({ ...seen, token, said, language, organisation: config.app.organisation }));
  }

  function file(reply: FastifyReply, ics: string | undefined, type: string, disposition: string) {
    if (!ics)
      return reply.status(404).headers(secret).type('text/plain').send('There is nothing here (any more).');
    return reply
      .type(type)
      .headers({ ...secret, 'content-disposition': `${disposition}; filename="calendar.ics"` })
      .send(ics);
  }
}

const words: Word[] = ['confirmed', 'moved'];
/** The address is the key: it is not kept, indexed or handed on. */
const secret = {
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
};
