import { defineJob } from '../../core/define.ts';
import { ImportModel, PageModel } from './model.ts';

const dayMs = 86_400_000;
/** So long an import can be undone; its rows are kept no longer. */
export const undoDays = 30;
const uploadDays = 7;

/** Rows of a file are other people's data: they go when they are of no use any more. */
export const sweepImports = defineJob({
  name: 'import.sweep',
  summary: `Forgets the rows of imports after ${undoDays} days, and uploads that were never imported`,
  every: '17 3 * * *',
  run: async (ctx) => {
    const before = (days: number) => new Date(ctx.now().getTime() - days * dayMs);
    const stale = await ImportModel.find(
      { status: 'ready', at: { $lt: before(uploadDays) } },
      { _id: 1 },
    ).lean();
    const old = await ImportModel.find(
      {
        status: { $in: ['done', 'undone', 'stopped', 'failed'] },
        at: { $lt: before(undoDays) },
        pages: { $gt: 0 },
      },
      { _id: 1 },
    ).lean();
    const ids = [...stale, ...old].map(({ _id }) => _id);
    await PageModel.deleteMany({ importId: { $in: ids } });
    await ImportModel.deleteMany({ _id: { $in: stale.map(({ _id }) => _id) } });
    await ImportModel.updateMany(
      { _id: { $in: old.map(({ _id }) => _id) } },
      { $set: { pages: 0, next: 0 } },
    );
  },
});
