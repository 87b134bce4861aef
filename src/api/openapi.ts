/** OpenAPI 3.1 out of the catalogue: `/api/openapi.json`, and a page to read it at `/api/docs`. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Catalogue } from '../core/catalogue.ts';
import type { Handler } from '../core/define.ts';
import type { ApiDeps } from './server.ts';

export async function openapiRoutes(app: FastifyInstance, { catalogue }: ApiDeps): Promise<void> {
  let document: object | undefined;
  app.get('/api/openapi.json', async () => (document ??= openapi(catalogue)));

  const assets = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));
  await app.register(fastifyStatic, {
    root: assets,
    prefix: '/api/docs/assets/',
    index: false,
    decorateReply: false,
  });
  app.get('/api/docs', async (_request, reply) => reply.type('text/html').send(page));
  app.get('/api/docs/start.js', async (_request, reply) => reply.type('text/javascript').send(start));
}

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Parley API</title><link rel="stylesheet" href="/api/docs/assets/swagger-ui.css"><div id="api"></div>
<script src="/api/docs/assets/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></html>`;
const start = "SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', docExpansion: 'none' });";

export function openapi(catalogue: Catalogue): object {
  const paths: Record<string, object> = {};
  for (const handler of catalogue.handlers) {
    const { operation } = handler;
    if (operation.permission === 'system') continue;
    if (operation.kind === 'command') paths[`/api/commands/${operation.name}`] = { post: body(handler) };
    else if (operation.path)
      paths[`/api${operation.path.replace(/:(\w+)/g, '{$1}')}`] = {
        get: parameters(handler, operation.path),
      };
    else paths[`/api/queries/${operation.name}`] = { post: body(handler) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version: '1',
      description: 'Every command and query of the catalogue. Sign in with `POST /api/auth/login`.',
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'parley_session' },
      },
      schemas: { Error: schemaOf(errorShape, 'output') },
    },
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
  };
}

const errorShape = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    retryable: z.boolean(),
    details: z.record(z.string(), z.unknown()),
  }),
});

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, any> => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, any>;
  return rest;
};

const about = ({ operation }: Handler) => ({
  operationId: operation.name,
  summary: operation.summary,
  tags: [operation.name.split('.')[0]],
  ...(operation.permission === 'public' && { security: [] }),
  responses: {
    200: {
      description: 'Done',
      content: { 'application/json': { schema: schemaOf(operation.output, 'output') } },
    },
    default: {
      description: 'Refused or failed',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  },
});

const body = (handler: Handler) => ({
  ...about(handler),
  requestBody: {
    required: true,
    content: { 'application/json': { schema: schemaOf(handler.operation.input, 'input') } },
  },
});

function parameters(handler: Handler, path: string): object {
  const { properties = {}, required = [] } = schemaOf(handler.operation.input, 'input');
  const parameter = ([name, schema]: [string, unknown]) => {
    const inPath = path.includes(`:${name}`);
    return { name, in: inPath ? 'path' : 'query', required: inPath || required.includes(name), schema };
  };
  return { ...about(handler), parameters: Object.entries(properties).map(parameter) };
}
