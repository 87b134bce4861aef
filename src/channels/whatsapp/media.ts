/** Files both ways. In: media id → short-lived address → fetch with the token. Out: our own files are uploaded first. */
import type { ChannelPort } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { fetchMedia, mediaUrlProblem } from '../media.ts';
import type { Refusal } from './errors.ts';
import type { Graph } from './graph.ts';
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

/** What Graph is given for a file: its id, a public link, or our own file (`/files/…`) uploaded. */
export async function settleMedia(
  media: MediaRef,
  { settings, port, graph }: { settings: Settings; port: ChannelPort; graph: Graph },
): Promise<{ id: string } | { link: string } | Refusal> {
  if (media.id) return { id: media.id };
  if (!media.url) return wrong('has neither an address nor an id');
  if (media.url.startsWith('/')) return upload(media, media.url, { settings, port, graph });
  const problem = mediaUrlProblem(media.url);
  return problem ? wrong(problem) : { link: media.url };
}

async function upload(
  media: MediaRef,
  path: string,
  { settings, port, graph }: { settings: Settings; port: ChannelPort; graph: Graph },
): Promise<{ id: string } | Refusal> {
  const key = `media:${path}`;
  const before = await port.state.get<{ id: string; at: number }>(key);
  const now = port.clock.now().getTime();
  if (before && now - before.at < keptMs) return { id: before.id };
  const own = await port
    .fetch(new URL(path, port.publicUrl), { signal: AbortSignal.timeout(settings.timeoutMs) })
    .catch(() => undefined);
  if (!own?.ok) return { ok: false, error: 'transient', message: `our own file ${path} could not be read` };
  const mime = media.mime ?? own.headers.get('content-type') ?? 'application/octet-stream';
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', mime);
  form.set('file', new Blob([await own.arrayBuffer()], { type: mime }), media.filename ?? 'file');
  const answer = await graph.post(`${settings.phoneNumberId}/media`, form);
  // An upload shows nothing to the customer: a lost answer may be tried again.
  if (!answer.ok)
    return answer.error.error === 'ambiguous' ? { ...answer.error, error: 'transient' } : answer.error;
  await port.state.set(key, { id: answer.body.id, at: now });
  return { id: String(answer.body.id) };
}

const wrong = (message: string): Refusal => ({ ok: false, error: 'content', message: `media: ${message}` });
