/**
 * The live line of a widget. Frames are JSON with a `type`.
 *   from the widget: hello {token, after} (when the token was no subprotocol) · message {clientMessageId, text|press} · ping
 *   from us: ready {visitor} · items {items} · accepted {clientMessageId, id} · error {clientMessageId?, error} · pong
 */
import type { WebSocket } from 'ws';
import { AppError, isAppError } from '../../core/errors.ts';
import { follow, type LiveDeps } from './live.ts';
import type { Visitor } from './token.ts';

export type SocketDeps = {
  /** @throws auth.required when the token is not good. */
  authenticate(token: string): { visitor: Visitor; live: LiveDeps };
  /** Durable when it resolves; answers the event id. */
  accept(live: LiveDeps, visitor: Visitor, message: unknown): Promise<string>;
};

const helloMs = 10_000;
const heartbeatMs = 25_000;
/** A reader that takes nothing is cut off; it comes back with its cursor. */
const maxBuffered = 1_000_000;

export function serveSocket(
  socket: WebSocket,
  deps: SocketDeps,
  token: string | undefined,
  after: number,
): void {
  let session: { visitor: Visitor; live: LiveDeps; feed: ReturnType<typeof follow> } | undefined;
  let alive = true;
  let queue = Promise.resolve();

  const say = (frame: object) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > maxBuffered) return socket.terminate();
    socket.send(JSON.stringify(frame));
  };
  const begin = (claimed: string, cursor: number) => {
    const { visitor, live } = deps.authenticate(claimed);
    session = {
      visitor,
      live,
      feed: follow(live, visitor.id, cursor, (items) => say({ type: 'items', items })),
    };
    say({ type: 'ready', visitor: visitor.id });
    void session.feed.pull();
  };

  const tooLate = setTimeout(() => !session && socket.close(4401, 'no hello'), helloMs);
  const heartbeat = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
    void session?.feed.pull();
  }, heartbeatMs);

  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data) => {
    alive = true;
    // One after another: a visitor's messages keep their order.
    queue = queue.then(() => receive(data.toString()));
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearTimeout(tooLate);
    clearInterval(heartbeat);
    session?.feed.stop();
  });
  if (token) begin(token, after);

  async function receive(text: string): Promise<void> {
    let clientMessageId: unknown;
    try {
      const frame = parseFrame(text);
      clientMessageId = frame.clientMessageId;
      if (frame.type === 'ping') return say({ type: 'pong' });
      if (frame.type === 'hello' && !session) return begin(String(frame.token ?? ''), cursorOf(frame.after));
      if (!session) throw new AppError('auth.required');
      if (frame.type !== 'message')
        throw new AppError('input.malformed', {
          problem: `type: ${JSON.stringify(frame.type)} is not known`,
        });
      say({ type: 'accepted', clientMessageId, id: await deps.accept(session.live, session.visitor, frame) });
    } catch (error) {
      const known = isAppError(error)
        ? error
        : new AppError('internal', { incident: 'a web chat message' }, error);
      if (!isAppError(error))
        session?.live.account.port.log.error({ err: error }, 'a web chat message was not accepted');
      say({ type: 'error', clientMessageId, ...known.toJSON() });
      if (known.code === 'auth.required') socket.close(4401, 'sign in again');
    }
  }
}

function parseFrame(text: string): Record<string, unknown> {
  try {
    const frame: unknown = JSON.parse(text);
    if (frame && typeof frame === 'object' && !Array.isArray(frame)) return frame as Record<string, unknown>;
  } catch {}
  throw new AppError('input.malformed', { problem: 'a frame must be a JSON object' });
}

export const cursorOf = (value: unknown): number => {
  const cursor = Number(value ?? 0);
  return Number.isSafeInteger(cursor) && cursor >= 0 ? cursor : 0;
};
