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
import { type Fields, fieldsOf, maxBytes, pairsOf } from '../phone/form.ts';
import { readNumber } from '../phone/number.ts';
import { isTwilioSigned } from '../phone/signature.ts';
import { readExotel } from './exotel.ts';
import { telephonyGuide } from './guide.ts';
import {
  answer,
  eventsOf,
  hungUp,
  placeOf,
  eventOf as spokenEvent,
  type Talk,
  type Where,
} from './ivr/answer.ts';
import { createDesk, type Desk } from './ivr/desk.ts';
import { answerExotel } from './ivr/exotel.ts';
import {
  capabilities,
  type ExotelSettings,
  type Settings,
  settingsSchema,
  type TwilioSettings,
} from './settings.ts';
import { dial, goodbye, nothing, type Read, readTwilio } from './twilio.ts';

type Account = { id: string; settings: Settings; port: ChannelPort; desk: Desk };

export const telephony = defineChannel({
  name: 'telephony',
  label: 'Telephone',
  audience: 'customer',
  capabilities,
  settings: settingsSchema,
  guide: telephonyGuide,
  open({ id, settings }, port) {
    const desk = createDesk(port);
    const account = { id, settings, port, desk };
    return {
      webhook: (request) => receive(request, account),
      send: desk.send,
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
  const now = port.clock.now();
  if (settings.provider !== 'twilio') return receiveExotel(fields, account, settings);
  const read =
    placeOf(fields).step === undefined || fields.DialCallStatus
      ? readTwilio(fields, settings, now)
      : undefined;
  const where: Where | undefined =
    settings.menu && fields.CallSid ? { ...talkOf(fields.From, fields.To, account), settings } : undefined;
  const isMenu = where && (read?.asks || placeOf(fields).step !== undefined);
  const more = isMenu ? await eventsOf(fields, where) : where && read ? await hungUp(read.report, where) : [];
  await take(read, fields, account, more);
  if (where && read?.report.callId && isOver(read)) await account.desk.end(read.report.callId);
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: isMenu ? await answer(fields, where) : answerTo(read, fields, settings, address),
  };
}

async function receiveExotel(
  fields: Fields,
  account: Account,
  settings: ExotelSettings,
): Promise<WebhookResponse> {
  const { port, desk } = account;
  const talk = talkOf(fields.CallFrom ?? fields.From, fields.CallTo ?? fields.To, account);
  const menu = await answerExotel(fields, {
    settings,
    desk,
    make: (id, body) => spokenEvent(id, body, fields, talk),
    accept: port.accept,
  });
  if (menu) return menu;
  const read = readExotel(fields, settings, port.clock.now());
  await take(read, fields, account, read && settings.menu ? await hungUp(read.report, talk) : []);
  if (read && settings.menu && isOver(read)) await desk.end(read.report.callId);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' };
}

/** What is told of the call, and what the caller has said on it, become durable together. */
async function take(
  read: Read | undefined,
  fields: Fields,
  account: Account,
  more: InboundEvent[] = [],
): Promise<void> {
  const events = [...(read ? [eventOf(read, account)] : []), ...more];
  if (events.length) await account.port.accept(events);
  else if (!fields.ivr)
    account.port.log.info(
      { channel: 'telephony', account: account.id, fields: Object.keys(fields) },
      'a webhook that tells of no call',
    );
}

const isOver = ({ report }: Read): boolean =>
  !report.legId &&
  !report.recording &&
  report.status !== undefined &&
  report.status !== 'ringing' &&
  report.status !== 'talking';

function talkOf(
  from: string | undefined,
  to: string | undefined,
  { id: account, settings, port, desk }: Account,
): Talk {
  const [caller, ours] = [from, to].map((said) => readNumber(said, settings.country));
  return {
    port,
    desk,
    account,
    here: `${port.publicUrl.replace(/\/$/, '')}/webhooks/telephony/${account}`,
    ...(caller?.startsWith('+') && { caller }),
    origin: originOf(ours, settings),
  };
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
  return {
    id,
    channel: 'telephony',
    account,
    audience: 'customer',
    thread: report.callId,
    from: [],
    at: port.clock.now(),
    body: { kind: 'call', call: report },
    meta: originOf(ours, settings),
  };
}

/** What the number stands for that was dialled: the one on the hoarding. */
function originOf(ours: string | undefined, settings: Settings): Record<string, unknown> {
  const sign = ours ? settings.numbers[ours] : undefined;
  return {
    source: sign?.source ?? settings.source,
    medium: 'telephone',
    ...(sign?.campaign && { campaign: sign.campaign }),
  };
}

function answerTo(read: Read | undefined, fields: Fields, settings: TwilioSettings, address: string): string {
  if (read?.asks) return dial(settings, address);
  return fields.DialCallStatus ? goodbye(settings, read?.report.status === 'completed') : nothing();
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
