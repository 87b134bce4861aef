/** A picture that came with a message: Twilio's address asks for our name and leads on to where files lie, which must not hear it. */
import type { ChannelPort } from '../../../core/define.ts';
import { fetchMedia } from '../../media.ts';
import type { TwilioSettings } from '../settings.ts';

const types = ['image/', 'audio/', 'video/', 'application/pdf', 'text/'];
const maxBytes = 16_000_000;
const stores = ['.twiliocdn.com', '.amazonaws.com'];

/** @throws AppError input.invalid, input.too_large; Error when the host does not answer. */
export async function downloadMedia(
  url: string,
  settings: TwilioSettings,
  port: Pick<ChannelPort, 'fetch'>,
): Promise<{ body: Buffer; mime: string }> {
  const { timeoutMs, accountSid, authTokens } = settings;
  const api = new URL(settings.apiUrl);
  const headers = {
    authorization: `Basic ${Buffer.from(`${accountSid}:${authTokens[0]}`).toString('base64')}`,
  };
  const rules = { maxBytes, types, timeoutMs };
  if (!URL.canParse(url) || new URL(url).host !== api.host) return fetchMedia(url, { ...rules, hosts: [] });
  const answer = await port.fetch(url, {
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  await answer.body?.cancel();
  const next = answer.status >= 300 && answer.status < 400 && answer.headers.get('location');
  if (next) return fetchMedia(new URL(next, url).href, { ...rules, hosts: stores });
  // Another address than Twilio's own is one that an administrator wrote down.
  const trusted = settings.apiUrl === 'https://api.twilio.com' ? [] : [api.host];
  return fetchMedia(url, { ...rules, hosts: [api.hostname], trusted, headers });
}
