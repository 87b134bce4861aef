/** Files of conversations as channels know them: `file:<id>`. */
import type { StoredMedia } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { type FileDocument, FileModel } from './model.ts';
import type { FileStore } from './store.ts';

const prefix = 'file:';

export const fileRef = ({
  _id,
  type,
  mime,
  filename,
  bytes,
}: Pick<FileDocument, '_id' | 'type' | 'mime' | 'filename' | 'bytes'>): MediaRef => ({
  type,
  id: `${prefix}${_id}`,
  mime,
  filename,
  ...(bytes !== undefined && { bytes }),
});

export const fileIdOf = (id = ''): string | undefined =>
  id.startsWith(prefix) ? id.slice(prefix.length) : undefined;

/** Its bytes, for channels that attach or upload it; `undefined` for any other id. @throws unless it has passed its check */
export function fileMedia(store: FileStore, id: string): Promise<StoredMedia> | undefined {
  const fileId = fileIdOf(id);
  return fileId === undefined ? undefined : readFileOf(store, fileId);
}

export async function readFileOf(store: FileStore, fileId: string): Promise<StoredMedia> {
  const file = await FileModel.findById(fileId).lean();
  if (!file?.hash || file.state !== 'ready')
    throw new AppError('record.not_found', { kind: 'file', id: fileId });
  return { body: await store.get(file.hash), mime: file.mime, filename: file.filename };
}
