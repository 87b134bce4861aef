import { createHmac, timingSafeEqual } from 'node:crypto';

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
    verify: (purpose, value, signature) => {
      const right = Buffer.from(sign(purpose, value));
      const given = Buffer.from(signature);
      return right.length === given.length && timingSafeEqual(right, given);
    },
  };
}
