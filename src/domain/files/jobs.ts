import { defineJob } from '../../core/define.ts';
import { openVault } from '../../core/vault.ts';
import { ContentModel, FileModel } from './model.ts';

const day = 24 * 3600_000;
const most = 1000;

/** Old files go after the time that the organisation set, and bytes that nothing points at any more. */
export const sweepFiles = defineJob({
  name: 'files.sweep',
  summary:
    'Remove files beyond their time, uploads that were never sent, and bytes that nobody needs any more',
  every: '40 3 * * *',
  run: async (ctx) => {
    const now = ctx.now();
    const { keepDays } = ctx.config.app.files;
    const before = (days: number) => new Date(now.getTime() - days * day);
    await FileModel.deleteMany({ createdAt: { $lt: before(1) }, messageId: { $exists: false } });
    if (keepDays)
      await FileModel.updateMany(
        { createdAt: { $lt: before(keepDays) }, state: { $ne: 'removed' } },
        { $set: { state: 'removed', problem: `Removed after ${keepDays} days.` }, $unset: { hash: 1 } },
      );
    const vault = openVault(ctx.config.dataDir, ctx.config.secret, 'files');
    // What somebody sends again within the day loses its mark, and stays.
    for (const { _id, file } of await ContentModel.find({ orphanedAt: { $lt: before(1) } })
      .limit(most)
      .lean()) {
      if (await FileModel.exists({ hash: _id })) continue;
      const { deletedCount } = await ContentModel.deleteOne({ _id, orphanedAt: { $exists: true } });
      if (deletedCount) await vault.remove(file);
    }
    const candidates = await ContentModel.find(
      { createdAt: { $lt: before(1) }, orphanedAt: { $exists: false } },
      { _id: 1 },
    )
      .sort({ createdAt: 1 })
      .lean();
    for (const { _id } of candidates)
      if (!(await FileModel.exists({ hash: _id })))
        await ContentModel.updateOne({ _id }, { $set: { orphanedAt: now } });
  },
});
