import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type Credentials, hmac, sha256 } from './credentials.ts';

/** Not the protocol, or not proven: told to the client without which. */
export class ScramError extends Error {}

/** The first of a client's two messages, understood. */
export interface ClientFirst {
  user: string;
  /** The part that goes into the proof. */
  bare: string;
  /** The header before it; comes again in the second message, encoded. */
  header: string;
  nonce: string;
}

/** `n,,n=user,r=nonce` (RFC 5802, section 7). Channel binding is not offered, so it cannot be asked for. */
export function readClientFirst(message: string): ClientFirst {
  const parts = /^(([ny]),([^,]*),)(n=([^,]+),r=([\x21-\x2b\x2d-\x7e]+))$/.exec(message);
  if (parts === null) throw new ScramError('The first message is not that of SCRAM-SHA-256.');
  const [, header, , identity, bare, name, nonce] = parts;
  if (identity !== '') throw new ScramError('An authorization identity is not supported.');
  if (/=(?!2C|3D)/.test(name!)) throw new ScramError('The user name is not escaped as it must be.');
  return {
    user: name!.replaceAll('=2C', ',').replaceAll('=3D', '='),
    bare: bare!,
    header: header!,
    nonce: nonce!,
  };
}

/** One exchange: what the server says first, and the verification of the proof that comes back. */
export class ScramExchange {
  readonly serverFirst: string;
  readonly #first: ClientFirst;
  readonly #credentials: Credentials;
  readonly #nonce: string;

  constructor(first: ClientFirst, credentials: Credentials, nonce = randomBytes(24).toString('base64')) {
    this.#first = first;
    this.#credentials = credentials;
    // Fresh in every exchange, so that a proof is worth nothing a second time.
    this.#nonce = first.nonce + nonce;
    const { salt, iterations } = credentials;
    this.serverFirst = `r=${this.#nonce},s=${salt.toString('base64')},i=${iterations}`;
  }

  /** The server's signature, by which the client knows that it too knows the password. Throws {@link ScramError}. */
  finish(clientFinal: string): string {
    const parts = /^(c=([^,]+),r=([^,]+)),p=([A-Za-z0-9+/]+=*)$/.exec(clientFinal);
    if (parts === null) throw new ScramError('The second message is not that of SCRAM-SHA-256.');
    const [, withoutProof, binding, nonce, proof] = parts;
    const message = `${this.#first.bare},${this.serverFirst},${withoutProof}`;
    const { storedKey, serverKey } = this.#credentials;
    const signature = hmac(storedKey, message);
    const given = Buffer.from(proof!, 'base64');
    // All of it is looked at before anything is said: how long it takes tells nothing.
    const key = Buffer.alloc(32);
    for (let i = 0; i < 32; i++) key[i] = (given[i] ?? 0) ^ signature[i]!;
    const isProven = timingSafeEqual(sha256(key), storedKey) && given.length === 32;
    const isSame = nonce === this.#nonce && binding === Buffer.from(this.#first.header).toString('base64');
    if (!isProven || !isSame) throw new ScramError('The proof is wrong.');
    return `v=${hmac(serverKey, message).toString('base64')}`;
  }
}
