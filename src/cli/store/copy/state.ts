import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** What has been begun; kept beside the data until it is done, so that it can go on after whatever end. */
export interface CopyState {
  direction: 'to' | 'from';
  /** Without user and password. */
  address: string;
  begunAt: string;
  /** Databases of the target that are still to be emptied. */
  emptying: string[];
}

/** The names of one copy's files in the data folder. */
export class CopyFiles {
  readonly #state: string;
  /** A folder with the source's state of one moment, for copies away from here. */
  readonly snapshot: string;

  constructor(dataDir: string, direction: CopyState['direction'], address: string) {
    const digest = createHash('sha256').update(address).digest('hex').slice(0, 12);
    this.#state = join(dataDir, `copy-${direction}-${digest}.json`);
    this.snapshot = join(dataDir, `copy-${direction}-${digest}`);
  }

  read(): CopyState | undefined {
    return existsSync(this.#state) ? JSON.parse(readFileSync(this.#state, 'utf8')) : undefined;
  }

  /** On the disk when it returns. */
  write(state: CopyState): void {
    const handle = openSync(`${this.#state}.new`, 'w', 0o600);
    try {
      writeSync(handle, JSON.stringify(state));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(`${this.#state}.new`, this.#state);
  }

  remove(): void {
    rmSync(this.#state, { force: true });
    rmSync(this.snapshot, { recursive: true, force: true });
  }
}

/** Which server a URI means, without user and password. */
export function addressOf(uri: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/)(?:[^@/]*@)?([^/?]+)/.exec(uri);
  if (parts === null) throw new Error('That is no MongoDB URI: it begins with mongodb:// or mongodb+srv://.');
  return `${parts[1]}${parts[2]!.toLowerCase()}`;
}
