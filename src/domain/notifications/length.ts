/** Whether a text fits a channel. Pure. Limits: SMS as 3GPP TS 23.038 packs it, WhatsApp as its Cloud API takes it. */
import type { Fit } from './contract.ts';

/** Characters of the GSM 03.38 alphabet; those of the second table count twice. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '\f^{}\\[~]|€';

/** More are refused by providers, or arrive torn. */
const maxParts = 10;
const whatsappMax = 4096;

export function smsParts(text: string): { parts: number; units: number; unicode: boolean } {
  const unicode = [...text].some((char) => !basic.includes(char) && !extended.includes(char));
  if (unicode) return { units: text.length, parts: partsOf(text.length, 70, 67), unicode };
  const units = [...text].reduce((sum, char) => sum + (extended.includes(char) ? 2 : 1), 0);
  return { units, parts: partsOf(units, 160, 153), unicode };
}
/** One alone may be longer than each of several, which carry a header. */
const partsOf = (units: number, alone: number, each: number): number =>
  units <= alone ? 1 : Math.ceil(units / each);

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
