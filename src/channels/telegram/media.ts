/** Files both ways. In: file id → path → fetch by an address that holds the token, and so is never logged. Out: uploaded once. */
import { extname } from 'node:path';
import type { ChannelPort } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { fetchMedia } from '../media.ts';
import { provide } from '../upload.ts';
import type { Refusal, TelegramApi } from './api.ts';
import { maxFileBytes, type Settings } from './settings.ts';

/** Telegram's file host tells no type but this for many files; then what the message said counts. */
const anything = 'application/octet-stream';
const types = [
  'image/',
  'audio/',
  'video/',
  'text/plain',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.',
];
const byExtension: Record<string, string> = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.oga': 'audio/ogg',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
};

/** @throws AppError input.invalid, input.too_large, record.not_found; Error when Telegram does not answer. */
export async function downloadMedia(
  ref: MediaRef,
  { settings, api }: { settings: Settings; api: TelegramApi },
): Promise<{ body: Buffer; mime: string; filename?: string }> {
  const answer = await api.call('getFile', { file_id: ref.id ?? '' });
  if (!answer.ok) {
    if (/too big/i.test(answer.error.message)) throw new AppError('input.too_large', { limit: '20 MB' });
    throw new AppError(
      'record.not_found',
      { kind: 'file', id: ref.id ?? '' },
      new Error(answer.error.message),
    );
  }
  const path = String(answer.result.file_path ?? '');
  const base = new URL(settings.apiUrl);
  const file = await fetchMedia(new URL(`/file/bot${settings.token}/${path}`, base).href, {
    hosts: [],
    trusted: [base.host],
    maxBytes: maxFileBytes,
    types: [...types, anything],
  });
  const mime = file.mime === anything ? (ref.mime ?? byExtension[extname(path)] ?? anything) : file.mime;
  if (!types.some((type) => mime.startsWith(type)))
    throw new AppError('input.invalid', {
      problems: `media: ${mime} is not accepted`,
      fields: [{ path: 'media', message: `${mime} is not accepted` }],
    });
  return { body: file.body, mime, ...(ref.filename && { filename: ref.filename }) };
}

export type Settled = {
  file: string | { source: Buffer; filename: string };
  remember(fileId: string): Promise<void>;
};

/** What Telegram is given for a file: the id it has of it already, our bytes, or a public address. */
export async function settleMedia(media: MediaRef, port: ChannelPort): Promise<Settled | Refusal> {
  const provided = await provide(media, port);
  if ('ok' in provided) return provided;
  if ('link' in provided) return { file: provided.link, async remember() {} };
  const { file, known, remember } = provided;
  return { file: known ?? { source: file.body, filename: file.filename }, remember };
}
