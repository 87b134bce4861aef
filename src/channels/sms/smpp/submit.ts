/** A text as the PDUs that carry it. Pure but for the number that joins the parts of one message. */
import { type Alphabet, divide, isGsm } from '../../../core/segments.ts';
import { encode } from '../gsm.ts';
import type { SmppSettings } from '../settings.ts';

export type Submit = Record<string, unknown>;

/** SMPP 3.4, 5.2.19: the SMSC's own alphabet, and UCS-2. The library's default of 1 is another one. */
const codings: Record<Alphabet, number> = { gsm: 0, ucs2: 8 };

export const entityTlv = (tag: number): string => `dlt_${tag.toString(16)}`;

export function toSubmits(
  text: string,
  { to, template, ref }: { to: string; template?: string; ref: number },
  settings: SmppSettings,
): Submit[] {
  const alphabet = isGsm(text) ? 'gsm' : 'ucs2';
  const common = {
    ...addresses(to, settings),
    ...dlt(settings, template),
    registered_delivery: 1,
    data_coding: codings[alphabet],
  };
  const parts = divide(text, alphabet);
  if (parts.length === 1) return [{ ...common, short_message: encode(text, alphabet) }];
  if (settings.long === 'payload')
    return [{ ...common, short_message: Buffer.alloc(0), message_payload: encode(text, alphabet) }];
  return parts.map((part, index) => {
    const header = Buffer.from([5, 0, 3, ref & 0xff, parts.length, index + 1]);
    return { ...common, esm_class: 0x40, short_message: Buffer.concat([header, encode(part, alphabet)]) };
  });
}

function addresses(to: string, { sender }: SmppSettings): Submit {
  const isName = /[^\d+]/.test(sender);
  const isShort = !sender.startsWith('+') && sender.length < 8;
  return {
    source_addr: sender.replace(/^\+/, ''),
    // Type of number: 5 a name, 3 the network's own short number, 1 international.
    source_addr_ton: isName ? 5 : isShort ? 3 : 1,
    source_addr_npi: isName ? 0 : 1,
    destination_addr: to.replace(/^\+/, ''),
    dest_addr_ton: 1,
    dest_addr_npi: 1,
  };
}

function dlt(
  { dlt: { entityId, templateId, templates, entityTag, templateTag } }: SmppSettings,
  template = '',
): Submit {
  const id = templates[template] ?? templateId;
  return {
    ...(entityId && { [entityTlv(entityTag)]: entityId }),
    ...(id && { [entityTlv(templateTag)]: id }),
  };
}
