/** Files both ways. In: media id → short-lived address → fetch with the token. Out: our own files are uploaded first. */
import { createHash } from 'node:crypto';
import type { ChannelPort } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { fetchMedia, mediaUrlProblem } from '../media.ts';
import type { Graph } from '../meta/graph.ts';
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
export async function settleMedia(media: MediaRef, deps: Deps): Promise<Settled | Refusal> {
  if (media.id) return upload(media, media.id, deps);
  if (!media.url) return wrong('has neither an address nor an id');
  const problem = mediaUrlProblem(media.url);
  return problem ? wrong(problem) : { link: media.url };
}

/** Uploaded rather than linked: it works on an intranet, too, where Meta could not fetch it. */
async function upload(
  media: MediaRef,
  id: string,
  { settings, port, graph }: Deps,
): Promise<Settled | Refusal> {
  const key = `media:${id}`;
  const file = await port.media.read(media).catch(() => undefined);
  if (!file) return wrong(`there is no file ${id}`);
  const hash = createHash('sha256').update(file.body).digest('base64url');
  const now = port.clock.now().getTime();
  const before = await port.state.get<{ id: string; at: number; hash: string }>(key);
  if (before?.hash === hash && now - before.at < keptMs) return { id: before.id, filename: file.filename };
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', file.mime);
  form.set('file', new Blob([new Uint8Array(file.body)], { type: file.mime }), file.filename);
  const answer = await graph.post(`${settings.phoneNumberId}/media`, form);
  // An upload shows nothing to the customer: a lost answer may be tried again.
  if (!answer.ok)
    return answer.error.error === 'ambiguous' ? { ...answer.error, error: 'transient' } : answer.error;
  const uploaded = String(answer.body.id);
  await port.state.set(key, { id: uploaded, at: now, hash });
  return { id: uploaded, filename: file.filename };
}

const wrong = (message: string): Refusal => ({ ok: false, error: 'content', message: `media: ${message}` });
