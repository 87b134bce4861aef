/**
 * Slack's requests over HTTP: verified over the raw bytes, stored, then acknowledged (Slack waits 3 s). Bolt's own
 * verification knows one secret and accepts times to come, and its App acknowledges events before a listener has run;
 * hence this.
 */
import { createHmac } from 'node:crypto';
import type { ChannelPort, WebhookRequest, WebhookResponse } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { isSame } from '../../core/signing.ts';
import { normalize } from './normalize.ts';
import type { Settings } from './settings.ts';

/** Slack documents no largest payload; a modal with everything filled stays far below this. */
export const maxBytes = 1024 * 1024;
const maxAgeSeconds = 300;

export async function receive(
  request: WebhookRequest,
  { account, settings, port }: { account: string; settings: Settings; port: ChannelPort },
): Promise<WebhookResponse> {
  if (request.body.length > maxBytes) throw new AppError('input.too_large', { limit: '1 MB' });
  if (!isSigned(request, settings.signingSecrets, port.clock.now())) throw new AppError('auth.bad_signature');
  const body = parse(request.body.toString('utf8'));
  if (body.type === 'url_verification') return { status: 200, body: { challenge: String(body.challenge) } };
  if (body.ssl_check) return { status: 200 };
  const events = normalize(body, { account, at: port.clock.now() });
  if (events.length) await port.accept(events);
  return { status: 200 };
}

/** docs.slack.dev/authentication/verifying-requests-from-slack, with the time checked in both directions. */
function isSigned({ headers, body }: WebhookRequest, secrets: string[], now: Date): boolean {
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  const given = headers['x-slack-signature'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1000 - Number(timestamp)) > maxAgeSeconds)
    return false;
  return secrets.some((secret) => {
    const hash = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
    return isSame(given, `v0=${hash}`);
  });
}

/** Events come as JSON, commands as a form, clicks and modals as JSON inside a form's `payload`. */
function parse(text: string): Record<string, unknown> {
  if (text.startsWith('{')) return json(text, 'body');
  const form = Object.fromEntries(new URLSearchParams(text));
  return form.payload === undefined ? form : json(form.payload, 'payload');
}

function json(text: string, field: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new AppError('input.malformed', {
      problem: `${field}: is not JSON`,
      fields: [{ path: field, message: 'is not JSON' }],
    });
  }
}
