import type { Socket } from 'node:net';
import type { Client, ServerState } from '../commands/context.ts';
import { dispatch, storageFailure } from '../commands/dispatch.ts';
import { letGo } from '../operations/commands.ts';
import {
  encodeReply,
  MAX_MESSAGE_BYTES,
  MAX_STRANGER_BYTES,
  MessageReader,
  parseRequest,
  type Request,
} from './messages.ts';

/** Serves one client: commands one after another, each answered when what it wrote is on the disk. */
export function serveConnection(server: ServerState, socket: Socket, client: Client): void {
  const reader = new MessageReader();
  const queue: Request[] = [];
  let isRunning = false;

  const run = async (): Promise<void> => {
    isRunning = true;
    for (let request = queue.shift(); request !== undefined; request = queue.shift()) {
      const reply = await dispatch(server, client, request);
      if (reply === undefined) socket.destroy();
      if (socket.destroyed || reply === undefined) break;
      if (!request.isUnacknowledged) await send(request, reply);
    }
    isRunning = false;
  };

  const send = (request: Request, reply: import('../bson/index.ts').Doc): Promise<void> | undefined => {
    let waiter: (() => void) | undefined;
    let isSent = false;
    server.store.whenDurable((error) => {
      socket.write(encodeReply(request, error === undefined ? reply : storageFailure(server, error)));
      isSent = true;
      waiter?.();
    });
    if (isSent) return undefined;
    return new Promise((resolve) => {
      waiter = resolve;
    });
  };

  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    reader.maxBytes = client.isTrusted || client.identity ? MAX_MESSAGE_BYTES : MAX_STRANGER_BYTES;
    try {
      for (const message of reader.push(chunk)) queue.push(parseRequest(message));
    } catch (error) {
      // What is not the protocol cannot be answered in it.
      server.log(`connection ${client.id}: ${(error as Error).message}`);
      socket.destroy();
      return;
    }
    if (!isRunning && queue.length > 0) void run();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    queue.length = 0;
    server.sessions.abandon(client.id);
    letGo(server, client.id);
  });
}
