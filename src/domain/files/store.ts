/** The bytes of files: each content once, sealed in the vault, checked once. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import type { Vault } from '../../core/vault.ts';
import { type ContentDocument, ContentModel } from './model.ts';
import type { Scan } from './scan.ts';

export type FileStore = {
  /** Durable when it resolves; answers the content's name, the same for the same bytes. */
  put(body: Buffer): Promise<string>;
  /** Whether it may be handed out; asks the scanner only where it was not asked yet. @throws Error when that is away. */
  check(hash: string): Promise<ContentDocument['scan']>;
  /** @throws AppError record.not_found for what has not passed, or is gone. */
  get(hash: string): Promise<Buffer>;
};

export function createFileStore({
  vault,
  scan,
  clock,
}: {
  vault: Vault;
  scan: Scan;
  clock: Clock;
}): FileStore {
  return {
    async put(body) {
      const hash = createHash('sha256').update(body).digest('hex');
      // Who finds it there keeps it from being swept.
      const known = await ContentModel.updateOne({ _id: hash }, { $unset: { orphanedAt: 1 } });
      if (known.matchedCount) return hash;
      const file = await vault.put(body);
      try {
        await ContentModel.collection.insertOne({
          _id: hash,
          file,
          bytes: body.length,
          scan: { state: 'waiting' },
          createdAt: clock.now(),
        } as never);
      } catch (error) {
        await vault.remove(file);
        // Somebody else kept the very same a moment ago.
        if ((error as { code?: number }).code !== 11000) throw error;
      }
      return hash;
    },
    async check(hash) {
      const content = await ContentModel.findById(hash).lean();
      if (!content) throw gone(hash);
      if (content.scan.state !== 'waiting') return content.scan;
      const verdict = await scan(await vault.get(content.file));
      const settled = {
        state: verdict.passed ? ('passed' as const) : ('infected' as const),
        by: verdict.by,
        at: clock.now(),
        ...(!verdict.passed && { found: verdict.found }),
      };
      await ContentModel.updateOne({ _id: hash }, { $set: { scan: settled } });
      return settled;
    },
    async get(hash) {
      const content = await ContentModel.findById(hash).lean();
      if (content?.scan.state !== 'passed') throw gone(hash);
      return vault.get(content.file);
    },
  };
}

const gone = (id: string) => new AppError('record.not_found', { kind: 'file', id });
