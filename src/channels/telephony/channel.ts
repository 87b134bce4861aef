/** Telephone calls by a provider's or dialer's webhooks: what happened is told, and recordings are fetched. */
import {
  type ChannelPort,
  defineChannel,
  type WebhookRequest,
  type WebhookResponse,
} from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import { isSame } from '../../core/signing.ts';
import { fetchMedia } from '../media.ts';
import { readExotel } from './exotel.ts';
import { type Fields, fieldsOf, maxBytes, pairsOf } from '../phone/form.ts';
import { capabilities, type Settings, settingsSchema } from './settings.ts';
import { isTwilioSigned } from '../phone/signature.ts';
import { dial, goodbye, nothing, type Read, readTwilio } from './twilio.ts';

type Account = { id: string; settings: Settings; port: ChannelPort };

export const telephony = defineChannel({
  name: 'telephony',
  label: 'Telephone',
  audience: 'customer',
  capabilities,
  settings: settingsSchema,
  open({ id, settings }, port) {
    const account = { id, settings, port };
    return {
      webhook: (request) => receive(request, account),
      send: async () => ({ ok: false, error: 'content', message: 'Nothing can be written to a telephone.' }),
      media: ({ url = '' }) =>
        fetchMedia(url, {
          hosts: hostsOf(settings),
          trusted: trustedOf(settings),
          maxBytes: 60 * 1024 * 1024,
          types: ['audio/'],
          headers: authorization(settings),
          timeoutMs: settings.timeoutMs,
        }),
      health: async () => ({
        ok: true,
        detail: `waits for ${settings.provider === 'twilio' ? 'Twilio' : 'Exotel'}`,
      }),
    };
  },
});

/** Size → who sent it → what it says → durable → answer. */
async function receive(request: WebhookRequest, account: Account): Promise<WebhookResponse> {
  if (request.body.length > maxBytes) throw new AppError('input.too_large', { limit: '256 kB' });
  const { settings, port } = account;
  const address = `${port.publicUrl.replace(/\/$/, '')}${request.url}`;
  if (!isGenuine(request, address, settings)) throw new AppError('auth.bad_signature');
  const fields = await fieldsOf(request);
  const read =
    settings.provider === 'twilio'
      ? readTwilio(fields, settings, port.clock.now())
      : readExotel(fields, settings, port.clock.now());
  if (read) await port.accept([eventOf(read, account)]);
  else
    port.log.info(
      { channel: 'telephony', account: account.id, fields: Object.keys(fields) },
      'a webhook that tells of no call',
    );
  return answerTo(read, fields, settings, address);
}

function isGenuine(request: WebhookRequest, address: string, settings: Settings): boolean {
  if (settings.provider === 'twilio') {
    const pairs = request.method === 'POST' ? pairsOf(request.body) : [];
    return isTwilioSigned(request.headers['x-twilio-signature'], address, pairs, settings.authTokens);
  }
  const given = request.query.token ?? request.headers['x-webhook-token'] ?? '';
  return settings.tokens.some((token) => isSame(given, token));
}

/** A lane of its own for each call: its reports are taken one after another. */
function eventOf({ id, report }: Read, { id: account, settings, port }: Account): InboundEvent {
  const ours = report.direction === 'in' ? report.to : report.from;
  const sign = ours ? settings.numbers[ours] : undefined;
  return {
    id,
    channel: 'telephony',
    account,
    audience: 'customer',
    thread: report.callId,
    from: [],
    at: port.clock.now(),
    body: { kind: 'call', call: report },
    meta: {
      source: sign?.source ?? settings.source,
      medium: 'telephone',
      ...(sign?.campaign && { campaign: sign.campaign }),
    },
  };
}

function answerTo(
  read: Read | undefined,
  fields: Fields,
  settings: Settings,
  address: string,
): WebhookResponse {
  if (settings.provider !== 'twilio')
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' };
  const body = read?.asks
    ? dial(settings, address)
    : fields.DialCallStatus
      ? goodbye(settings, read?.report.status === 'completed')
      : nothing();
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

const hostsOf = (settings: Settings): string[] =>
  settings.provider === 'twilio' ? [new URL(settings.apiUrl).hostname] : settings.recordingHosts;

/** Another address than Twilio's own is one that an administrator wrote down: a proxy, or the emulator. */
const trustedOf = (settings: Settings): string[] =>
  settings.provider === 'twilio' && settings.apiUrl !== 'https://api.twilio.com'
    ? [new URL(settings.apiUrl).host]
    : [];

function authorization(settings: Settings): Record<string, string> {
  const [user, password] =
    settings.provider === 'twilio'
      ? [settings.accountSid, settings.authTokens[0]!]
      : [settings.apiKey, settings.apiToken];
  return user ? { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` } : {};
}
