/** Files in and out: leads to import (up to 50 MB, read as they come), the rows kept aside, leads to take along. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { UserActor } from '../core/actor.ts';
import type { Bus } from '../core/bus.ts';
import type { Clock } from '../core/clock.ts';
import { importErrors } from '../domain/imports/contract.ts';
import { exportPage } from '../domain/leads/contract.ts';
import { csvLine } from '../render/csv.ts';
import { xlsxStream } from '../render/xlsx-stream.ts';
import { actorOfRequest } from './auth.ts';

export type ImportRoutesDeps = {
  bus: Bus;
  clock: Clock;
  intake: {
    authorise(actor: UserActor): void;
    receive(actor: UserActor, filename: string, body: Readable): Promise<string>;
  };
};

export async function importRoutes(app: FastifyInstance, deps: ImportRoutesDeps): Promise<void> {
  const { bus, intake } = deps;
  const caller = async (request: FastifyRequest) => ({
    actor: await actorOfRequest(request, deps),
    surface: request.headers.cookie ? ('console' as const) : ('api' as const),
  });

  // In a scope of its own: only here a body of any type comes as it is.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    /** The body is the file. Answers `{importId}`; nothing is imported until `import.start`. */
    scope.post<{ Querystring: { filename?: string } }>(
      '/api/imports',
      {
        config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
        // Before anything of the file is taken.
        onRequest: async (request) => intake.authorise((await caller(request)).actor),
      },
      async (request, reply) => {
        const { actor } = await caller(request);
        const body = (request.body as Readable | undefined) ?? Readable.from([]);
        const importId = await intake.receive(actor, request.query.filename ?? 'file', body);
        return reply.status(201).send({ importId });
      },
    );
  });

  app.get<{ Params: { importId: string } }>('/api/imports/:importId/errors.csv', async (request, reply) => {
    const { importId } = request.params;
    const ask = async (page: number) => bus.query(importErrors, { importId, page }, await caller(request));
    const head = await ask(0);
    async function* lines() {
      yield `\ufeff${csvLine([...head.columns, 'Row', 'What is wrong'])}`;
      for (let part = head; ; part = await ask(part.nextPage)) {
        yield part.rows
          .map(({ n, cells, problems }) =>
            csvLine([
              ...head.columns.map((_, at) => cells[at] ?? ''),
              String(n),
              problems.map(({ field, message }) => `${field}: ${message}`).join(' '),
            ]),
          )
          .join('');
        if (part.nextPage === undefined) return;
      }
    }
    return file(
      reply,
      `${head.filename.replace(/\.\w+$/, '')} - not imported.csv`,
      'text/csv; charset=utf-8',
      lines(),
    );
  });

  app.get<{ Params: { exportId: string } }>('/api/exports/:exportId', async (request, reply) => {
    const { exportId } = request.params;
    // Rights are of the moment: asked anew for each page.
    const ask = async (cursor?: string) => bus.query(exportPage, { exportId, cursor }, await caller(request));
    const head = await ask();
    async function* pages() {
      for (let part = head; ; part = await ask(part.nextCursor)) {
        yield part.rows;
        if (!part.nextCursor) return;
      }
    }
    if (head.format === 'csv')
      return file(reply, head.filename, 'text/csv; charset=utf-8', csv(head.columns, pages()));
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return file(reply, head.filename, type, xlsxStream('Leads', head.columns, pages()));
  });
}

async function* csv(columns: string[], pages: AsyncIterable<(string | number | null)[][]>) {
  yield `\ufeff${csvLine(columns)}`;
  for await (const rows of pages)
    yield rows.map((row) => csvLine(row.map((cell) => (cell === null ? '' : String(cell))))).join('');
}

const file = (reply: FastifyReply, name: string, type: string, parts: AsyncIterable<string | Buffer>) =>
  reply
    .type(type)
    .header('cache-control', 'no-store')
    .header(
      'content-disposition',
      `attachment; filename="${name.replace(/[^\w. -]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .send(Readable.from(parts, { objectMode: false }));
