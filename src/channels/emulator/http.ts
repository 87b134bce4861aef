/** The few parts of an HTTP server that the played providers need. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Call = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  raw: Buffer;
  body: Record<string, any>;
  drop(): void;
};
export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; raw?: Buffer };
/** Answers undefined for a path that is not its own. */
export type Routes = (call: Call) => Promise<Answer | undefined> | Answer | undefined;

export async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes[],
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://emulator');
  const raw = await read(request);
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    raw,
    body: parse(raw, request.headers['content-type'] ?? ''),
    drop: () => request.socket.destroy(),
  };
  for (const route of routes) {
    const answer = await route(call);
    if (!answer) continue;
    if (request.socket.destroyed) return;
    const body =
      answer.raw ??
      (answer.body === undefined
        ? ''
        : typeof answer.body === 'string'
          ? answer.body
          : JSON.stringify(answer.body));
    response.writeHead(answer.status ?? 200, {
      'content-type': typeof answer.body === 'string' ? 'text/plain' : 'application/json',
      ...answer.headers,
    });
    response.end(body);
    return;
  }
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      error: { message: `the emulator does not play ${request.method} ${url.pathname}`, code: 2500 },
    }),
  );
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** JSON, or a form whose structured fields are JSON text, as Slack's SDK sends them. */
function parse(raw: Buffer, type: string): Record<string, any> {
  if (!raw.length || type.startsWith('multipart/')) return {};
  const text = raw.toString('utf8');
  if (type.startsWith('application/json')) return tryJson(text) as Record<string, any>;
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([key, value]) => [key, /^[[{]/.test(value) ? tryJson(value) : value]),
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
