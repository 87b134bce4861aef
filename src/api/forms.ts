/**
 * `GET /forms/<key>`: what a site's form asks. `POST /forms/<key>`: a filled-in one, `202` when it is durable.
 * `/forms/<key>/page`: the form on a page of its own. The key stands in public pages: sites are told apart by their origin.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FormIntake } from '../domain/forms/contract.ts';

type Keyed = { Params: { key: string } };
const limit = 64 * 1024;

export async function formRoutes(app: FastifyInstance, intake: FormIntake): Promise<void> {
  await app.register(async (scope) => {
    // A refusal must be readable for the page that asked: which sites may ask is decided at the form.
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('vary', 'Origin');
      if (request.headers.origin) {
        reply.header('access-control-allow-origin', request.headers.origin);
        reply.header('access-control-allow-headers', 'content-type');
        reply.header('access-control-allow-methods', 'GET, POST, OPTIONS');
        reply.header('access-control-max-age', '86400');
      }
    });
    scope.options('/forms/:key', async (_request, reply) => reply.code(204).send());
    scope.get<Keyed>('/forms/:key', async (request, reply) => {
      const shown = await intake.show(request.params.key, foreign(request));
      return reply.header('cache-control', 'no-cache').send(shown);
    });
    scope.post<Keyed>('/forms/:key', { bodyLimit: limit }, async (request, reply) => {
      const origin = foreign(request);
      const { ip, body } = request;
      return reply
        .code(202)
        .send(await intake.receive(request.params.key, { ip, body, ...(origin && { origin }) }));
    });
    scope.get<Keyed>('/forms/:key/page', async (request, reply) => {
      const { title } = await intake.show(request.params.key, undefined);
      return reply.type('text/html; charset=utf-8').send(page(request.params.key, title));
    });
  });
}

/** Our own pages are no other site. */
function foreign({ headers }: FastifyRequest): string | undefined {
  const { origin, host } = headers;
  return origin && URL.canParse(origin) && new URL(origin).host === host ? undefined : origin;
}

const page = (key: string, title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>body{margin:0;padding:24px 16px;background:#f5f8f7;display:grid;place-items:start center}main{width:100%;max-width:560px}</style>
</head>
<body><main><script src="/widget.js" data-form="${escaped(key)}" async></script></main></body>
</html>
`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
