import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Endpoint } from './listen.ts';
import { socketPath, uriOf } from './location.ts';
import type { OpenOptions, ServerStats } from './server.ts';
import type { EmbeddedServer, StartOptions } from './types.ts';

const OWNER_FILE = 'owner.json';
const JOIN_PATIENCE_MS = 10_000;

/** Owns the data folder, or joins its owner and stands by to take over. */
export async function startOwner(options: StartOptions): Promise<EmbeddedServer> {
  checkOptions(options);
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const endpoint: Endpoint = options.tcp
    ? { port: options.tcp.port, host: '127.0.0.1' }
    : { path: socketPath(options.dataDir) };
  const log = options.log ?? (() => {});
  if (options.tcp) log(`warning: listening on 127.0.0.1:${options.tcp.port} without authentication`);
  const member = new Member(options, endpoint, log);
  await member.start();
  return member;
}

class Member implements EmbeddedServer {
  uri = '';
  role: 'owner' | 'joined' = 'owner';
  #endpoint: Endpoint;
  #thread: Thread | undefined;
  #watch: { stop(): void } | undefined;
  #isClosed = false;
  readonly #dataDir: string;
  readonly #testCommands: boolean;
  readonly #log: (line: string) => void;

  constructor(options: StartOptions, endpoint: Endpoint, log: (line: string) => void) {
    this.#dataDir = options.dataDir;
    this.#testCommands = options.testCommands === true;
    this.#endpoint = endpoint;
    this.#log = log;
  }

  async start(): Promise<void> {
    const giveUp = Date.now() + JOIN_PATIENCE_MS;
    for (;;) {
      // Knocking is cheaper than starting a thread that finds the data taken; a port may be another program's.
      if ('path' in this.#endpoint && (await this.#join())) return;
      if (await this.#own()) return;
      if (await this.#join()) return;
      // The owner is starting, or has just died: its lock will be free or its socket open in a moment.
      if (Date.now() > giveUp) {
        throw new Error(`${this.#dataDir} is in use by a process that does not answer.`);
      }
      await delay(50);
    }
  }

  async stats(): Promise<ServerStats | undefined> {
    return this.#thread?.ask<ServerStats>('stats');
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#watch?.stop();
    await this.#thread?.ask('close');
    await this.#thread?.ended;
  }

  async #own(): Promise<boolean> {
    const thread = await Thread.start(
      { dataDir: this.#dataDir, endpoint: this.#endpoint, testCommands: this.#testCommands },
      this.#log,
    );
    if (thread === undefined) return false;
    if (this.#isClosed) {
      await thread.ask('close');
      return true;
    }
    this.#thread = thread;
    void thread.ended.then(() => this.#restart(thread));
    this.role = 'owner';
    if ('port' in this.#endpoint) this.#endpoint = { ...this.#endpoint, port: thread.port! };
    this.uri = uriOf(this.#endpoint);
    writeOwner(this.#dataDir, this.#endpoint);
    return true;
  }

  async #join(): Promise<boolean> {
    const endpoint = readOwner(this.#dataDir);
    if (endpoint === undefined) return false;
    const watch = await watchOwner(endpoint, () => this.#takeOver());
    if (watch === undefined) return false;
    if (this.#isClosed) watch.stop();
    this.#watch = watch;
    this.#endpoint = endpoint;
    this.role = 'joined';
    this.uri = uriOf(endpoint);
    return true;
  }

  /** The thread has ended without being asked to: what was acknowledged is on the disk, so serve it again. */
  #restart(thread: Thread): void {
    if (this.#isClosed || this.#thread !== thread) return;
    this.#log("the server's thread has ended; starting it again");
    this.start().catch((error: Error) => this.#log(`could not start again: ${error.message}`));
  }

  #takeOver(): void {
    if (this.#isClosed) return;
    this.#log('the owner of the data has gone');
    this.start().catch((error: Error) => {
      if (!this.#isClosed) this.#log(`could not take over: ${error.message}`);
    });
  }
}

/** The worker thread that holds the database. */
class Thread {
  port: number | undefined;
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #asked = new Map<number, (answer: unknown) => void>();
  #next = 1;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        for (const answer of this.#asked.values()) answer(undefined);
        resolve();
      });
    });
  }

  /** Undefined when another process has the data. */
  static start(options: OpenOptions, log: (line: string) => void): Promise<Thread | undefined> {
    const file = fileURLToPath(new URL('./worker.ts', import.meta.url));
    const worker = new Worker(file, {
      workerData: options,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 2048 },
    });
    const thread = new Thread(worker);
    return new Promise((resolve, reject) => {
      worker.once('error', (error) => {
        log(`the server's thread has failed: ${error.message}`);
        reject(error);
      });
      worker.on('message', (message: Message) => {
        if (message.log !== undefined) log(message.log);
        else if (message.ready) {
          thread.port = message.port;
          resolve(thread);
        } else if (message.failed === 'FileInUseError') resolve(undefined);
        else if (message.failed !== undefined) reject(new Error(message.message));
        else if (message.id !== undefined) thread.#answer(message.id, message.answer);
      });
    });
  }

  ask<T>(ask: 'close' | 'stats'): Promise<T> {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve as (answer: unknown) => void);
      this.#worker.postMessage({ id, ask });
    });
  }

  #answer(id: number, answer: unknown): void {
    this.#asked.get(id)?.(answer);
    this.#asked.delete(id);
  }
}

interface Message {
  ready?: boolean;
  port?: number;
  failed?: string;
  message?: string;
  log?: string;
  id?: number;
  answer?: unknown;
}

function checkOptions({ tcp }: StartOptions): void {
  if (tcp === undefined) return;
  if (tcp.host !== undefined && tcp.host !== '127.0.0.1') {
    throw new Error('The embedded server listens on 127.0.0.1 only.');
  }
  if (tcp.noAuth !== true) {
    throw new Error('Listening on TCP is without authentication: say so with tcp.noAuth = true.');
  }
}

function writeOwner(dataDir: string, endpoint: Endpoint): void {
  const path = join(dataDir, OWNER_FILE);
  writeFileSync(`${path}.new`, JSON.stringify({ pid: process.pid, endpoint }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function readOwner(dataDir: string): Endpoint | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, OWNER_FILE), 'utf8')).endpoint;
  } catch {
    return undefined;
  }
}

/** Holds a connection to the owner open: its end is the owner's end. Undefined when nobody answers. */
function watchOwner(endpoint: Endpoint, onGone: () => void): Promise<{ stop(): void } | undefined> {
  return new Promise((resolve) => {
    const socket = connect(endpoint as never);
    let isStopped = false;
    let isOpen = false;
    socket.once('connect', () => {
      isOpen = true;
      socket.unref();
      resolve({
        stop: () => {
          isStopped = true;
          socket.destroy();
        },
      });
    });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      if (!isOpen) resolve(undefined);
      else if (!isStopped) onGone();
    });
  });
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
