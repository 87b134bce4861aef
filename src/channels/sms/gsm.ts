/** Text to octets and back as SMSCs want it: the GSM alphabet unpacked, one octet a character; else UTF-16, high byte first. */
import { type Alphabet, gsmAlphabet, gsmExtension } from '../../core/segments.ts';

const shift = 0x1b;
const places = new Map([...gsmAlphabet].map((letter, place) => [letter, place]));
const extended = new Map(Object.entries(gsmExtension).map(([letter, code]) => [code, letter]));
const letters = [...gsmAlphabet];

export function encode(text: string, alphabet: Alphabet): Buffer {
  if (alphabet === 'ucs2') return Buffer.from(text, 'utf16le').swap16();
  return Buffer.from(
    [...text].flatMap((letter) =>
      letter in gsmExtension ? [shift, gsmExtension[letter]!] : [places.get(letter) ?? 0x3f],
    ),
  );
}

/** @param coding the PDU's data_coding (SMPP 3.4, 5.2.19). @returns undefined for what is no text: binary, pictures. */
export function decode(octets: Buffer, coding: number): string | undefined {
  switch (codingOf(coding)) {
    case 'gsm':
      return fromGsm(octets);
    case 'ascii':
    case 'latin1':
      return octets.toString('latin1');
    case 'ucs2':
      return Buffer.from(octets.subarray(0, octets.length & ~1))
        .swap16()
        .toString('utf16le');
    default:
      return undefined;
  }
}

function codingOf(coding: number): 'gsm' | 'ascii' | 'latin1' | 'ucs2' | 'binary' {
  // 3GPP TS 23.038, 4: groups with a message class, flash messages among them.
  if ((coding & 0xf0) === 0xf0) return coding & 0x04 ? 'binary' : 'gsm';
  if ((coding & 0xf0) === 0x10 || (coding & 0xf0) === 0x00) {
    const known = { 0: 'gsm', 1: 'ascii', 3: 'latin1', 8: 'ucs2' } as const;
    return known[(coding & 0x0f) as 0] ?? 'binary';
  }
  return 'binary';
}

function fromGsm(octets: Buffer): string {
  let text = '';
  for (let at = 0; at < octets.length; at++) {
    if (octets[at] === shift && at + 1 < octets.length) text += extended.get(octets[++at]!) ?? ' ';
    else text += letters[octets[at]! & 0x7f] ?? '';
  }
  return text;
}
