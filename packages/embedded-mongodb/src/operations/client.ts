import { connect, type Socket } from 'node:net';
import { type Doc, decode, encode, intValue } from '../bson/index.ts';
import { MongoServerFault } from '../errors.ts';
import { MessageReader, OpCode } from '../wire/messages.ts';
import { readOwner } from '../wire/owner-file.ts';

/** A connection to the server that has a data folder, for this package's own tools. */
export interface OwnerConnection {
  /** Rejects with MongoServerFault when the server refuses, with an Error when it goes away. */
  run(command: Doc): Promise<Doc>;
  close(): void;
  /** Is it a thread of this very process? */
  isOwn: boolean;
}

/** Undefined when no server has the folder. */
export async function connectOwner(dataDir: string): Promise<OwnerConnection | undefined> {
  const owner = readOwner(dataDir);
  if (owner === undefined) return undefined;
  const socket = connect({ path: owner.path });
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  return isOpen ? converse(socket, owner.pid === process.pid) : undefined;
}

function converse(socket: Socket, isOwn: boolean): OwnerConnection {
  const reader = new MessageReader();
  let waiting: { resolve: (reply: Doc) => void; reject: (error: Error) => void } | undefined;
  let id = 0;
  socket.on('data', (chunk: Buffer) => {
    for (const message of reader.push(chunk)) {
      waiting?.resolve(decode(message.subarray(21)));
      waiting = undefined;
    }
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => waiting?.reject(new Error('The server has ended in the middle of it.')));
  return {
    run: async (command) => {
      const reply = await new Promise<Doc>((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('The server has ended in the middle of it.'));
        waiting = { resolve, reject };
        socket.write(message(++id, encode(new Map([...command, ['$db', 'admin']]))));
      });
      if (intValue(reply.get('ok')) === 1) return reply;
      throw new MongoServerFault(
        intValue(reply.get('code')) ?? 1,
        String(reply.get('codeName')),
        String(reply.get('errmsg')),
      );
    },
    close: () => socket.destroy(),
    isOwn,
  };
}

function message(id: number, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(21 + body.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(id, 4);
  bytes.writeInt32LE(OpCode.message, 12);
  bytes.set(body, 21);
  return bytes;
}
