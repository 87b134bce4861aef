import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { socketPath, uriOf } from './location.ts';
import { type Owner, readOwner, watchOwner, writeOwner } from './owner-file.ts';
import type { OpenOptions, ServerStats } from './server.ts';
import type { EmbeddedServer, StartOptions } from './types.ts';

const JOIN_PATIENCE_MS = 10_000;

/** Owns the data folder, or joins its owner and stands by to take over. */
export async function startOwner(options: StartOptions): Promise<EmbeddedServer> {
  checkOptions(options);
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const { tcp } = options;
  const log = options.log ?? (() => {});
  if (tcp?.noAuth) {
    log(
      'warning: listening on 127.0.0.1 without authentication: every program on this machine may read and write',
    );
  }
  const member = new Member(options, { path: socketPath(options.dataDir), ...(tcp && { tcp }) }, log);
  await member.start();
  return member;
}

class Member implements EmbeddedServer {
  uri = '';
  tcpUri: string | undefined;
  role: 'owner' | 'joined' = 'owner';
  #place: Owner;
  #thread: Thread | undefined;
  #watch: { stop(): void } | undefined;
  #isClosed = false;
  readonly #dataDir: string;
  readonly #options: StartOptions;
  readonly #log: (line: string) => void;

  constructor(options: StartOptions, place: Owner, log: (line: string) => void) {
    this.#dataDir = options.dataDir;
    this.#options = options;
    this.#place = place;
    this.#log = log;
  }

  async start(): Promise<void> {
    const giveUp = Date.now() + JOIN_PATIENCE_MS;
    for (;;) {
      // Knocking is cheaper than starting a thread that finds the data taken.
      if (await this.#join()) return;
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
    this.#thread?.ref();
    await this.#thread?.ask('close');
    await this.#thread?.ended;
  }

  async #own(): Promise<boolean> {
    const { path, tcp } = this.#place;
    const { testCommands, isStill, keepExpired } = this.#options;
    const thread = await Thread.start(
      {
        dataDir: this.#dataDir,
        endpoint: { path },
        tcp,
        testCommands,
        isStill,
        keepExpired,
      },
      this.#log,
    );
    if (thread === undefined) return false;
    if (this.#isClosed) {
      await thread.ask('close');
      return true;
    }
    this.#thread = thread;
    if (this.#options.unref) thread.unref();
    void thread.ended.then(() => this.#restart(thread));
    this.role = 'owner';
    // A port that the system chose is kept when the thread has to be started again.
    this.#take(tcp === undefined ? { path } : { path, tcp: { ...tcp, port: thread.port! } });
    writeOwner(this.#dataDir, this.#place);
    return true;
  }

  async #join(): Promise<boolean> {
    const owner = readOwner(this.#dataDir);
    if (owner === undefined) return false;
    const watch = await watchOwner(owner, () => this.#takeOver());
    if (watch === undefined) return false;
    if (this.#isClosed) watch.stop();
    this.#watch = watch;
    if (this.#place.tcp !== undefined && owner.tcp === undefined) {
      this.#log('the process that has the data does not listen on TCP: stop it first, or do without');
    }
    this.#take(owner);
    this.role = 'joined';
    return true;
  }

  #take({ path, tcp }: Owner): void {
    this.#place = { path, ...(tcp && { tcp }) };
    this.tcpUri = tcp && uriOf({ port: tcp.port, host: '127.0.0.1' });
    // Who authenticates needs a user; the socket does not.
    this.uri = tcp?.noAuth ? this.tcpUri! : uriOf({ path });
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
      resourceLimits: { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 2048 },
    });
    const thread = new Thread(worker);
    return new Promise((resolve, reject) => {
      // After an answer this changes nothing.
      void thread.ended.then(() => reject(new Error("The server's thread ended before it was ready.")));
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

  unref(): void {
    this.#worker.unref();
  }

  ref(): void {
    this.#worker.ref();
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
  if (tcp?.host !== undefined && tcp.host !== '127.0.0.1') {
    throw new Error('The embedded server listens on 127.0.0.1 only.');
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
