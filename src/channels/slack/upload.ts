/** Files of ours (charts, PDFs) into a direct message: docs.slack.dev/messaging/working-with-files/#upload. */
import type { ChannelPort } from '../../core/define.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { lost } from '../lost.ts';
import type { ApiAnswer, SlackApi } from './api.ts';
import { isSlacks } from './hosts.ts';
import type { Settings } from './settings.ts';

/** Nothing is seen before the last call: what was lost before it may be done again, and only its own loss is ambiguous. */
export async function uploadFile(
  { api, port, settings }: { api: SlackApi; port: ChannelPort; settings: Settings },
  channel: string,
  media: MediaRef,
  comment?: string,
): Promise<ApiAnswer> {
  const { body, filename } = await port.media.read(media);
  const name = media.filename ?? filename;
  const place = await api.call('files.getUploadURLExternal', { filename: name, length: body.length });
  if (!place.ok) return harmless(place);
  const stored = await put(String(place.body.upload_url), body);
  if (!stored.ok) return harmless(stored);
  return api.call('files.completeUploadExternal', {
    files: [{ id: place.body.file_id, title: name }],
    channel_id: channel,
    ...(comment && comment !== name && { initial_comment: comment }),
  });

  async function put(url: string, bytes: Buffer): Promise<ApiAnswer> {
    if (!isSlacks(url, settings))
      return { ok: false, error: { ok: false, error: 'content', message: 'the upload url is not Slack’s' } };
    try {
      const response = await port.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes),
        redirect: 'error',
        signal: AbortSignal.timeout(settings.timeoutMs),
      });
      if (response.ok) return { ok: true, body: {} };
      return {
        ok: false,
        error: { ok: false, error: 'transient', message: `HTTP ${response.status} for the upload` },
      };
    } catch (error) {
      return { ok: false, error: lost(error) };
    }
  }
}

const harmless = (answer: ApiAnswer): ApiAnswer =>
  !answer.ok && answer.error.error === 'ambiguous'
    ? { ok: false, error: { ...answer.error, error: 'transient' } }
    : answer;
