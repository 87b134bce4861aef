import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { saslPrep } from './saslprep.ts';

/** What is kept of a password: enough to verify it, not enough to say it. RFC 5802, section 3. */
export interface Credentials {
  iterations: number;
  salt: Buffer;
  storedKey: Buffer;
  serverKey: Buffer;
}

/** MongoDB's defaults for SCRAM-SHA-256. */
export const ITERATIONS = 15_000;
const SALT_BYTES = 28;

const derive = promisify(pbkdf2);

/** Throws RangeError when the password has characters that SASLprep refuses. */
export async function makeCredentials(
  password: string,
  salt = randomBytes(SALT_BYTES),
  iterations = ITERATIONS,
): Promise<Credentials> {
  const salted = await derive(saslPrep(password), salt, iterations, 32, 'sha256');
  return {
    iterations,
    salt,
    storedKey: sha256(hmac(salted, 'Client Key')),
    serverKey: hmac(salted, 'Server Key'),
  };
}

/**
 * What a name that nobody has is answered with: always the same salt for it, as if somebody had it, and keys that
 * no password leads to.
 */
export function decoyCredentials(secret: Buffer, name: string): Credentials {
  return {
    iterations: ITERATIONS,
    salt: hmac(secret, `salt ${name}`).subarray(0, SALT_BYTES),
    storedKey: randomBytes(32),
    serverKey: randomBytes(32),
  };
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
