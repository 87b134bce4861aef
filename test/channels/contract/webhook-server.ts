/** Puts a channel account's webhook on loopback, as the product's HTTP server does, and a few files beside it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelAccount } from '../../../src/core/define.ts';
import { call } from './suite.ts';

export async function webhookServer(
  account: () => ChannelAccount,
  files: Record<string, { mime: string; body: Buffer }> = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const file = files[request.url ?? ''];
    if (file) return void response.writeHead(200, { 'content-type': file.mime }).end(file.body);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await call(account(), {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      query: {},
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks),
    });
    const isText = typeof answer.body === 'string';
    response.writeHead(answer.status, {
      'content-type': isText ? 'text/plain' : 'application/json',
      ...answer.headers,
    });
    response.end(answer.body === undefined ? '' : isText ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
