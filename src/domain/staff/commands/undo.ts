import { AuditModel } from '../../../core/audit.ts';
import type { Context } from '../../../core/context.ts';
import { type Command, handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { RecordKind } from '../../../core/rights.ts';
import { undoLast } from '../contract.ts';
import { undoChange } from '../contract-audit.ts';

/** What undoes is no change to be undone in its turn. */
const undoing = [undoLast.name, undoChange.name];

/** Takes back the actor's own newest change that can be, by running the commands its author left for that. */
export const undoHandler = handles(
  undoLast,
  async (ctx) => {
    const last = await AuditModel.findOne({
      actorId: ctx.actor.id,
      undone: false,
      command: { $nin: undoing },
      'changes.undo': { $exists: true },
    })
      .sort({ _id: -1 })
      .lean();
    if (!last) throw new AppError('undo.nothing');
    return takeBack(ctx, last);
  },
  { present: ({ text }) => ({ text: `Undone: ${text}.` }) },
);

/** Whoever undoes needs the rights to what it comes to: the way back runs as their own act. */
export const undoChangeHandler = handles(undoChange, async (ctx, { id }) => {
  const entry = await AuditModel.findById(id).lean();
  if (!entry || (entry.actorId !== ctx.actor.id && !ctx.can('update', 'Audit')))
    throw new AppError('record.not_found', { kind: 'change', id });
  if (entry.undone || !entry.changes.some(({ undo }) => undo)) throw new AppError('undo.nothing');
  const later = await AuditModel.findOne({
    _id: { $gt: id },
    'changes.id': { $in: entry.changes.map((change) => change.id) },
    undone: false,
    command: { $nin: undoing },
  }).lean();
  if (later)
    throw new AppError('record.conflict', { kind: entry.changes[0]!.kind?.toLowerCase() ?? 'record' });
  const undone = await takeBack(ctx, entry);
  const [first] = entry.changes;
  ctx.audit({ kind: first!.kind as RecordKind, id: first!.id!, text: `undid: ${undone.text}` });
  return undone;
});

type Entry = {
  _id: unknown;
  command?: string | null | undefined;
  changes: { text?: string | null | undefined; undo?: unknown }[];
};

async function takeBack(ctx: Context, entry: Entry): Promise<{ command: string; text: string }> {
  const changes = entry.changes.filter(({ undo }) => undo).reverse();
  for (const { undo } of changes) {
    const { command, input } = undo as { command: string; input: Record<string, unknown> };
    await ctx.run({ name: command } as Command, input);
  }
  await AuditModel.updateOne({ _id: String(entry._id) }, { $set: { undone: true } });
  const command = entry.command ?? '';
  return { command, text: changes.map(({ text }) => text ?? command).join('; ') };
}
