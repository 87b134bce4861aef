/** Small secrets that we must be able to read again, so sealed that the database alone tells nothing: AES-256-GCM. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export type Seal = {
  close(plain: string): string;
  /** @throws Error when it was sealed for another place or under another key, or was changed. */
  open(sealed: string): string;
};

const ivBytes = 12;
const tagBytes = 16;

/** @param place what it is a secret of; sealed for one place, it opens at no other. */
export function sealFor(secret: string, place: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `seal:${place}`, 32));
  return {
    close(plain) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      );
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
