/** What people send comes by an address at Meta's own hosts, good for some hours. */
import type { MediaRef } from '../../core/messaging.ts';
import { fetchMedia } from '../media.ts';

const maxBytes = 25_000_000;
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

/** @throws AppError input.invalid, input.too_large; Error when the host does not answer. */
export async function downloadMedia(
  { url = '', filename }: MediaRef,
  { apiUrl }: { apiUrl: string },
): Promise<{ body: Buffer; mime: string; filename?: string }> {
  const isOther = apiUrl !== 'https://graph.facebook.com';
  const file = await fetchMedia(url, {
    hosts: [
      'cdn.fbsbx.com',
      'lookaside.fbsbx.com',
      '.fbcdn.net',
      '.cdninstagram.com',
      'lookaside.instagram.com',
    ],
    // Another address than Meta's own is one that an administrator wrote down: a proxy, or the emulator.
    trusted: isOther ? [new URL(apiUrl).host] : [],
    maxBytes,
    types,
  });
  return { ...file, ...(filename && { filename }) };
}
