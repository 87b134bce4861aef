/** A file of ours on its way to a provider: by a public address, or uploaded once and known there by an id from then on. */
import { createHash } from 'node:crypto';
import type { ChannelPort, StoredMedia } from '../core/define.ts';
import type { MediaRef, SendResult } from '../core/messaging.ts';
import { mediaUrlProblem } from './media.ts';

type Refusal = Extract<SendResult, { ok: false }>;
/** `known`: what the provider calls these very bytes already; `remember` keeps what it calls them from now on. */
export type Provided =
  | { link: string }
  | { file: StoredMedia; known?: string; remember(id: string): Promise<void> };

/**
 * Our own files are uploaded rather than linked: it works on an intranet, too, where the provider could not fetch them.
 * @param keptMs how long the provider keeps an upload; absent: for good
 */
export async function provide(
  media: MediaRef,
  { media: files, state, clock }: Pick<ChannelPort, 'media' | 'state' | 'clock'>,
  keptMs = Number.POSITIVE_INFINITY,
): Promise<Provided | Refusal> {
  if (!media.id) {
    if (!media.url) return wrong('has neither an address nor an id');
    const problem = mediaUrlProblem(media.url);
    return problem ? wrong(problem) : { link: media.url };
  }
  const file = await files.read(media).catch(() => undefined);
  if (!file) return wrong(`there is no file ${media.id}`);
  const hash = createHash('sha256').update(file.body).digest('base64url');
  // The name and what it is shown as belong to the upload with most providers, the words beside it do not.
  const key = `media:${media.type}:${hash}`;
  const now = clock.now().getTime();
  const before = await state.get<{ id: string; at: number } | string>(key);
  const known = typeof before === 'object' && now - before.at < keptMs ? before.id : undefined;
  return {
    file: { ...file, filename: media.filename ?? file.filename },
    ...(known !== undefined && { known }),
    remember: (id) => state.set(key, { id, at: now }),
  };
}

type Uploading = (
  file: StoredMedia,
) => Promise<{ ok: true; body: Record<string, any> } | { ok: false; error: Refusal }>;

/** The provider's id of the file, asked for by one upload where it has none yet. @param field of its answer with the id */
export async function uploadOnce(
  provided: Extract<Provided, { file: StoredMedia }>,
  upload: Uploading,
  field: string,
): Promise<string | Refusal> {
  if (provided.known !== undefined) return provided.known;
  const answer = await upload(provided.file);
  // An upload shows nothing to the customer: a lost answer may be tried again.
  if (!answer.ok)
    return answer.error.error === 'ambiguous' ? { ...answer.error, error: 'transient' } : answer.error;
  const id = String(answer.body[field]);
  await provided.remember(id);
  return id;
}

const wrong = (message: string): Refusal => ({ ok: false, error: 'content', message: `media: ${message}` });
