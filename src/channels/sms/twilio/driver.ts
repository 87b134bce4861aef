/** Twilio's Programmable Messaging (twilio.com/docs/messaging/api/message-resource). */
import type { ChannelAccount, ChannelPort } from '../../../core/define.ts';
import type { Outbound, SendResult } from '../../../core/messaging.ts';
import { lost } from '../../lost.ts';
import { readNumber } from '../../phone/number.ts';
import { toWords } from '../content.ts';
import type { TwilioSettings } from '../settings.ts';
import { TooFast, type TwilioClient, twilioClient } from './client.ts';
import { hasStopped, kindOf } from './errors.ts';
import { downloadMedia } from './media.ts';
import { blocked, receive } from './webhook.ts';

type Refusal = Extract<SendResult, { ok: false }>;

export function openTwilio(account: string, settings: TwilioSettings, port: ChannelPort): ChannelAccount {
  let loading: Promise<TwilioClient> | undefined;
  const client = () => (loading ??= twilioClient(settings, port));
  const { from } = settings;
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
  const here = `${port.publicUrl.replace(/\/$/, '')}/webhooks/sms/${account}`;

  async function send({ id: ref, to: given, content }: Outbound): Promise<SendResult> {
    const to = readNumber(given, settings.country);
    if (!to?.startsWith('+')) return refuse('recipient', `${given} is no telephone number`);
    const words = toWords(content, port, settings);
    if ('problem' in words) return refuse('content', words.problem);
    const { messages } = await client();
    try {
      const { sid } = await messages.create({
        to,
        ...sender,
        ...(words.text && { body: words.text }),
        ...(words.media && { mediaUrl: [words.media] }),
        // It names our own id: the status tells what became of a message whose answer was lost.
        statusCallback: `${here}?ref=${encodeURIComponent(ref)}`,
      });
      return { ok: true, providerId: sid, ...(words.choiceMap && { choiceMap: words.choiceMap }) };
    } catch (error) {
      if (hasStopped((error as { code?: number }).code)) await blocked(ref, to, { account, port });
      return refusalOf(error);
    }
  }

  return {
    webhook: (request) => receive(request, { account, settings, port }),
    send,
    media: ({ url = '' }) => downloadMedia(url, settings, port),
    async reach() {
      const { api } = await client();
      return api.v2010
        .accounts(settings.accountSid)
        .fetch()
        .then(
          () => true,
          (error) => !['transient', 'ambiguous'].includes(refusalOf(error).error),
        );
    },
    async health() {
      const { api } = await client();
      try {
        const { friendlyName, status } = await api.v2010.accounts(settings.accountSid).fetch();
        return { ok: status === 'active', detail: `${friendlyName}, ${status}, sends as ${from}` };
      } catch (error) {
        const { error: kind, message } = refusalOf(error);
        return {
          ok: false,
          detail:
            kind === 'auth'
              ? `Twilio does not know this account and token (${message})`
              : `Twilio: ${message}`,
        };
      }
    },
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof TooFast)
    return { ...refuse('rate', 'Twilio: too many requests'), retryAfterMs: error.seconds * 1000 };
  const { status, code, message } = error as { status?: number; code?: number; message: string };
  if (status === undefined) return lost(error);
  const kind = kindOf(status, code);
  return {
    ...refuse(kind, `Twilio ${code ?? status}: ${message}`),
    ...(kind === 'rate' && { retryAfterMs: 1_000 }),
  };
}

const refuse = (error: Refusal['error'], message: string): Refusal => ({ ok: false, error, message });
