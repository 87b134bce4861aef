import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { getConversation } from '../../conversations/contract.ts';
import { bindFiles, fileChanged, retryFile, settleFile } from '../contract.ts';
import { FileModel, type FileState } from '../model.ts';

const ok = { ok: true } as const;

export const bindFilesHandler = handles(
  bindFiles,
  async (ctx, { conversationId, messageId, owner, fileIds }) => {
    const known = await FileModel.find({
      _id: { $in: fileIds },
      owner,
      messageId: { $exists: false },
    }).lean();
    for (const { _id, state } of known) {
      await FileModel.updateOne(
        { _id },
        { $set: { conversationId, messageId, place: fileIds.indexOf(_id) }, $unset: { loose: 1 } },
      );
      changed(ctx, _id, conversationId, state);
    }
    return ok;
  },
);

export const settleFileHandler = handles(
  settleFile,
  async (ctx, { fileId, state, problem, nextAt, found }) => {
    const known = await FileModel.findOneAndUpdate(
      { _id: fileId, state: { $in: ['fetching', 'checking'] } },
      {
        $set: { state, ...found, ...(problem && { problem }), ...(nextAt && { nextAt: new Date(nextAt) }) },
        ...(!problem && { $unset: { problem: 1 } }),
      },
    ).lean();
    if (known?.conversationId) changed(ctx, fileId, known.conversationId, state);
    return ok;
  },
);

export const retryFileHandler = handles(retryFile, async (ctx, { conversationId, fileId }) => {
  await ctx.ask(getConversation, { conversationId });
  const { matchedCount } = await FileModel.updateOne({ _id: fileId, conversationId, state: 'failed' }, [
    { $set: { state: { $cond: [{ $ifNull: ['$hash', false] }, 'checking', 'fetching'] } } },
  ]);
  if (!matchedCount) throw new AppError('record.not_found', { kind: 'file', id: fileId });
  await FileModel.updateOne({ _id: fileId }, { $set: { attempts: 0, nextAt: ctx.now() } });
  ctx.audit({ kind: 'Conversation', id: conversationId, text: 'fetched a file again' });
  changed(ctx, fileId, conversationId, 'fetching');
  return ok;
});

const changed = (ctx: Context, fileId: string, conversationId: string, state: FileState) =>
  ctx.emit(fileChanged, { fileId, conversationId, state }, { kind: 'Conversation', id: conversationId });
