import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BSON, MongoClient, type MongoClientOptions } from 'mongodb';
import { type EmbeddedServer, startEmbedded } from '../../src/index.ts';

// Processes and disks of a busy machine take their time; no test waits for a time to pass.

/** A server over a fresh folder, and a client of it. */
export interface Running {
  dataDir: string;
  server: EmbeddedServer;
  client: MongoClient;
  stop(): Promise<void>;
}

export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'embedded-mongodb-'));
}

export async function start(options: MongoClientOptions = {}): Promise<Running> {
  const dataDir = freshFolder();
  const server = await startEmbedded({ dataDir });
  const client = await MongoClient.connect(server.uri, options);
  return {
    dataDir,
    server,
    client,
    stop: async () => {
      await client.close();
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A server in a process of its own, which can be killed. */
export interface ServerProcess {
  uri: string;
  role: string;
  process: ChildProcess;
  kill(): Promise<void>;
}

export async function startProcess(dataDir: string): Promise<ServerProcess> {
  const script = fileURLToPath(new URL('./fixtures/serve.ts', import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', script, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  const { uri, role } = JSON.parse(line);
  return {
    uri,
    role,
    process: child,
    kill: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * A client that gives up soon on a server that has been killed, as its own `close` waits for one too. A server that
 * is only slow to start is asked again.
 */
export async function connectBriefly(uri: string): Promise<MongoClient> {
  for (let tries = 1; ; tries++) {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 200 });
    try {
      return await client.connect();
    } catch (error) {
      await client.close();
      if (tries === 300) throw error;
    }
  }
}

/** Speaks OP_MSG without a driver, to send exactly what a test wants to send. */
export class RawClient {
  readonly #socket: Socket;
  #buffer = Buffer.alloc(0);
  #waiting: { resolve(reply: any): void; reject(error: Error): void }[] = [];
  #id = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('The connection was closed.'));
    });
    socket.on('data', (chunk) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      while (this.#buffer.length >= 4 && this.#buffer.length >= this.#buffer.readInt32LE(0)) {
        const size = this.#buffer.readInt32LE(0);
        const reply = BSON.deserialize(this.#buffer.subarray(21, size));
        this.#buffer = this.#buffer.subarray(size);
        this.#waiting.shift()?.resolve(reply);
      }
    });
  }

  static async connect(uri: string): Promise<RawClient> {
    const path = decodeURIComponent(/mongodb:\/\/([^/]+)\//.exec(uri)![1]!);
    const socket = connect({ path });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  command(body: Record<string, unknown>): Promise<any> {
    const bson = BSON.serialize(body);
    const message = Buffer.alloc(21 + bson.length);
    message.writeInt32LE(message.length, 0);
    message.writeInt32LE(++this.#id, 4);
    message.writeInt32LE(2013, 12);
    message.set(bson, 21);
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) reject(new Error('The connection was closed.'));
      this.#waiting.push({ resolve, reject });
      this.#socket.write(message);
    });
  }

  /** Sends bytes as they are; resolves when the server has closed the connection. */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.write(bytes);
    await closed;
  }

  close(): void {
    this.#socket.destroy();
  }
}
