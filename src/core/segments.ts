/**
 * How a text message is counted, as networks charge for it: 160 characters of the GSM alphabet or 70 of UTF-16 in one
 * message, 153 or 67 in each part of a longer one (3GPP TS 23.038 and 23.040). Pure; the console counts with it, too.
 */

/** 3GPP TS 23.038, 6.2.1: by their place, 0 to 127. Place 27 is the escape to the second table. */
export const gsmAlphabet =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** 6.2.1.1: each of these takes two places. */
export const gsmExtension: Record<string, number> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};
const basic = new Set([...gsmAlphabet].filter((letter) => letter !== '\u001b'));

export type Alphabet = 'gsm' | 'ucs2';
export type Measured = {
  alphabet: Alphabet;
  /** Characters as the network counts them: `€` is two, an emoji two. */
  units: number;
  segments: number;
  /** Still free in the last segment. */
  left: number;
};

const room: Record<Alphabet, { one: number; part: number }> = {
  gsm: { one: 160, part: 153 },
  ucs2: { one: 70, part: 67 },
};

export const isGsm = (text: string): boolean =>
  [...text].every((letter) => basic.has(letter) || letter in gsmExtension);

export function measure(text: string): Measured {
  const alphabet = isGsm(text) ? 'gsm' : 'ucs2';
  const parts = divide(text, alphabet);
  const last = parts.at(-1) ?? '';
  const { one, part } = room[alphabet];
  return {
    alphabet,
    units: unitsOf(text, alphabet),
    segments: parts.length,
    left: (parts.length > 1 ? part : one) - unitsOf(last, alphabet),
  };
}

/** How many characters, counted as the network does, go into so many segments. */
export const capacity = (alphabet: Alphabet, segments: number): number =>
  segments > 1 ? room[alphabet].part * segments : room[alphabet].one;

/** The parts as they are sent: no escape sequence and no letter beyond 16 bits is torn apart. At least one. */
export function divide(text: string, alphabet: Alphabet = isGsm(text) ? 'gsm' : 'ucs2'): string[] {
  const { one, part } = room[alphabet];
  if (unitsOf(text, alphabet) <= one) return [text];
  const parts: string[] = [];
  let current = '';
  let filled = 0;
  for (const letter of text) {
    const size = unitsOf(letter, alphabet);
    if (filled + size > part) {
      parts.push(current);
      current = '';
      filled = 0;
    }
    current += letter;
    filled += size;
  }
  return [...parts, current];
}

const unitsOf = (text: string, alphabet: Alphabet): number => {
  if (alphabet === 'ucs2') return text.length;
  let units = 0;
  for (const letter of text) units += letter in gsmExtension ? 2 : 1;
  return units;
};

/** Signs of good typography that the GSM alphabet lacks, and what telephones have always shown instead. */
const plainer: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '·': '-',
  '→': '->',
  '×': 'x',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\t': ' ',
  '\u200b': '',
  '\u2060': '',
  '\ufeff': '',
  '₹': 'Rs',
  ç: 'Ç',
};

/**
 * The same with plain signs where the GSM alphabet then holds all of it: less than half the segments. A text that needs
 * UTF-16 anyway keeps its signs.
 */
export function plain(text: string): string {
  if (isGsm(text)) return text;
  const simple = [...text].map((letter) => plainer[letter] ?? letter).join('');
  return isGsm(simple) ? simple : text;
}
