import { type Doc, decode, encode } from '../bson/index.ts';

export const OpCode = { reply: 1, query: 2004, compressed: 2012, message: 2013 } as const;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
export const MAX_MESSAGE_BYTES = 48_000_000;
/** Of somebody who has not said yet who it is: enough for that. */
export const MAX_STRANGER_BYTES = 65_536;

/** One command as it came in: its body, and the documents that travelled beside it, still encoded. */
export interface Request {
  id: number;
  opCode: number;
  body: Doc;
  sequences: Map<string, Uint8Array[]>;
  /** The client does not wait for a reply (w: 0). */
  isUnacknowledged: boolean;
}

export class MalformedMessageError extends Error {}

/** Cuts a byte stream into messages. */
export class MessageReader {
  /** Longer messages are refused, before they have been read. */
  maxBytes = MAX_MESSAGE_BYTES;
  #pending: Buffer[] = [];
  #length = 0;

  /** Whole messages that are complete with this chunk, header included. */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#pending.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= 16) {
      if (this.#pending[0]!.length < 4) this.#join();
      const size = this.#pending[0]!.readInt32LE(0);
      if (size < 16 || size > this.maxBytes) {
        throw new MalformedMessageError(`Message length ${size} is out of range.`);
      }
      if (this.#length < size) return;
      if (this.#pending[0]!.length < size) this.#join();
      const first = this.#pending[0]!;
      yield first.subarray(0, size);
      this.#length -= size;
      if (first.length === size) this.#pending.shift();
      else this.#pending[0] = first.subarray(size);
    }
  }

  #join(): void {
    this.#pending = [Buffer.concat(this.#pending)];
  }
}

export function parseRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OpCode.message) return parseMessage(message, id);
  if (opCode === OpCode.query) return parseQuery(message, id);
  throw new MalformedMessageError(`Operation code ${opCode} is not supported.`);
}

/** The reply in the form the request came in. */
export function encodeReply(request: Request, reply: Doc): Buffer {
  const body = encode(reply);
  return request.opCode === OpCode.query ? legacyReply(request.id, body) : messageReply(request.id, body);
}

function parseMessage(message: Buffer, id: number): Request {
  const flags = message.readUInt32LE(16);
  const unknown = flags & 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);
  if (unknown !== 0) throw new MalformedMessageError(`Unknown required message flags ${unknown}.`);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const sequences = new Map<string, Uint8Array[]>();
  let body: Doc | undefined;
  let at = 20;
  while (at < end) {
    const kind = message[at++];
    const size = at + 4 <= end ? message.readInt32LE(at) : -1;
    if (size < 5 || at + size > end) throw new MalformedMessageError('A section exceeds its message.');
    if (kind === 0) {
      if (body !== undefined) throw new MalformedMessageError('More than one body section.');
      body = decode(message.subarray(at, at + size));
    } else if (kind === 1) {
      readSequence(message.subarray(at + 4, at + size), sequences);
    } else {
      throw new MalformedMessageError(`Unknown section kind ${kind}.`);
    }
    at += size;
  }
  if (body === undefined) throw new MalformedMessageError('A message without a body.');
  return { id, opCode: OpCode.message, body, sequences, isUnacknowledged: (flags & MORE_TO_COME) !== 0 };
}

function readSequence(section: Buffer, sequences: Map<string, Uint8Array[]>): void {
  const zero = section.indexOf(0);
  if (zero < 0) throw new MalformedMessageError('A document sequence without a name.');
  const documents: Uint8Array[] = [];
  let at = zero + 1;
  while (at < section.length) {
    const size = at + 4 <= section.length ? section.readInt32LE(at) : -1;
    if (size < 5 || at + size > section.length) {
      throw new MalformedMessageError('A document exceeds its sequence.');
    }
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  sequences.set(section.toString('utf8', 0, zero), documents);
}

/** OP_QUERY survives only for the first hello: `db.$cmd` and one document. */
function parseQuery(message: Buffer, id: number): Request {
  const zero = message.indexOf(0, 20);
  const start = zero + 9;
  if (zero < 0 || start + 4 > message.length) throw new MalformedMessageError('A query is cut short.');
  const size = message.readInt32LE(start);
  if (size < 5 || start + size > message.length) throw new MalformedMessageError('A query is cut short.');
  const body = decode(message.subarray(start, start + size));
  const collection = message.toString('utf8', 20, zero);
  if (!body.has('$db')) body.set('$db', collection.slice(0, collection.indexOf('.')));
  return { id, opCode: OpCode.query, body, sequences: new Map(), isUnacknowledged: false };
}

function messageReply(requestId: number, body: Uint8Array): Buffer {
  const reply = Buffer.allocUnsafe(21 + body.length);
  header(reply, requestId, OpCode.message);
  reply.writeUInt32LE(0, 16);
  reply[20] = 0;
  reply.set(body, 21);
  return reply;
}

function legacyReply(requestId: number, body: Uint8Array): Buffer {
  const reply = Buffer.alloc(36 + body.length);
  header(reply, requestId, OpCode.reply);
  reply.writeInt32LE(8, 16);
  reply.writeInt32LE(1, 32);
  reply.set(body, 36);
  return reply;
}

let replies = 0;

function header(reply: Buffer, requestId: number, opCode: number): void {
  replies = (replies + 1) | 0;
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(replies, 4);
  reply.writeInt32LE(requestId, 8);
  reply.writeInt32LE(opCode, 12);
}
