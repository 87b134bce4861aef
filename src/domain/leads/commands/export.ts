import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { exportLeads } from '../contract.ts';
import { ExportModel } from '../export-model.ts';
import { LeadModel } from '../model.ts';
import { exportConditions } from '../queries/export.ts';

export const exportLeadsHandler = handles(exportLeads, async (ctx, { format, ...filter }) => {
  const conditions = await exportConditions(ctx, filter);
  const total = await LeadModel.countDocuments(all(conditions));
  const exportId = ctx.id();
  await ExportModel.create([{ _id: exportId, at: ctx.now(), actorId: ctx.actor.id, format, filter }]);
  const by = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`);
  ctx.audit({
    kind: 'Lead',
    id: exportId,
    after: { ...filter, format, total },
    text: `exported ${total} leads as ${format.toUpperCase()}${by.length ? ` (${by.join(', ')})` : ''}`,
  });
  return { exportId, total, path: `/api/exports/${exportId}` };
});
