/** Bytes that no file points at any more: marked first, removed a day later. */
import type { Vault } from '../../core/vault.ts';
import { ContentModel, FileModel } from './model.ts';

const most = 5000;

export async function markOrphans(hashes: Iterable<string>, orphanedAt: Date): Promise<void> {
  for (const _id of hashes)
    if (!(await FileModel.exists({ hash: _id })))
      await ContentModel.updateOne({ _id, orphanedAt: { $exists: false } }, { $set: { orphanedAt } });
}

/** What somebody sent again within the day has lost its mark, and stays. */
export async function removeOrphans(vault: Vault, since: Date): Promise<void> {
  for (const { _id, file } of await ContentModel.find({ orphanedAt: { $lt: since } })
    .limit(most)
    .lean()) {
    if (await FileModel.exists({ hash: _id })) continue;
    const { deletedCount } = await ContentModel.deleteOne({ _id, orphanedAt: { $exists: true } });
    if (deletedCount) await vault.remove(file);
  }
}
