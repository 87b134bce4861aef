import { defineJob } from '../../core/define.ts';
import { openVault } from '../../core/vault.ts';
import { ContentModel, FileModel } from './model.ts';
import { markOrphans, removeOrphans } from './orphans.ts';

const day = 24 * 3600_000;
/** At most so many at once; the next night goes on. */
const most = 5000;

/** Old files go after the time that the organisation set, and bytes that nothing points at any more a day later. */
export const sweepFiles = defineJob({
  name: 'files.sweep',
  summary:
    'Remove files beyond their time, uploads that were never sent, and bytes that nobody needs any more',
  every: '40 3 * * *',
  run: async (ctx) => {
    const now = ctx.now();
    const before = (days: number) => new Date(now.getTime() - days * day);
    const { keepDays } = ctx.config.app.files;
    await removeOrphans(openVault(ctx.config.dataDir, ctx.config.secret, 'files'), before(1));

    const loose = await FileModel.find(
      { loose: { $exists: true }, createdAt: { $lt: before(1) } },
      { hash: 1 },
    )
      .limit(most)
      .lean();
    await FileModel.deleteMany({ _id: { $in: loose.map(({ _id }) => _id) } });
    const ended = keepDays
      ? await FileModel.find(
          { state: { $in: ['ready', 'infected', 'failed'] }, createdAt: { $lt: before(keepDays) } },
          { hash: 1 },
        )
          .limit(most)
          .lean()
      : [];
    await FileModel.updateMany(
      { _id: { $in: ended.map(({ _id }) => _id) } },
      { $set: { state: 'removed', problem: `Removed after ${keepDays} days.` }, $unset: { hash: 1 } },
    );
    // What was kept in the last days may have lost its file to a crash before that was written.
    const young = await ContentModel.find(
      { createdAt: { $gt: before(4), $lt: before(1) } },
      { _id: 1 },
    ).lean();
    const hashes = [...loose, ...ended].flatMap(({ hash }) => hash ?? []);
    await markOrphans(new Set([...hashes, ...young.map(({ _id }) => _id)]), now);
  },
});
