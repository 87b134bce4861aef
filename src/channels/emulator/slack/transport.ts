/**
 * How Slack reaches the app: signed HTTP, or Socket Mode while a client is connected.
 * After docs.slack.dev/authentication/verifying-requests-from-slack and /apis/events-api/using-socket-mode.
 */
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Delivery, World } from '../types.ts';
import { createSender } from '../webhooks.ts';
import type { SlackState } from './state.ts';

export type Kind = 'slash_commands' | 'interactive' | 'events_api';
export type Transport = {
  deliver(kind: Kind, payload: Record<string, any>): Promise<Delivery>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  connections(): number;
  /** What Slack does when it recycles a connection. */
  disconnectAll(reason: 'warning' | 'refresh_requested'): void;
  retryDue(): Promise<void>;
  pending(): number;
  close(): void;
};

/** The Events API retries at once, after a minute and after five; commands and clicks are not retried. */
const eventBackoff = [0, 60_000, 300_000];

/** @param ackMs how long an acknowledgement over the socket is waited for; Slack's own measure is 3 s. */
export function createTransport(
  world: World,
  state: SlackState,
  target: () => string,
  ackMs = 3000,
): Transport {
  const sockets = new Set<WebSocket>();
  const acks = new Map<string, (payload: unknown) => void>();
  const server = new WebSocketServer({ noServer: true });
  const events = createSender(world, 'slack', eventBackoff);
  const once = createSender(world, 'slack', []);
  const heartbeat = setInterval(() => {
    for (const socket of sockets) socket.ping('emulator');
  }, 5000);
  heartbeat.unref();

  server.on('connection', (socket) => {
    sockets.add(socket);
    world.bus.emit('change');
    socket.on('close', () => {
      sockets.delete(socket);
      world.bus.emit('change');
    });
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown };
      acks.get(envelope_id)?.(payload);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.size,
        connection_info: { app_id: state.account.appId },
      }),
    );
  });

  async function bySocket(socket: WebSocket, kind: Kind, payload: Record<string, any>): Promise<Delivery> {
    const fault = world.takeFault('slack', ['duplicate', 'drop'] as const);
    if (fault === 'drop') return { acknowledged: false, status: 0, body: undefined, attempts: 1 };
    const envelope = {
      envelope_id: `env-${world.next()}`,
      type: kind,
      accepts_response_payload: kind !== 'events_api',
      payload,
    };
    const first = acknowledged(envelope.envelope_id);
    socket.send(JSON.stringify(envelope));
    const answer = await first;
    if (fault === 'duplicate' || (!answer.acknowledged && kind === 'events_api')) {
      const again = acknowledged(envelope.envelope_id);
      socket.send(JSON.stringify({ ...envelope, retry_attempt: 1, retry_reason: 'timeout' }));
      return { ...(await again), attempts: 2 };
    }
    return answer;
  }

  function acknowledged(id: string): Promise<Delivery> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(false, undefined), ackMs);
      const done = (acknowledged: boolean, body: unknown) => {
        clearTimeout(timer);
        acks.delete(id);
        resolve({ acknowledged, status: acknowledged ? 200 : 0, body, attempts: 1 });
      };
      acks.set(id, (payload) => done(true, payload));
    });
  }

  function byHttp(kind: Kind, payload: Record<string, any>): Promise<Delivery> {
    const isJson = kind === 'events_api';
    const body = isJson
      ? JSON.stringify(payload)
      : new URLSearchParams(
          kind === 'interactive' ? { payload: JSON.stringify(payload) } : payload,
        ).toString();
    const headers = (attempt: number) => ({
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      ...signature(body, world.clock.now(), state.account.signingSecret),
      ...(attempt > 1 && { 'x-slack-retry-num': String(attempt - 1), 'x-slack-retry-reason': 'http_error' }),
    });
    return (isJson ? events : once).send({ url: target, headers, body });
  }

  return {
    deliver: (kind, payload) => {
      const socket = [...sockets].at(-1);
      return socket ? bySocket(socket, kind, payload) : byHttp(kind, payload);
    },
    upgrade(request, socket, head) {
      if (!request.url?.startsWith('/_socket')) return false;
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
      return true;
    },
    connections: () => sockets.size,
    disconnectAll(reason) {
      for (const socket of sockets) {
        socket.send(JSON.stringify({ type: 'disconnect', reason }));
        socket.close();
      }
    },
    retryDue: events.retryDue,
    pending: events.pending,
    close() {
      clearInterval(heartbeat);
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
}

/** The two headers of a signed request. */
export function signature(body: string, at: Date, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` };
}
