/**
 * Keys of a socket account (a linked phone's identity, its Signal sessions): one a document, sealed under the app's
 * secret. Every write carries the fencing token of the lease it is made under: whoever has lost the account cannot
 * write over what its successor has written since.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import type { Clock } from './clock.ts';
import type { AccountKeys } from './define.ts';
import { transaction } from './store.ts';

type KeyDocument = { _id: string; account: string; value?: string; token?: number; expiresAt?: Date };
const schema = new Schema<KeyDocument>(
  { _id: String, account: String, value: String, token: Number, expiresAt: Date },
  { versionKey: false },
);
schema.index({ account: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
const KeyModel = mongoose.model<KeyDocument>('AccountKey', schema, 'account_keys');

/** Another process holds the account now. */
export class TakenOver extends Error {
  constructor(account: string) {
    super(`another process holds ${account} now`);
    this.name = 'TakenOver';
  }
}

export function accountKeys(account: string, secret: string, clock: Clock): AccountKeys {
  const sealer = createSealer(secret, account);
  const idOf = (name: string): string => `${account}:${name}`;

  /** The account's highest token, raised to this one; a lower one finds its document taken. */
  async function fence(token: number): Promise<void> {
    try {
      await KeyModel.updateOne(
        { _id: idOf('!token'), token: { $lte: token } },
        { $set: { token } },
        { upsert: true },
      );
    } catch (error) {
      if ((error as { code?: number }).code === 11000) throw new TakenOver(account);
      throw error;
    }
  }

  return {
    async get(names) {
      const found = await KeyModel.find({ _id: { $in: names.map(idOf) } }).lean();
      return Object.fromEntries(
        found.map(({ _id, value }) => {
          const name = _id.slice(account.length + 1);
          return [name, sealer.open(name, value!)];
        }),
      );
    },
    async set(changes, token) {
      const writes = changes.map(({ name, value, forMs }) =>
        value === null
          ? { deleteOne: { filter: { _id: idOf(name) } } }
          : {
              updateOne: {
                filter: { _id: idOf(name) },
                update: {
                  $set: {
                    account,
                    value: sealer.seal(name, value),
                    ...(forMs && { expiresAt: new Date(clock.now().getTime() + forMs) }),
                  },
                },
                upsert: true,
              },
            },
      );
      await transaction(async () => {
        await fence(token);
        if (writes.length) await KeyModel.bulkWrite(writes as never);
      });
    },
    async clear(token) {
      await transaction(async () => {
        await fence(token);
        await KeyModel.deleteMany({ account });
      });
    },
  };
}

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM; the name is authenticated, so that no value can be put in another's place. */
function createSealer(secret: string, account: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `account-keys:${account}`, 32));
  return {
    seal(name: string, value: string): string {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
      const sealed = Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return sealed.toString('base64');
    },
    open(name: string, value: string): string {
      const sealed = Buffer.from(value, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes))
        .setAAD(Buffer.from(name))
        .setAuthTag(sealed.subarray(-tagBytes));
      return decipher.update(sealed.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
