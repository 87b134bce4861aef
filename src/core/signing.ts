import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Signs what we give to strangers; a signature for one purpose is worthless for another. */
export type Signer = {
  sign(purpose: string, value: string): string;
  verify(purpose: string, value: string, signature: string): boolean;
};

export function createSigner(secret: string): Signer {
  const sign = (purpose: string, value: string): string =>
    createHmac('sha256', secret).update(`${purpose}\u0000${value}`).digest('base64url');
  return {
    sign,
    verify: (purpose, value, signature) => isSame(signature, sign(purpose, value)),
  };
}

/** In the same time for every guess, whatever its length. */
export function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
