/**
 * Twilio's messages API: takes them, refuses what it documents to refuse, and tells how far they have come. Fixtures
 * after twilio.com/docs/messaging/api/message-resource, /docs/api/errors and /docs/messaging/guides/webhook-request.
 */
import { measure } from '../../../core/segments.ts';
import type { Answer, Call, Routes } from '../http.ts';
import { type ApiFault, apiFaults, type Delivery, type EmulatorAccounts, type World } from '../types.ts';
import { createSender } from '../webhooks.ts';
import { type Fields, signedPost, type Target } from './signed-post.ts';

export type TextMessage = {
  sid: string;
  phone: string;
  /** From the phone's side: `out` is what the customer wrote. */
  direction: 'in' | 'out';
  text: string;
  segments: number;
  media: string[];
  at: Date;
  status: 'queued' | 'sent' | 'delivered' | 'undelivered' | 'received';
};
export type TextPhones = ReturnType<typeof createTwilio>['phones'];

export function createTwilio(
  world: World,
  account: EmulatorAccounts['twilio'],
  target: Target,
  { autoStatuses }: { autoStatuses: boolean },
) {
  const messages: TextMessage[] = [];
  const taken: Fields[] = [];
  const stopped = new Set<string>();
  const off = new Set<string>();
  // Twilio asks once more where nobody answered.
  const sender = createSender(world, 'twilio', [15_000]);
  const post = signedPost(sender, account.authToken, target);
  const base = `/2010-04-01/Accounts/${account.accountSid}`;

  const routes: Routes = (call) => {
    if (!call.path.startsWith('/2010-04-01/')) return undefined;
    const expected = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
    if (call.headers.authorization !== expected) return refuse(401, 20003, 'Authenticate');
    if (call.path === `${base}.json`)
      return { body: { sid: account.accountSid, friendly_name: account.name, status: 'active' } };
    if (call.path === `${base}/Messages.json` && call.method === 'POST') return take(call);
    return refuse(404, 20404, `The requested resource ${call.path} was not found`);
  };

  function take(call: Call): Answer {
    const fields: Fields = Object.fromEntries(new URLSearchParams(call.raw.toString('utf8')));
    const fault = world.takeFault<ApiFault>('twilio', apiFaults);
    if (fault === 'auth') return refuse(401, 20003, 'Authenticate');
    if (fault === 'rate') return refuse(429, 20429, 'Too Many Requests', { 'retry-after': '2' });
    if (fault === 'serverError') return refuse(500, 20500, 'Internal Server Error');
    const problem = problemOf(fields);
    if (problem) return refuse(400, ...problem);
    const message: TextMessage = {
      sid: sidOf('SM'),
      phone: fields.To!,
      direction: 'in',
      text: fields.Body ?? '',
      segments: measure(fields.Body ?? '').segments,
      media: [fields.MediaUrl ?? []].flat(),
      at: world.clock.now(),
      status: 'queued',
    };
    messages.push(message);
    taken.push(fields);
    world.bus.emit('change');
    if (autoStatuses && fields.StatusCallback) setImmediate(() => void report(message, fields));
    if (fault === 'timeoutAfterAccept') call.drop();
    return {
      status: 201,
      body: {
        sid: message.sid,
        account_sid: account.accountSid,
        to: fields.To,
        from: fields.From ?? null,
        body: fields.Body,
        status: 'queued',
        num_segments: String(message.segments),
        error_code: null,
        error_message: null,
        uri: `${base}/Messages/${message.sid}.json`,
      },
    };
  }

  function problemOf({
    To = '',
    From,
    MessagingServiceSid,
    Body,
    MediaUrl,
  }: Fields): [number, string] | undefined {
    if (!/^\+[1-9]\d{6,14}$/.test(To)) return [21211, `Invalid 'To' Phone Number: ${To}`];
    if (!From && !MessagingServiceSid) return [21603, "A 'From' phone number is required."];
    if (!Body && !MediaUrl) return [21602, 'Message body is required.'];
    if ((Body ?? '').length > 1600)
      return [21617, 'The concatenated message body exceeds the 1600 character limit'];
    return stopped.has(To) ? [21610, 'Attempt to send to unsubscribed recipient'] : undefined;
  }

  async function report(message: TextMessage, fields: Fields): Promise<void> {
    const last = off.has(message.phone) ? ('undelivered' as const) : ('delivered' as const);
    for (const status of ['sent', last] as const) {
      message.status = status;
      await post(fields.StatusCallback!, {
        MessageSid: message.sid,
        SmsSid: message.sid,
        MessageStatus: status,
        SmsStatus: status,
        ...(status === 'undelivered' && { ErrorCode: '30003' }),
        AccountSid: account.accountSid,
        From: fields.From ?? account.number,
        To: message.phone,
        ApiVersion: '2010-04-01',
      });
    }
  }

  const sidOf = (kind: string): string => `${kind}${String(world.next()).padStart(32, '0')}`;

  /** STOP and its like are heard by Twilio, too (twilio.com/docs/messaging/guides/opt-out-keywords). */
  function heed(phone: string, text: string): void {
    const word = text.trim().toUpperCase();
    if (['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'].includes(word)) stopped.add(phone);
    if (['START', 'UNSTOP', 'YES'].includes(word)) stopped.delete(phone);
  }

  const phones = {
    number: account.number,
    /** A customer writes. @param media addresses of pictures. */
    async say(phone: string, text: string, media: { url: string; mime: string }[] = []): Promise<Delivery> {
      heed(phone, text);
      const sid = sidOf('SM');
      const at = world.clock.now();
      const { segments } = measure(text);
      messages.push({
        sid,
        phone,
        direction: 'out',
        text,
        segments,
        media: media.map(({ url }) => url),
        at,
        status: 'received',
      });
      world.bus.emit('change');
      return post(target.signed('/webhooks/sms/main'), {
        ToCountry: 'IN',
        MessageSid: sid,
        SmsMessageSid: sid,
        SmsSid: sid,
        SmsStatus: 'received',
        NumMedia: String(media.length),
        NumSegments: String(segments),
        AccountSid: account.accountSid,
        From: phone,
        To: account.number,
        Body: text,
        ApiVersion: '2010-04-01',
        ...Object.fromEntries(
          media.flatMap(({ url, mime }, n) => [
            [`MediaUrl${n}`, url],
            [`MediaContentType${n}`, mime],
          ]),
        ),
      });
    },
    /** Told to Twilio where we do not hear it: at another number of the messaging service. */
    stopElsewhere: (phone: string) => void stopped.add(phone),
    switchOff: (phone: string, isOff = true) => void (isOff ? off.add(phone) : off.delete(phone)),
    messages: (phone: string): TextMessage[] => messages.filter((message) => message.phone === phone),
    /** What the phone shows of ours. */
    seen: (phone: string): TextMessage[] =>
      messages.filter((message) => message.phone === phone && message.direction === 'in'),
    phones: (): string[] => [...new Set(messages.map(({ phone }) => phone))],
    taken: (): Fields[] => taken,
    retryDue: sender.retryDue,
    pending: sender.pending,
  };
  return { routes, phones };
}

const refuse = (status: number, code: number, message: string, headers?: Record<string, string>): Answer => ({
  status,
  ...(headers && { headers }),
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});
