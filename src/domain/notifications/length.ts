/** Whether a text fits a channel. Pure. Limits: SMS as 3GPP TS 23.038 packs it, WhatsApp as its Cloud API takes it. */
import { measure, plain } from '../../core/segments.ts';
import type { Fit } from './contract.ts';

/** More are refused by providers, or arrive torn. */
const maxParts = 10;
const whatsappMax = 4096;

/** Counted as it is sent: with plain signs where that keeps it short. */
export function smsParts(text: string): { parts: number; units: number; unicode: boolean } {
  const { segments, units, alphabet } = measure(plain(text));
  return { parts: segments, units, unicode: alphabet === 'ucs2' };
}

export function fitsOf(text: string): Fit[] {
  const { parts, units, unicode } = smsParts(text);
  const letters = unicode ? ', because of letters that are not Latin, 70 in a part' : '';
  const characters = [...text].length;
  return [
    {
      channel: 'sms',
      level: parts > maxParts ? 'toolong' : parts > 1 ? 'long' : 'ok',
      says:
        parts > maxParts
          ? `Too long for SMS: ${units} characters make ${parts} parts, ${maxParts} are the most`
          : `SMS: ${parts === 1 ? '1 part' : `${parts} parts`} (${units} characters${parts > 1 ? letters : ''})`,
    },
    {
      channel: 'whatsapp',
      level: characters > whatsappMax ? 'toolong' : 'ok',
      says:
        characters > whatsappMax
          ? `Too long for WhatsApp: ${characters} characters, ${whatsappMax} are the most`
          : `WhatsApp: fits (${characters} of ${whatsappMax} characters)`,
    },
  ];
}
