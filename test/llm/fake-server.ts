import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Sent = { headers: IncomingMessage['headers']; body: Record<string, any>; raw: string };
export type Play = (response: ServerResponse, sent: Sent) => void;

/** A language server of ours on the loopback: plays one scripted answer a call, the last one for ever. */
export async function fakeServer(): Promise<{
  url: string;
  sent: Sent[];
  plays(...script: Play[]): void;
  close(): Promise<void>;
}> {
  const sent: Sent[] = [];
  let script: Play[] = [];
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk) => {
      raw += chunk;
    });
    request.on('end', () => {
      const call = { headers: request.headers, body: raw ? JSON.parse(raw) : {}, raw };
      sent.push(call);
      (script.length > 1 ? script.shift()! : script[0]!)(response, call);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    sent,
    plays: (...plays) => {
      script = plays;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export const completion =
  (content: unknown, { tokens = 120, finish = 'stop' } = {}): Play =>
  (response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'c1',
        object: 'chat.completion',
        created: 1,
        model: 'fake',
        choices: [
          {
            index: 0,
            finish_reason: finish,
            message: {
              role: 'assistant',
              content: typeof content === 'string' ? content : JSON.stringify(content),
            },
          },
        ],
        usage: { prompt_tokens: tokens - 20, completion_tokens: 20, total_tokens: tokens },
      }),
    );
  };

export const status =
  (code: number, headers: Record<string, string> = {}): Play =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message: 'no', type: 'x' } }));
  };

export const silence: Play = () => {};
/** Headers and the beginning of a body, and then nothing. */
export const stalled: Play = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"id":"c1",');
};
export const cutOff: Play = (response) => response.destroy();
