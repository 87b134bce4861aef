/** Files that customers send: fetched from WhatsApp's own hosts only, whatever the message names, and decrypted. */
import { BufferJSON, downloadContentFromMessage, type MediaType } from '@whiskeysockets/baileys';
import { isLoopback } from '../linked/settings.ts';

type File = { kind: MediaType; mediaKey: Uint8Array; directPath?: string; url?: string; mime?: string };

/** @param file as `readMessage` wrote it. @throws Error when the host is not WhatsApp's or the file too large. */
export async function download(
  file: string,
  { maxBytes, socketUrl }: { maxBytes: number; socketUrl: string },
): Promise<{ body: Uint8Array; mime?: string }> {
  const { kind, mediaKey, directPath, url, mime } = JSON.parse(file, BufferJSON.reviver) as File;
  const path = directPath ?? (url ? new URL(url).pathname + new URL(url).search : undefined);
  // The sender writes both; joined to a host, a path without its slash would name another one.
  if (!path?.startsWith('/')) throw new Error('the message names no place of its file');
  const stream = await downloadContentFromMessage({ mediaKey, directPath: path }, kind, {
    host: hostOf(url, socketUrl),
    options: { redirect: 'error', signal: AbortSignal.timeout(60_000) },
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`the file is larger than ${Math.floor(maxBytes / 1_000_000)} MB`);
    chunks.push(chunk);
  }
  return { body: Buffer.concat(chunks), ...(mime && { mime: mime.split(';')[0]! }) };
}

const usualHost = 'mmg.whatsapp.net';

function hostOf(url: string | undefined, socketUrl: string): string {
  if (!url || !URL.canParse(url)) return usualHost;
  const { host, hostname } = new URL(url);
  if (hostname.endsWith('.whatsapp.net') || (isLoopback(socketUrl) && isLoopback(url))) return host;
  return usualHost;
}
