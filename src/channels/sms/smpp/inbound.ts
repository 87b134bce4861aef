/** A message that came in by SMPP, as an event; durable when it resolves. */
import { createHash } from 'node:crypto';
import type { Pdu } from 'smpp';
import type { ChannelPort } from '../../../core/define.ts';
import { readNumber } from '../../phone/number.ts';
import { eventOf } from '../event.ts';
import { decode } from '../gsm.ts';
import type { SmppSettings } from '../settings.ts';
import { createMemory } from './memory.ts';

type Part = { ref: number; of: number; place: number };

export function createInbound(account: string, settings: SmppSettings, port: ChannelPort) {
  const memory = createMemory(port);
  const settled = () => undefined;

  async function accept(
    id: string,
    pdu: Pick<Pdu, 'source_addr' | 'source_addr_ton' | 'destination_addr'>,
    text?: string,
  ) {
    await port.accept([
      eventOf({
        id,
        account,
        from: numberOf(pdu.source_addr, pdu.source_addr_ton, settings.country),
        to: pdu.destination_addr ?? '',
        at: port.clock.now(),
        body:
          text === undefined ? { kind: 'unknown', note: 'an SMS that is no text' } : { kind: 'text', text },
      }),
    ]);
  }

  return {
    /** @returns what to do once the SMSC surely knows that we have it. */
    async take(pdu: Pdu): Promise<{ acknowledged(): void }> {
      const octets = octetsOf(pdu);
      const text = textOf(pdu);
      const part = partOf(pdu);
      const said = [
        pdu.source_addr,
        pdu.destination_addr,
        pdu.data_coding,
        part && `${part.ref}/${part.place}`,
        octets,
      ];
      const hash = createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22);
      const id = await memory.idOf(hash);
      const done = { acknowledged: () => void memory.settled([id]).catch(settled) };
      if (!part || text === undefined) {
        await accept(id, pdu, text);
        return done;
      }
      const key = [pdu.source_addr, pdu.source_addr_ton, pdu.destination_addr, part.ref, part.of].join('/');
      const whole = await memory.addPart({ key, place: part.place, of: part.of, text, hash: id });
      if (!whole) return done;
      await accept(hashed(whole.hash), pdu, whole.text);
      await memory.dropParts([key]);
      return done;
    },

    /** Takes what is there of messages whose other parts do not come. */
    async tidy(): Promise<void> {
      for (const { key, text, hash } of await memory.incomplete()) {
        const [source_addr, ton, destination_addr] = key.split('/');
        await accept(hashed(hash), { source_addr, source_addr_ton: Number(ton), destination_addr }, text);
        await memory.dropParts([key]);
      }
    },
  };
}

const hashed = (ids: string): string => createHash('sha256').update(ids).digest('base64url').slice(0, 22);

/** Type 1 is an international number, which carries no plus (SMPP 3.4, 5.2.5); 5 is a name. */
export function numberOf(address = '', ton = 0, country: string): string {
  if (ton === 5) return address;
  return readNumber(ton === 1 ? `+${address.replace(/^\+/, '')}` : address, country) ?? address;
}

/** The library has decoded what it could; octets come back where it could not. */
function bodyOf({ short_message: short, message_payload: payload }: Pdu) {
  const whole = (one: Pdu['short_message']) => (Buffer.isBuffer(one) ? { message: one } : one);
  const body = whole(short);
  return body?.message.length ? body : (whole(payload) ?? body ?? { message: '' });
}
const octetsOf = (pdu: Pdu): string => {
  const { message } = bodyOf(pdu);
  return Buffer.isBuffer(message) ? message.toString('base64') : message;
};
export function textOf(pdu: Pdu): string | undefined {
  const { message } = bodyOf(pdu);
  return Buffer.isBuffer(message) ? decode(message, pdu.data_coding ?? 0) : message;
}

/** By a header in front of the text (3GPP TS 23.040, 9.2.3.24.1 and .8) or by TLVs (SMPP 3.4, 5.3.2.22). */
function partOf(pdu: Pdu): Part | undefined {
  const body = bodyOf(pdu);
  const headers: Buffer[] = ('udh' in body && body.udh) || [];
  for (const header of headers) {
    if (header[0] === 0x00 && header.length >= 5)
      return checked({ ref: header[2]!, of: header[3]!, place: header[4]! });
    if (header[0] === 0x08 && header.length >= 6)
      return checked({ ref: header.readUInt16BE(2), of: header[4]!, place: header[5]! });
  }
  const { sar_msg_ref_num: ref, sar_total_segments: of, sar_segment_seqnum: place } = pdu;
  return ref !== undefined && of && place ? checked({ ref, of, place }) : undefined;
}
const checked = (part: Part): Part | undefined =>
  part.of > 1 && part.place >= 1 && part.place <= part.of ? part : undefined;
