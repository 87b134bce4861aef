import { AuditModel } from '../../../core/audit.ts';
import { type Command, handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { undoLast } from '../contract.ts';

/** Takes back the actor's own newest change that can be, by running the commands its author left for that. */
export const undoHandler = handles(
  undoLast,
  async (ctx) => {
    const last = await AuditModel.findOne({
      actorId: ctx.actor.id,
      undone: false,
      command: { $ne: undoLast.name },
      'changes.undo': { $exists: true },
    })
      .sort({ _id: -1 })
      .lean();
    if (!last) throw new AppError('undo.nothing');
    const changes = last.changes.filter(({ undo }) => undo).reverse();
    for (const { undo } of changes) await ctx.run({ name: undo!.command } as Command, undo!.input);
    await AuditModel.updateOne({ _id: last._id }, { $set: { undone: true } });
    return { command: last.command!, text: changes.map(({ text }) => text ?? last.command!).join('; ') };
  },
  { present: ({ text }) => ({ text: `Undone: ${text}.` }) },
);
