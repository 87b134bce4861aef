import { AuditModel } from '../../../core/audit.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { type AuditEntry, listAudit } from '../contract-audit.ts';

export const listAuditHandler = handles(listAudit, async (ctx, { cursor, limit, byItself, ...asked }) => {
  const place = decodeCursor<[string]>(cursor);
  const { actorId, kind, recordId, from, to } = asked;
  const conditions: Record<string, unknown>[] = [
    ctx.scope('read', 'Audit'),
    ...(actorId ? [{ actorId }] : byItself ? [] : [{ actorId: { $not: /^system:/ } }]),
    ...(kind ? [{ 'changes.kind': kind }] : []),
    ...(recordId ? [{ 'changes.id': recordId }] : []),
    ...(from || to
      ? [{ at: { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) } }]
      : []),
    ...(place ? [{ _id: { $lt: place[0] } }] : []),
  ];
  const rows = await AuditModel.find(all(conditions))
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = rows.slice(0, limit).map(
    ({ _id, at, actorId: by, actorName, surface, command, changes, undone }): AuditEntry => ({
      id: String(_id),
      at: at.toISOString(),
      actorId: by,
      actorName: actorName ?? by,
      surface: surface ?? '',
      command: command ?? '',
      changes: changes.map(({ kind: what, id, text, before, after }) => ({
        kind: what ?? '',
        id: id ?? '',
        ...(text && { text }),
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
      })),
      undone: undone ?? false,
      undoable: changes.some(({ undo }) => undo),
    }),
  );
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last && { nextCursor: encodeCursor([last.id]) }) };
});
