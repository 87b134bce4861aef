import { createHash, randomBytes, randomInt } from 'node:crypto';

/** What is stored of a secret. Only for secrets of high entropy; passwords go through argon2. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const newToken = (): string => randomBytes(32).toString('base64url');

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Eight characters that are hard to confuse, e.g. `K7QM-2XPD`. */
export function newCode(): string {
  const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
export const normalCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** argon2 is loaded on the first sign-in: it brings native code. */
export async function hashPassword(password: string): Promise<string> {
  return (await import('argon2')).default.hash(password);
}
export async function checkPassword(hash: string | undefined, password: string): Promise<boolean> {
  const argon2 = (await import('argon2')).default;
  // An unknown user costs as much time as a wrong password.
  if (!hash) return argon2.hash(password).then(() => false);
  return argon2.verify(hash, password);
}
