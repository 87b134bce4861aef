/** Files both ways. In: media id → short-lived address → fetch with the token. Out: our own files are uploaded first. */
import type { ChannelPort, StoredMedia } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { fetchMedia } from '../media.ts';
import type { Graph } from '../meta/graph.ts';
import { provide, uploadOnce } from '../upload.ts';
import type { Refusal } from './errors.ts';
import type { Settings } from './settings.ts';

/** Meta's limits are 16 MB for audio and video and 100 MB for documents; ours is lower. */
const maxBytes = 20_000_000;
const types = [
  'image/',
  'audio/',
  'video/',
  'application/pdf',
  'text/plain',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.',
];
/** Uploads last 30 days at Meta; a file is uploaded again a day before. */
const keptMs = 29 * 24 * 3600 * 1000;

/** @throws AppError input.invalid, input.too_large, record.not_found; Error when Meta does not answer. */
export async function downloadMedia(
  ref: MediaRef,
  { settings, graph }: { settings: Settings; graph: Graph },
): Promise<{ body: Buffer; mime: string; filename?: string }> {
  const answer = await graph.get(encodeURIComponent(ref.id ?? ''));
  if (!answer.ok)
    throw new AppError(
      'record.not_found',
      { kind: 'file', id: ref.id ?? '' },
      new Error(answer.error.message),
    );
  const file = await fetchMedia(String(answer.body.url), {
    hosts: ['lookaside.fbsbx.com', '.fbcdn.net', '.whatsapp.net'],
    trusted: [new URL(settings.apiUrl).host],
    maxBytes,
    types,
    headers: { authorization: graph.authorization },
  });
  return { ...file, ...(ref.filename && { filename: ref.filename }) };
}

export type Settled = { id: string; filename: string } | { link: string };
type Deps = { settings: Settings; port: ChannelPort; graph: Graph };

/** What Graph is given for a file: a public link, or one of our own files (`id`), uploaded. */
export async function settleMedia(
  media: MediaRef,
  { settings, port, graph }: Deps,
): Promise<Settled | Refusal> {
  const provided = await provide(media, port, keptMs);
  if (!('file' in provided)) return provided;
  const upload = ({ body, mime, filename }: StoredMedia) => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', mime);
    form.set('file', new Blob([new Uint8Array(body)], { type: mime }), filename);
    return graph.post(`${settings.phoneNumberId}/media`, form);
  };
  const id = await uploadOnce(provided, upload, 'id');
  return typeof id === 'string' ? { id, filename: provided.file.filename } : id;
}
