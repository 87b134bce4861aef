/** An SMSC by SMPP 3.4 as a transceiver: messages out, messages and delivery receipts in. */
import type { Pdu } from 'smpp';
import type { ChannelAccount, ChannelPort } from '../../../core/define.ts';
import type { Outbound, SendResult } from '../../../core/messaging.ts';
import { readNumber } from '../../phone/number.ts';
import { toWords } from '../content.ts';
import type { SmppSettings } from '../settings.ts';
import { meaningOf, throttled } from './errors.ts';
import { createInbound, numberOf, textOf } from './inbound.ts';
import { type Answer, createLink } from './link.ts';
import { createPace } from './pace.ts';
import { idOf, isReceipt, readReceipt } from './receipt.ts';
import { entityTlv, type Submit, toSubmits } from './submit.ts';
import { createTracks, type Place } from './tracks.ts';

/** Half a message has gone out and the SMSC wants us slower: so often it is asked again, a second apart. */
const patience = 5;

export async function openSmpp(
  id: string,
  settings: SmppSettings,
  port: ChannelPort,
): Promise<ChannelAccount> {
  await registerTlvs(settings);
  const inbound = createInbound(id, settings, port);
  const tracks = createTracks(port);
  const pace = createPace(settings, port.clock);
  const link = createLink({
    settings,
    log: port.log,
    deliver: (pdu) => (isReceipt(pdu) ? takeReceipt(pdu) : inbound.take(pdu)),
    tick: () =>
      void inbound.tidy().catch((error) => port.log.error({ err: error }, 'parts of messages wait')),
  });
  let joined = 0;

  async function takeReceipt(pdu: Pdu) {
    const receipt = readReceipt(pdu, textOf(pdu) ?? '');
    const providerId = receipt.id && idOf(receipt.id, 'receipt', settings.receiptIds);
    const to = numberOf(pdu.source_addr, pdu.source_addr_ton, settings.country);
    const track = await tracks.find({ providerId, to, text: receipt.text });
    const status = track && receipt.status ? tracks.moved(track, receipt.status) : receipt.status;
    if (status && (providerId || track))
      await port.receipts([
        {
          channel: 'sms',
          account: id,
          ...(track ? { ref: track.ref } : {}),
          ...(providerId && { providerId }),
          status,
          at: port.clock.now(),
          ...(receipt.error && { error: receipt.error }),
        },
      ]);
    return { acknowledged() {} };
  }

  async function send({ id: ref, to: given, content }: Outbound): Promise<SendResult> {
    const to = readNumber(given, settings.country);
    if (!to || !/^\+\d{7,15}$/.test(to)) return refuse('recipient', `${given} is no telephone number`);
    const words = toWords(content, port, settings);
    if ('problem' in words) return refuse('content', words.problem);
    const template = content.kind === 'template' ? content.template : undefined;
    joined = (joined + 1) & 0xff;
    const submits = toSubmits(words.text, { to, template, ref: joined }, settings);
    const ids: string[] = [];
    for (const [index, fields] of submits.entries()) {
      const place = { ref, part: index, of: submits.length };
      const answer = await submitted(fields, place, index > 0);
      if ('ok' in answer) {
        if (index === 0 && answer.error !== 'ambiguous') return answer;
        await tracks.lose({ ref, to, text: words.text });
        const how = submits.length > 1 ? `${index} of ${submits.length} parts went out: ` : '';
        return refuse('ambiguous', `${how}${answer.message}`);
      }
      ids.push(answer.id);
    }
    return { ok: true, providerId: ids.at(-1)!, ...(words.choiceMap && { choiceMap: words.choiceMap }) };
  }

  /** One PDU. @param begun parts of the message have gone out already: then a little patience is better than a torso. */
  async function submitted(fields: Submit, place: Place, begun: boolean): Promise<{ id: string } | Refusal> {
    for (let tries = 0; ; tries++) {
      const wait = await pace.enter(begun);
      if (wait) return { ...refuse('rate', wait.why), retryAfterMs: wait.ms };
      const answer: Answer = await link
        .submit(fields, (pdu, late) => answered(pdu, place, late))
        .finally(pace.leave);
      if ('unsent' in answer) return refuse(answer.auth ? 'auth' : 'transient', answer.unsent);
      if ('lost' in answer) return refuse('ambiguous', answer.lost);
      const { command_status: status, message_id } = answer.pdu;
      if (!status) {
        pace.taken();
        const known = idOf(message_id ?? '', 'answer', settings.receiptIds);
        return { id: known || `unnamed-${place.ref}-${place.part}` };
      }
      const { name, kind } = meaningOf(status);
      const retryAfterMs = throttled.includes(status) ? pace.throttled() : undefined;
      if (retryAfterMs && begun && tries < patience) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        continue;
      }
      return { ...refuse(kind, name), ...(retryAfterMs && { retryAfterMs }) };
    }
  }

  function answered(pdu: Pdu, place: Place, late: boolean): void {
    const providerId = idOf(pdu.message_id ?? '', 'answer', settings.receiptIds);
    if (pdu.command_status || !providerId) return;
    tracks.note(providerId, place);
    // It was given up, and comes after all: nobody has to decide any more.
    if (!late || place.of > 1) return;
    const receipt = { channel: 'sms', account: id, ref: place.ref, providerId, status: 'sent' as const };
    port
      .receipts([{ ...receipt, at: port.clock.now() }])
      .catch((error) => port.log.error({ err: error }, 'a late answer of the SMSC was not kept'));
  }

  return {
    start: link.start,
    async stop() {
      await link.stop();
      await link.idle();
    },
    send,
    reach: async () => link.state().ok,
    health: async () => link.state(),
  };
}

type Refusal = Extract<SendResult, { ok: false }>;
const refuse = (error: Refusal['error'], message: string): Refusal => ({ ok: false, error, message });

/** The library writes only TLVs that it knows by name. */
async function registerTlvs({ dlt: { entityTag, templateTag } }: SmppSettings): Promise<void> {
  const { default: smpp } = await import('smpp');
  for (const tag of [entityTag, templateTag])
    smpp.addTLV(entityTlv(tag), { id: tag, type: smpp.types.tlv.cstring });
}
