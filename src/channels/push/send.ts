import webPush from 'web-push';
import type { Content, Outbound, SendResult } from '../../core/messaging.ts';
import type { VapidKeys } from './keys.ts';
import { post } from './post.ts';

/** How long a push service keeps it for a browser that is off. */
const ttlSeconds = 24 * 3600;
/** A push service takes 4096 bytes; encryption and the other fields want their part. */
const maxBytes = 2800;

export function pushSender({
  keys,
  subject,
  trusted,
  gone,
}: {
  keys: VapidKeys;
  subject: string;
  trusted: string[];
  /** Told of an address that is no more. */
  gone?: (to: string) => Promise<void>;
}) {
  return async (out: Outbound): Promise<SendResult> => {
    const { endpoint, keys: browser } = (out.meta ?? {}) as {
      endpoint?: string;
      keys?: { p256dh: string; auth: string };
    };
    if (!endpoint || !browser) return { ok: false, error: 'content', message: 'there is no subscription' };
    let request: webPush.RequestDetails;
    try {
      request = webPush.generateRequestDetails({ endpoint, keys: browser }, JSON.stringify(payloadOf(out)), {
        vapidDetails: { subject, publicKey: keys.publicKey, privateKey: keys.privateKey },
        TTL: ttlSeconds,
        urgency: 'high',
      });
    } catch (error) {
      return { ok: false, error: 'recipient', message: (error as Error).message };
    }
    const answer = await post(request, trusted);
    if ('refused' in answer) return { ok: false, error: 'recipient', message: answer.refused };
    if ('lost' in answer) return { ok: false, error: 'transient', message: answer.lost };
    const { status, location, retryAfter } = answer;
    if (status >= 200 && status < 300) return { ok: true, providerId: location ?? out.id };
    if (status === 404 || status === 410) {
      await gone?.(out.to);
      return {
        ok: false,
        error: 'recipient',
        message: 'The browser takes no more: it was taken off the list.',
      };
    }
    const message = `the push service answered ${status}`;
    if (status === 429)
      return {
        ok: false,
        error: 'rate',
        message,
        ...(retryAfter !== undefined && { retryAfterMs: retryAfter * 1000 }),
      };
    if (status >= 500) return { ok: false, error: 'transient', message };
    return { ok: false, error: status === 401 || status === 403 ? 'auth' : 'content', message };
  };
}

/** What the console's service worker shows. `tag`: sent again, it takes the place of the first. */
function payloadOf({ id, content }: Outbound): { title: string; body: string; url: string; tag: string } {
  const { title, text, link } = wordsOf(content);
  return { title: cut(title, 200), body: cut(text, maxBytes - 600), url: link ?? '/', tag: id };
}

function wordsOf(content: Content): { title: string; text: string; link?: string } {
  if (content.kind === 'card') {
    const { title = '', text = '', link } = content.card;
    return { title, text, ...(link && { link }) };
  }
  if (content.kind === 'text') return { title: content.subject ?? '', text: content.text };
  if (content.kind === 'media') return { title: content.media.filename ?? '', text: content.caption ?? '' };
  return { title: '', text: 'text' in content ? content.text : '' };
}

/** At most so many bytes of UTF-8, no letter torn. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = '';
  let used = 3;
  for (const letter of text) {
    used += Buffer.byteLength(letter);
    if (used > bytes) break;
    kept += letter;
  }
  return `${kept}…`;
}
