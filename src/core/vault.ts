/**
 * Files of customers, kept under PARLEY_DATA so that nobody who sees the folder can read them or tell what they are:
 * AES-256-GCM under a key made of the secret, names that say nothing. Processes on several machines share the folder.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type Vault = {
  /** Durable when it resolves; answers the key to it. */
  put(body: Buffer): Promise<string>;
  /** @throws Error when it is not there, or was changed by another hand. */
  get(key: string): Promise<Buffer>;
  remove(key: string): Promise<void>;
};

const ivBytes = 12;
const tagBytes = 16;

/** @param room a folder of its own within the vault, and a key of its own. */
export function openVault(dataDir: string, secret: string, room: string): Vault {
  const secretKey = Buffer.from(hkdfSync('sha256', secret, '', `vault:${room}`, 32));
  const pathOf = (key: string): string => {
    if (!/^[0-9a-f]{40}$/.test(key)) throw new Error('no such file');
    return join(dataDir, 'vault', room, key.slice(0, 2), key.slice(2));
  };
  return {
    async put(body) {
      const key = randomBytes(20).toString('hex');
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', secretKey, iv).setAAD(Buffer.from(key));
      const sealed = Buffer.concat([iv, cipher.update(body), cipher.final(), cipher.getAuthTag()]);
      await write(pathOf(key), sealed);
      return key;
    },
    async get(key) {
      const sealed = await readFile(pathOf(key));
      const decipher = createDecipheriv('aes-256-gcm', secretKey, sealed.subarray(0, ivBytes))
        .setAAD(Buffer.from(key))
        .setAuthTag(sealed.subarray(-tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

/** Whole or not at all, whatever crashes when. */
async function write(path: string, body: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.part`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
