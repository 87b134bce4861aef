import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { getConversation } from '../../conversations/contract.ts';
import { type FileView, listFiles, uploadedFiles } from '../contract.ts';
import { staffLink } from '../links.ts';
import { fileRef } from '../media.ts';
import { type FileDocument, FileModel } from '../model.ts';
import { isShown } from '../rules.ts';

export const listFilesHandler = handles(listFiles, async (ctx, { conversationId, limit }) => {
  await ctx.ask(getConversation, { conversationId });
  const files = await FileModel.find({ conversationId }).sort({ createdAt: -1, _id: -1 }).limit(limit).lean();
  return {
    items: files.map((file) => ({
      ...present(file),
      ...(file.state === 'ready' && { url: staffLink(ctx.config, file._id, ctx.actor.id, ctx.now()) }),
    })),
  };
});

export const uploadedFilesHandler = handles(uploadedFiles, async (_ctx, { owner, fileIds }) => {
  const found = await FileModel.find({ _id: { $in: fileIds }, owner, messageId: { $exists: false } }).lean();
  const media = fileIds.map((id) => {
    const file = found.find(({ _id, state }) => _id === id && (state === 'ready' || state === 'checking'));
    if (!file) throw new AppError('record.not_found', { kind: 'file', id });
    return fileRef(file);
  });
  return { media, waiting: found.some(({ state }) => state === 'checking') };
});

const present = (file: FileDocument): FileView => ({
  id: file._id,
  ...(file.messageId && { messageId: file.messageId }),
  place: file.place ?? 0,
  direction: file.direction,
  type: file.type,
  mime: file.mime,
  filename: file.filename,
  ...(file.bytes !== undefined && { bytes: file.bytes }),
  state: file.state,
  ...(file.state !== 'ready' && { problem: wordsOf(file) }),
  shown: file.state === 'ready' && isShown(file.mime),
  at: file.createdAt.toISOString(),
});

function wordsOf({ state, problem, attempts }: FileDocument): string {
  const again = attempts && problem ? ` Tried again by itself: ${problem}.` : '';
  if (state === 'fetching') return `Is being fetched from the provider.${again}`;
  if (state === 'checking') return `Waits for the virus scanner.${again}`;
  if (state === 'failed') return `Could not be fetched: ${problem ?? 'the provider does not give it'}.`;
  return problem ?? '';
}
